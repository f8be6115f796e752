package dev.meterbook.metering.application;

import dev.meterbook.metering.domain.Tenants;

/** The tenants known to the operator, kept in memory. */
public interface TenantRegister {

    /**
     * The register for one request. Before it calls a tenant unknown it looks once, and once only,
     * whether the tenant was registered a moment ago: who has seen the answer to a registration can
     * record calls at once, and a flood of unknown tenants costs one look a request.
     */
    Tenants forRequest();
}
