package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.domain.Amounts;
import dev.meterbook.proto.budget.v1.Amount;
import dev.meterbook.proto.budget.v1.Budget;
import dev.meterbook.proto.budget.v1.BudgetStatus;
import dev.meterbook.proto.budget.v1.ListBudgetStatusesRequest;
import dev.meterbook.proto.budget.v1.ListBudgetsRequest;
import dev.meterbook.proto.budget.v1.Policy;
import dev.meterbook.proto.budget.v1.Window;
import dev.meterbook.proto.type.v1.Dimension;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Budgets with how much of them is used. */
public final class BudgetLines {

    private static final int MAX = 200;
    private static final int FULL = 10_000;
    private static final int NEARLY_FULL = 8_000;

    private BudgetLines() {}

    /** How a budget stands. */
    public enum Standing {
        /** Enough is left. */
        FINE,
        /** Four fifths are used. */
        TIGHT,
        /** All is used. */
        OVER
    }

    /**
     * A budget.
     *
     * @param tenant whose it is; {@code -} for the operator's
     * @param id its id
     * @param scope what it covers
     * @param window over which time
     * @param policy what happens at the limit
     * @param limit the ceiling
     * @param spent what was spent
     * @param held what is held for calls under way
     * @param remaining what is left
     * @param percent spent in percent of the limit
     * @param bar the same in whole percent, at most 100
     * @param standing how it stands
     * @param complete false while its counters are rebuilt
     */
    public record Line(
            String tenant,
            String id,
            String scope,
            String window,
            String policy,
            String limit,
            String spent,
            String held,
            String remaining,
            String percent,
            int bar,
            Standing standing,
            boolean complete) {}

    /** The budgets of a tenant ({@code tenants/acme}) or of the operator ({@code tenants/-}). */
    static List<Line> of(Services services, String parent) {
        List<BudgetStatus> statuses =
                services.budgets()
                        .listBudgetStatuses(
                                ListBudgetStatusesRequest.newBuilder()
                                        .setParent(parent)
                                        .setPageSize(MAX)
                                        .build())
                        .getBudgetStatusesList();
        Map<String, Budget> budgets =
                services
                        .budgets()
                        .listBudgets(
                                ListBudgetsRequest.newBuilder()
                                        .setParent(parent)
                                        .setPageSize(MAX)
                                        .build())
                        .getBudgetsList()
                        .stream()
                        .collect(Collectors.toMap(Budget::getName, Function.identity()));
        return statuses.stream()
                .map(
                        status ->
                                line(
                                        budgets.getOrDefault(
                                                status.getBudget(), Budget.getDefaultInstance()),
                                        status))
                .toList();
    }

    private static Line line(Budget budget, BudgetStatus status) {
        int used = status.getUsedBasisPoints();
        BigDecimal percent = BigDecimal.valueOf(used, 2);
        return new Line(
                Wire.tenantOf(status.getBudget()),
                Wire.idOf(status.getBudget()),
                scope(budget),
                window(budget.getWindow()),
                policy(budget),
                text(status.getLimit()),
                text(status.getSpent()),
                isZero(status.getHeld()) ? "–" : text(status.getHeld()),
                text(status.getRemaining()),
                used == Integer.MAX_VALUE ? "over" : percent.toPlainString() + " %",
                Math.min(100, used / 100),
                standing(used),
                status.getComplete());
    }

    private static Standing standing(int basisPoints) {
        if (basisPoints >= FULL) {
            return Standing.OVER;
        }
        return basisPoints >= NEARLY_FULL ? Standing.TIGHT : Standing.FINE;
    }

    private static String scope(Budget budget) {
        return budget.getScopeCount() == 0
                ? "all calls"
                : budget.getScopeList().stream()
                        .map(value -> name(value.getDimension()) + " " + value.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String name(Dimension dimension) {
        return dimension
                .name()
                .replace("DIMENSION_", "")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
    }

    private static String window(Window window) {
        return switch (window.getKind()) {
            case WINDOW_KIND_HOUR -> "per hour";
            case WINDOW_KIND_DAY -> "per day";
            case WINDOW_KIND_WEEK -> "per week";
            case WINDOW_KIND_MONTH -> "per month";
            case WINDOW_KIND_QUARTER -> "per quarter";
            case WINDOW_KIND_YEAR -> "per year";
            case WINDOW_KIND_ROLLING ->
                    "any " + Amounts.count(window.getDuration().getSeconds() / 60) + " minutes";
            case WINDOW_KIND_TOTAL -> "in total";
            case WINDOW_KIND_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static String policy(Budget budget) {
        Policy policy = budget.getPolicy();
        return switch (policy) {
            case POLICY_WARN -> "warns";
            case POLICY_LOWER_OUTPUT -> "lowers the output limit";
            case POLICY_DOWNGRADE -> "downgrades to " + budget.getDowngradeModel();
            case POLICY_DENY -> "denies";
            case POLICY_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static String text(Amount amount) {
        return switch (amount.getUnitCase()) {
            case MONEY -> Amounts.headline(Wire.money(amount.getMoney()));
            case TOKENS -> Amounts.brief(amount.getTokens()) + " tokens";
            case UNIT_NOT_SET -> "–";
        };
    }

    private static boolean isZero(Amount amount) {
        return switch (amount.getUnitCase()) {
            case MONEY -> Wire.money(amount.getMoney()).isZero();
            case TOKENS -> amount.getTokens() == 0;
            case UNIT_NOT_SET -> true;
        };
    }
}
