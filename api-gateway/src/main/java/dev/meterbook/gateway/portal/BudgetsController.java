package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.session.Visitor;
import dev.meterbook.proto.budget.v1.Alert;
import dev.meterbook.proto.budget.v1.ListAlertsRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** Budgets of a tenant, and the alerts they raised. */
@Controller
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class BudgetsController {

    private static final int LATEST = 20;

    private final Services.Source source;

    BudgetsController(Services.Source source) {
        this.source = source;
    }

    /**
     * An alert.
     *
     * @param time when it was raised
     * @param budget id of the budget
     * @param threshold percentage that was reached
     */
    public record AlertLine(String time, String budget, String threshold) {}

    /**
     * What the page shows.
     *
     * @param budgets the budgets
     * @param alerts the latest alerts
     */
    public record BudgetsView(
            Panel<List<BudgetLines.Line>> budgets, Panel<List<AlertLine>> alerts) {}

    @Get(uris = {"/portal/budgets", "/console/tenants/{tenant}/budgets"})
    HttpResponse<?> budgets(Visitor visitor, @PathVariable(defaultValue = "") String tenant) {
        Place place = Place.tenant(visitor, tenant);
        Services services = source.from(place.viewpoint());
        var budgets = Panel.begin("Budgets", () -> BudgetLines.of(services, place.parent()));
        var alerts = Panel.begin("Alerts", () -> alerts(services, place));
        return Pages.page(
                "tenant/budgets",
                new Layout("Budgets", place, "tenant-budgets"),
                new BudgetsView(Panel.await(budgets), Panel.await(alerts)));
    }

    private static List<AlertLine> alerts(Services services, Place place) {
        return services
                .budgets()
                .listAlerts(
                        ListAlertsRequest.newBuilder()
                                .setParent(place.parent() + "/budgets/-")
                                .setPageSize(LATEST)
                                .build())
                .getAlertsList()
                .stream()
                .map(BudgetsController::line)
                .toList();
    }

    private static AlertLine line(Alert alert) {
        String[] parts = alert.getName().split("/", -1);
        return new AlertLine(
                Times.full(Wire.instant(alert.getCreateTime())),
                parts.length > 3 ? parts[3] : "",
                alert.getThresholdPercent() + " %");
    }
}
