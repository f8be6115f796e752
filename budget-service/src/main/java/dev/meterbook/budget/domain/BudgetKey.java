package dev.meterbook.budget.domain;

/**
 * Which budget: its owner and its id.
 *
 * @param tenantId the tenant; empty for a budget of the operator
 * @param budgetId 1 to 63 characters of a-z, 0-9 and -
 */
public record BudgetKey(String tenantId, String budgetId) implements Comparable<BudgetKey> {

    /** How the operator's budgets name their owner, where an empty text cannot stand. */
    public static final String OPERATOR = "-";

    /**
     * Reads what {@link #uid()} wrote.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static BudgetKey ofUid(String uid) {
        int slash = uid.indexOf('/');
        if (slash < 1 || slash == uid.length() - 1) {
            throw new IllegalArgumentException("uid: " + uid + " (expected: {owner}/{budget})");
        }
        String owner = uid.substring(0, slash);
        return new BudgetKey(owner.equals(OPERATOR) ? "" : owner, uid.substring(slash + 1));
    }

    /** The operator's own: it may cover several tenants. */
    public boolean isOperators() {
        return tenantId.isEmpty();
    }

    /** One text for both parts, unique among all budgets: {@code acme/monthly}. */
    public String uid() {
        return owner() + "/" + budgetId;
    }

    /** The resource name: {@code tenants/acme/budgets/monthly}. */
    public String name() {
        return "tenants/" + owner() + "/budgets/" + budgetId;
    }

    private String owner() {
        return isOperators() ? OPERATOR : tenantId;
    }

    @Override
    public int compareTo(BudgetKey other) {
        int byTenant = tenantId.compareTo(other.tenantId);
        return byTenant != 0 ? byTenant : budgetId.compareTo(other.budgetId);
    }
}
