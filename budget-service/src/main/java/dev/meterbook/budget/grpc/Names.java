package dev.meterbook.budget.grpc;

import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.platform.grpc.Refusal;
import io.grpc.StatusRuntimeException;

/** Names of resources. The operator stands as {@code tenants/-}. */
final class Names {

    /** All budgets of a parent. */
    static final String ANY = "-";

    private static final String PARENT_FORM = "tenants/{tenant} or tenants/-";
    private static final String BUDGET_FORM = "tenants/{tenant}/budgets/{budget}";
    private static final String HOLD_FORM = "tenants/{tenant}/holds/{hold}";

    private Names() {}

    /** The tenant of {@code tenants/{tenant}}; empty for the operator. */
    static String owner(String parent) {
        String[] parts = parent.split("/", -1);
        if (parts.length != 2 || !parts[0].equals("tenants") || !isOwner(parts[1])) {
            throw invalid("parent", parent, PARENT_FORM);
        }
        return owned(parts[1]);
    }

    /** The budget of {@code tenants/{tenant}/budgets/{budget}}. */
    static BudgetKey budget(String field, String name) {
        BudgetKey key = anyBudget(field, name);
        if (key.budgetId().isEmpty()) {
            throw invalid(field, name, BUDGET_FORM);
        }
        return key;
    }

    /** The same; the budget's id is empty for {@code tenants/{tenant}/budgets/-}. */
    static BudgetKey anyBudget(String field, String name) {
        String[] parts = name.split("/", -1);
        boolean formed =
                parts.length == 4
                        && parts[0].equals("tenants")
                        && isOwner(parts[1])
                        && parts[2].equals("budgets")
                        && (parts[3].equals(ANY) || Identifiers.isName(parts[3]));
        if (!formed) {
            throw invalid(field, name, BUDGET_FORM);
        }
        return new BudgetKey(owned(parts[1]), parts[3].equals(ANY) ? "" : parts[3]);
    }

    /** The hold of {@code tenants/{tenant}/holds/{hold}}. */
    static HoldName hold(String name) {
        String[] parts = name.split("/", -1);
        boolean formed =
                parts.length == 4
                        && parts[0].equals("tenants")
                        && Identifiers.isName(parts[1])
                        && parts[2].equals("holds")
                        && Identifiers.isOpaqueId(parts[3]);
        if (!formed) {
            throw invalid("name", name, HOLD_FORM);
        }
        return new HoldName(parts[1], parts[3]);
    }

    private static boolean isOwner(String part) {
        return part.equals(BudgetKey.OPERATOR) || Identifiers.isName(part);
    }

    private static String owned(String part) {
        return part.equals(BudgetKey.OPERATOR) ? "" : part;
    }

    private static StatusRuntimeException invalid(String field, String name, String form) {
        return Refusal.invalid("INVALID_NAME", field, name, form);
    }
}
