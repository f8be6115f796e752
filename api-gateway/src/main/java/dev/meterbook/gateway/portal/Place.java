package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Viewpoint;
import dev.meterbook.gateway.session.Visitor;
import dev.meterbook.kernel.Identifiers;

/**
 * Where a visitor stands: on the pages of one tenant, or in the console.
 *
 * @param visitor who looks
 * @param tenant whose pages these are; empty in the console
 * @param base where the addresses of these pages begin
 */
public record Place(Visitor visitor, String tenant, String base) {

    /** Where a tenant's own pages begin. */
    static final String PORTAL = "/portal";

    /** Where the billing team's pages begin. */
    static final String CONSOLE = "/console";

    /** The console. */
    static Place console(Visitor visitor) {
        return new Place(visitor, "", CONSOLE);
    }

    /**
     * The pages of a tenant: for its own people that of their sign-in, whatever the address says;
     * for the operator's people the one that the address names.
     */
    static Place tenant(Visitor visitor, String addressed) {
        if (!visitor.isOperator()) {
            return new Place(visitor, visitor.tenant(), PORTAL);
        }
        if (!Identifiers.isName(addressed)) {
            throw new NotFoundException("There is no tenant of that name.");
        }
        return new Place(visitor, addressed, CONSOLE + "/tenants/" + addressed);
    }

    /** True if provider costs and margins may be shown. A tenant never sees them. */
    public boolean showsCost() {
        return visitor.isOperator();
    }

    /** True if these are a tenant's pages. */
    public boolean isTenant() {
        return !tenant.isEmpty();
    }

    /** With whose eyes the services are asked. */
    Viewpoint viewpoint() {
        return visitor.isOperator() ? Viewpoint.OPERATOR : new Viewpoint(visitor.tenant());
    }

    /** The tenant as services name it: {@code tenants/acme}; {@code tenants/-} in the console. */
    String parent() {
        return "tenants/" + (tenant.isEmpty() ? "-" : tenant);
    }
}
