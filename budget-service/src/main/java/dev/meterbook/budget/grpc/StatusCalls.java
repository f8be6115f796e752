package dev.meterbook.budget.grpc;

import dev.meterbook.budget.application.BudgetStatuses;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.projection.alert.AlertView;
import dev.meterbook.budget.projection.budget.BudgetView;
import dev.meterbook.budget.projection.budget.BudgetView.Wanted;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.budget.v1.BudgetStatus;
import dev.meterbook.proto.budget.v1.GetBudgetStatusRequest;
import dev.meterbook.proto.budget.v1.ListAlertsRequest;
import dev.meterbook.proto.budget.v1.ListAlertsResponse;
import dev.meterbook.proto.budget.v1.ListBudgetStatusesRequest;
import dev.meterbook.proto.budget.v1.ListBudgetStatusesResponse;
import jakarta.inject.Singleton;
import java.util.List;

/** Methods about the use of budgets. */
@Singleton
final class StatusCalls {

    private final BudgetView view;
    private final AlertView alerts;
    private final BudgetStatuses statuses;

    StatusCalls(BudgetView view, AlertView alerts, BudgetStatuses statuses) {
        this.view = view;
        this.alerts = alerts;
        this.statuses = statuses;
    }

    BudgetStatus get(GetBudgetStatusRequest request) {
        BudgetKey key = Names.budget("name", request.getName());
        Access.require(Scope.READ, key.tenantId());
        Budget budget =
                view.find(key)
                        .orElseThrow(() -> Refusal.notFound("UNKNOWN_BUDGET", request.getName()));
        if (!budget.isActive()) {
            throw Refusal.precondition(
                    "BUDGET_ARCHIVED",
                    request.getName() + ": archived (expected: an active budget)");
        }
        return BudgetProtos.toProto(
                request.hasTime() ? at(budget, request) : statuses.now(List.of(budget)).getFirst());
    }

    private BudgetStatuses.Status at(Budget budget, GetBudgetStatusRequest request) {
        return statuses.at(budget, Checks.moment("time", request.getTime()))
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "WINDOW_NOT_KEPT",
                                        "time",
                                        Long.toString(request.getTime().getSeconds()),
                                        "a window that ended at most 7 days ago;"
                                                + " none for a rolling window"));
    }

    ListBudgetStatusesResponse list(ListBudgetStatusesRequest request) {
        String owner = Names.owner(request.getParent());
        Access.require(Scope.READ, owner);
        int size = Pages.size(request.getPageSize());
        List<Budget> page =
                view.list(owner, Pages.afterId(request.getPageToken()), Wanted.ACTIVE, size);
        return ListBudgetStatusesResponse.newBuilder()
                .addAllBudgetStatuses(
                        statuses.now(page).stream().map(BudgetProtos::toProto).toList())
                .setNextPageToken(Pages.next(page, size, budget -> budget.key().budgetId()))
                .build();
    }

    ListAlertsResponse alerts(ListAlertsRequest request) {
        BudgetKey key = Names.anyBudget("parent", request.getParent());
        Access.require(Scope.READ, key.tenantId());
        int size = Pages.size(request.getPageSize());
        List<AlertView.Row> page =
                alerts.list(
                        key.tenantId(),
                        key.budgetId(),
                        Pages.beforeNumber(request.getPageToken()),
                        size);
        return ListAlertsResponse.newBuilder()
                .addAllAlerts(page.stream().map(BudgetProtos::toProto).toList())
                .setNextPageToken(Pages.next(page, size, row -> Long.toString(row.number())))
                .build();
    }
}
