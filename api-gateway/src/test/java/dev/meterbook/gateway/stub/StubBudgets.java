package dev.meterbook.gateway.stub;

import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.budget.v1.Alert;
import dev.meterbook.proto.budget.v1.Amount;
import dev.meterbook.proto.budget.v1.AuthorizeRequest;
import dev.meterbook.proto.budget.v1.AuthorizeResponse;
import dev.meterbook.proto.budget.v1.Budget;
import dev.meterbook.proto.budget.v1.BudgetServiceGrpc.BudgetServiceImplBase;
import dev.meterbook.proto.budget.v1.BudgetStatus;
import dev.meterbook.proto.budget.v1.DeleteBudgetRequest;
import dev.meterbook.proto.budget.v1.ListAlertsRequest;
import dev.meterbook.proto.budget.v1.ListAlertsResponse;
import dev.meterbook.proto.budget.v1.ListBudgetStatusesRequest;
import dev.meterbook.proto.budget.v1.ListBudgetStatusesResponse;
import dev.meterbook.proto.budget.v1.ListBudgetsRequest;
import dev.meterbook.proto.budget.v1.ListBudgetsResponse;
import dev.meterbook.proto.budget.v1.Policy;
import dev.meterbook.proto.budget.v1.ScopeValue;
import dev.meterbook.proto.budget.v1.UpdateBudgetRequest;
import dev.meterbook.proto.budget.v1.Window;
import dev.meterbook.proto.budget.v1.WindowKind;
import dev.meterbook.proto.type.v1.Dimension;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Three budgets of acme: one with room, one nearly used up, one overspent. */
final class StubBudgets extends BudgetServiceImplBase {

    private final BooleanSupplier isEmpty;

    StubBudgets(BooleanSupplier isEmpty) {
        this.isEmpty = isEmpty;
    }

    @Override
    public void listBudgets(
            ListBudgetsRequest request, StreamObserver<ListBudgetsResponse> answer) {
        ListBudgetsResponse.Builder budgets = ListBudgetsResponse.newBuilder();
        if (hasBudgets(request.getParent())) {
            budgets.addBudgets(budget("monthly", WindowKind.WINDOW_KIND_MONTH, Policy.POLICY_DENY))
                    .addBudgets(
                            budget("support-chat", WindowKind.WINDOW_KIND_DAY, Policy.POLICY_WARN)
                                    .toBuilder()
                                    .addScope(
                                            ScopeValue.newBuilder()
                                                    .setDimension(Dimension.DIMENSION_APPLICATION)
                                                    .setValue("support-chat")))
                    .addBudgets(
                            budget("tokens", WindowKind.WINDOW_KIND_WEEK, Policy.POLICY_DOWNGRADE)
                                    .toBuilder()
                                    .setDowngradeModel("gpt-4.1-mini"));
        }
        StubServices.answer(answer, budgets::build);
    }

    @Override
    public void listBudgetStatuses(
            ListBudgetStatusesRequest request, StreamObserver<ListBudgetStatusesResponse> answer) {
        ListBudgetStatusesResponse.Builder statuses = ListBudgetStatusesResponse.newBuilder();
        if (hasBudgets(request.getParent())) {
            statuses.addBudgetStatuses(
                            status(
                                            "monthly",
                                            4_938,
                                            money("1234.57"),
                                            money("2500"),
                                            money("1262.88"))
                                    .toBuilder()
                                    .setHeld(money("2.55")))
                    .addBudgetStatuses(
                            status(
                                    "support-chat",
                                    8_720,
                                    money("43.60"),
                                    money("50"),
                                    money("6.40")))
                    .addBudgetStatuses(
                            status(
                                    "tokens",
                                    10_450,
                                    tokens(52_250_000),
                                    tokens(50_000_000),
                                    tokens(-2_250_000)));
        }
        StubServices.answer(answer, statuses::build);
    }

    @Override
    public void listAlerts(ListAlertsRequest request, StreamObserver<ListAlertsResponse> answer) {
        ListAlertsResponse.Builder alerts = ListAlertsResponse.newBuilder();
        if (!isEmpty.getAsBoolean()) {
            alerts.addAlerts(
                    Alert.newBuilder()
                            .setName("tenants/acme/budgets/support-chat/alerts/1")
                            .setThresholdPercent(80)
                            .setCreateTime(Texts.at(Instant.parse("2026-11-20T09:12:44Z"))));
        }
        StubServices.answer(answer, alerts::build);
    }

    @Override
    public void updateBudget(UpdateBudgetRequest request, StreamObserver<Budget> answer) {
        StubServices.answer(answer, request::getBudget);
    }

    @Override
    public void deleteBudget(DeleteBudgetRequest request, StreamObserver<Budget> answer) {
        StubServices.answer(answer, () -> Budget.newBuilder().setName(request.getName()).build());
    }

    @Override
    public void authorize(AuthorizeRequest request, StreamObserver<AuthorizeResponse> answer) {
        StubServices.answer(
                answer,
                () -> {
                    throw Refusal.exhausted(
                            "TOO_MANY_REQUESTS", "queue: full", Duration.ofMillis(1_500));
                });
    }

    private boolean hasBudgets(String parent) {
        return !isEmpty.getAsBoolean() && parent.equals("tenants/acme");
    }

    private static Budget budget(String id, WindowKind kind, Policy policy) {
        return Budget.newBuilder()
                .setName("tenants/acme/budgets/" + id)
                .setWindow(Window.newBuilder().setKind(kind))
                .setPolicy(policy)
                .build();
    }

    private static BudgetStatus status(
            String id, int basisPoints, Amount spent, Amount limit, Amount remaining) {
        return BudgetStatus.newBuilder()
                .setBudget("tenants/acme/budgets/" + id)
                .setUsedBasisPoints(basisPoints)
                .setSpent(spent)
                .setLimit(limit)
                .setRemaining(remaining)
                .setComplete(true)
                .build();
    }

    private static Amount money(String amount) {
        return Amount.newBuilder().setMoney(Texts.usd(amount)).build();
    }

    private static Amount tokens(long tokens) {
        return Amount.newBuilder().setTokens(tokens).build();
    }
}
