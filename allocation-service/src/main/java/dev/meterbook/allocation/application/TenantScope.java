package dev.meterbook.allocation.application;

/** Whose rows a question is about. */
public sealed interface TenantScope {

    /**
     * One tenant's: read under row-level security.
     *
     * @param tenant the tenant that the verified credential allows
     */
    record One(String tenant) implements TenantScope {}

    /** All tenants': for the operator only. */
    record All() implements TenantScope {}
}
