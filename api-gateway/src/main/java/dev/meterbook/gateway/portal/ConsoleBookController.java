package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Viewpoint;
import dev.meterbook.gateway.session.Visitor;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Pages of the console that only read: ledger, unpriced calls, contracts, budgets. */
@Controller("/console")
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class ConsoleBookController {

    private static final String ALL_TENANTS = "tenants/-";

    /** Tenants whose budgets are shown on one page. */
    private static final int MAX_TENANTS = 50;

    private final Services.Source source;

    ConsoleBookController(Services.Source source) {
        this.source = source;
    }

    /**
     * What the page of contracts shows.
     *
     * @param contracts contracts with providers
     * @param catalogue the list prices in force
     */
    public record ContractsView(
            Panel<List<ContractLines.Line>> contracts, Panel<ContractLines.Catalogue> catalogue) {}

    @Get("/ledger")
    HttpResponse<?> ledger(Visitor visitor) {
        return Pages.page(
                "console/ledger",
                new Layout("Ledger", Place.console(visitor), "ledger"),
                Panel.of("The ledger", () -> Book.read(services())));
    }

    @Get("/unpriced")
    HttpResponse<?> unpriced(Visitor visitor) {
        return Pages.page(
                "console/unpriced",
                new Layout("Unpriced calls", Place.console(visitor), "unpriced"),
                Panel.of("Unpriced calls", () -> UnpricedLines.list(services(), ALL_TENANTS)));
    }

    @Get("/contracts")
    HttpResponse<?> contracts(Visitor visitor) {
        Services services = services();
        var contracts = Panel.begin("Contracts", () -> ContractLines.list(services));
        var catalogue = Panel.begin("The catalogue", () -> ContractLines.catalogue(services));
        return Pages.page(
                "console/contracts",
                new Layout("Contracts", Place.console(visitor), "contracts"),
                new ContractsView(Panel.await(contracts), Panel.await(catalogue)));
    }

    @Get("/contracts/{id}")
    HttpResponse<?> contract(Visitor visitor, String id) {
        return Pages.page(
                "console/contract",
                new Layout("Contract " + id, Place.console(visitor), "contracts"),
                ContractLines.detail(services(), id));
    }

    @Get("/budgets")
    HttpResponse<?> budgets(Visitor visitor) {
        Services services = services();
        return Pages.page(
                "console/budgets",
                new Layout("Budgets", Place.console(visitor), "budgets"),
                Panel.of("Budgets", () -> budgets(services)));
    }

    private static List<BudgetLines.Line> budgets(Services services) {
        Stream<String> parents =
                Stream.concat(
                        Stream.of(ALL_TENANTS),
                        Tenants.list(services).stream()
                                .limit(MAX_TENANTS)
                                .map(tenant -> "tenants/" + tenant.id()));
        List<CompletableFuture<Panel<List<BudgetLines.Line>>>> pending =
                parents.map(
                                parent ->
                                        Panel.begin(
                                                "Budgets", () -> BudgetLines.of(services, parent)))
                        .toList();
        return pending.stream()
                .map(Panel::await)
                .filter(Panel::isReady)
                .flatMap(panel -> panel.get().stream())
                .toList();
    }

    private Services services() {
        return source.from(Viewpoint.OPERATOR);
    }
}
