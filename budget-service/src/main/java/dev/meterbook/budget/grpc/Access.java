package dev.meterbook.budget.grpc;

import dev.meterbook.kernel.Identifiers;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;

/** Whose budgets a caller may see and change. */
final class Access {

    private Access() {}

    /**
     * Demands a scope over the budgets of a tenant; over those of the operator where it is empty.
     */
    static void require(Scope scope, String tenant) {
        if (tenant.isEmpty()) {
            var _ = Caller.current().requireOperator(scope);
        } else {
            var _ = Caller.current().require(scope).tenantFor(tenant);
        }
    }

    /** The tenant that a call is for. */
    static String tenant(Caller caller, String requested) {
        String tenant = caller.tenantFor(requested);
        if (!Identifiers.isName(tenant)) {
            throw Refusal.invalid("INVALID_TENANT", "tenant", tenant, Identifiers.NAME_FORM);
        }
        return tenant;
    }
}
