package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.CostQuery;
import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.domain.Period;
import dev.meterbook.gateway.session.Visitor;
import dev.meterbook.proto.type.v1.Dimension;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;

/** The first page of a tenant: what it owes, over time, by model and by application. */
@Controller
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class OverviewController {

    private static final int TOP = 8;
    private static final int LATEST_INVOICES = 4;
    private static final int MAX_CHART_ROWS = 5_000;

    private final Services.Source source;
    private final Clock clock;

    OverviewController(Services.Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * The costs of the page.
     *
     * @param figures above everything
     * @param chart what is drawn; empty if there is nothing to draw
     * @param models the largest models
     */
    public record Costs(CostLines.Figures figures, String chart, List<CostLines.Line> models) {}

    /**
     * What the page shows.
     *
     * @param picker the period
     * @param costs figures, chart, models
     * @param applications the largest applications
     * @param budgets budgets
     * @param invoices the latest invoices
     */
    public record OverviewView(
            PeriodPicker picker,
            Panel<Costs> costs,
            Panel<List<CostLines.Line>> applications,
            Panel<List<BudgetLines.Line>> budgets,
            Panel<InvoiceLines.Listing> invoices) {}

    @Get(uris = {"/portal", "/console/tenants/{tenant}"})
    HttpResponse<?> overview(
            Visitor visitor,
            @PathVariable(defaultValue = "") String tenant,
            @QueryValue(defaultValue = "") String period,
            @QueryValue(defaultValue = "") String from,
            @QueryValue(defaultValue = "") String to) {
        Place place = Place.tenant(visitor, tenant);
        Period chosen = PeriodPicker.chosen(period, from, to, clock.instant());
        Services services = source.from(place.viewpoint());
        var costs = Panel.begin("Costs", () -> costs(services, place, chosen));
        var applications = Panel.begin("Applications", () -> applications(services, place, chosen));
        var budgets = Panel.begin("Budgets", () -> BudgetLines.of(services, place.parent()));
        var invoices =
                Panel.begin(
                        "Invoices",
                        () -> InvoiceLines.list(services, place.parent(), LATEST_INVOICES, ""));
        return Pages.page(
                "tenant/overview",
                new Layout("Overview", place, "overview"),
                new OverviewView(
                        new PeriodPicker(chosen, place.base()),
                        Panel.await(costs),
                        Panel.await(applications),
                        Panel.await(budgets),
                        Panel.await(invoices)));
    }

    private static Costs costs(Services services, Place place, Period period) {
        List<Dimension> byModel = List.of(Dimension.DIMENSION_MODEL);
        CostQuery.Answer steps =
                CostQuery.stepped(place.parent(), period, byModel).askAll(services, MAX_CHART_ROWS);
        String chart =
                Chart.mainCurrency(steps.totals())
                        .map(currency -> Chart.stacked(period, steps.rows(), currency))
                        .orElse("");
        return new Costs(
                CostLines.figures(steps.totals(), place.showsCost()),
                chart,
                largest(services, place, period, byModel));
    }

    private static List<CostLines.Line> applications(
            Services services, Place place, Period period) {
        return largest(services, place, period, List.of(Dimension.DIMENSION_APPLICATION));
    }

    private static List<CostLines.Line> largest(
            Services services, Place place, Period period, List<Dimension> groups) {
        CostQuery.Answer answer =
                CostQuery.total(place.parent(), period, groups)
                        .ordered("charge desc", TOP)
                        .ask(services);
        return answer.rows().stream()
                .filter(row -> row.sums().charge().isPresent())
                .map(row -> CostLines.line(row, answer.totals(), "", place.showsCost()))
                .toList();
    }
}
