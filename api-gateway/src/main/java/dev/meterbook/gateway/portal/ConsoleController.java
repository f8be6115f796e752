package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.CostQuery;
import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Viewpoint;
import dev.meterbook.gateway.domain.Period;
import dev.meterbook.gateway.session.Visitor;
import dev.meterbook.proto.type.v1.Dimension;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The billing team's first page: all tenants, what they cost and what they are charged. */
@Controller
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class ConsoleController {

    private static final String ALL_TENANTS = "tenants/-";
    private static final int MAX_TENANTS = 1_000;
    private static final int LATEST_INVOICES = 6;
    private static final int LARGEST_UNPRICED = 5;

    private final Services.Source source;
    private final Clock clock;

    ConsoleController(Services.Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * Costs of all tenants.
     *
     * @param figures above everything
     * @param chart what is drawn; empty if there is nothing to draw
     */
    public record Costs(CostLines.Figures figures, String chart) {}

    /**
     * A tenant with its costs.
     *
     * @param tenant the tenant
     * @param lines its costs, a line for each currency; none without calls
     */
    public record TenantCosts(Tenants.Line tenant, List<CostLines.Line> lines) {}

    /**
     * What the page shows.
     *
     * @param picker the period
     * @param costs figures and chart
     * @param tenants all tenants
     * @param book the ledger's state
     * @param unpriced the largest groups of calls without a price
     * @param invoices the latest invoices
     */
    public record ConsoleView(
            PeriodPicker picker,
            Panel<Costs> costs,
            Panel<List<TenantCosts>> tenants,
            Panel<Book> book,
            Panel<List<UnpricedLines.Line>> unpriced,
            Panel<InvoiceLines.Listing> invoices) {}

    @Get("/console")
    HttpResponse<?> console(
            Visitor visitor,
            @QueryValue(defaultValue = "") String period,
            @QueryValue(defaultValue = "") String from,
            @QueryValue(defaultValue = "") String to) {
        Services services = source.from(Viewpoint.OPERATOR);
        Period chosen = PeriodPicker.chosen(period, from, to, clock.instant());
        var costs = Panel.begin("Costs", () -> costs(services, chosen));
        var tenants = Panel.begin("Tenants", () -> tenants(services, chosen));
        var book = Panel.begin("The ledger", () -> Book.read(services));
        var unpriced =
                Panel.begin(
                        "Unpriced calls",
                        () ->
                                UnpricedLines.list(services, ALL_TENANTS).stream()
                                        .limit(LARGEST_UNPRICED)
                                        .toList());
        var invoices =
                Panel.begin(
                        "Invoices",
                        () -> InvoiceLines.list(services, ALL_TENANTS, LATEST_INVOICES, ""));
        return Pages.page(
                "console/overview",
                new Layout("Console", Place.console(visitor), "console"),
                new ConsoleView(
                        new PeriodPicker(chosen, Place.CONSOLE),
                        Panel.await(costs),
                        Panel.await(tenants),
                        Panel.await(book),
                        Panel.await(unpriced),
                        Panel.await(invoices)));
    }

    private static Costs costs(Services services, Period period) {
        CostQuery.Answer steps =
                CostQuery.stepped(ALL_TENANTS, period, List.of()).askAll(services, MAX_TENANTS);
        String chart =
                Chart.mainCurrency(steps.totals())
                        .map(currency -> Chart.costAndCharge(period, steps.rows(), currency))
                        .orElse("");
        return new Costs(CostLines.figures(steps.totals(), true), chart);
    }

    private static List<TenantCosts> tenants(Services services, Period period) {
        CostQuery.Answer answer =
                CostQuery.total(ALL_TENANTS, period, List.of(Dimension.DIMENSION_TENANT))
                        .ordered("charge desc", MAX_TENANTS)
                        .ask(services);
        List<Tenants.Line> known = Tenants.list(services);
        List<TenantCosts> withCalls = new ArrayList<>();
        List<TenantCosts> without = new ArrayList<>();
        for (Tenants.Line tenant : known) {
            List<CostLines.Line> lines =
                    CostLines.withUnpricedFolded(
                                    answer.rows().stream()
                                            .filter(row -> row.first().equals(tenant.id()))
                                            .toList())
                            .stream()
                            .map(row -> CostLines.line(row, answer.totals(), "", true))
                            .toList();
            (lines.isEmpty() ? without : withCalls).add(new TenantCosts(tenant, lines));
        }
        withCalls.addAll(without);
        return List.copyOf(withCalls);
    }
}
