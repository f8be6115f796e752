package dev.meterbook.gateway.access;

/** What a person may do in the portal. */
public enum PortalRole {
    /** Sees the pages of one tenant. */
    TENANT_VIEWER,
    /** Sees the console of the billing team, all tenants, costs and margins. */
    OPERATOR_VIEWER,
    /** As the viewer of the operator; also issues invoices and API keys. */
    OPERATOR_ADMIN;

    /** True for the operator's people. */
    public boolean isOperator() {
        return this != TENANT_VIEWER;
    }
}
