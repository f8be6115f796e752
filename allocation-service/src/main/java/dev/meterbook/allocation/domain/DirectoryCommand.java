package dev.meterbook.allocation.domain;

import java.time.Instant;

/** What the operator wants of the directory. Ids are checked for their form before. */
public sealed interface DirectoryCommand {

    /**
     * Register a tenant.
     *
     * @param tenant its id
     * @param defaultCostCenter may be empty
     */
    record RegisterTenant(String tenant, String defaultCostCenter) implements DirectoryCommand {}

    /**
     * Refuse a tenant's new calls.
     *
     * @param tenant its id
     */
    record SuspendTenant(String tenant) implements DirectoryCommand {}

    /**
     * Take a tenant's calls again.
     *
     * @param tenant its id
     */
    record ResumeTenant(String tenant) implements DirectoryCommand {}

    /**
     * Register a customer.
     *
     * @param tenant the tenant
     * @param customer its id
     */
    record RegisterCustomer(String tenant, String customer) implements DirectoryCommand {}

    /**
     * Register a user.
     *
     * @param tenant the tenant
     * @param user its id
     * @param customer the customer it belongs to; may be empty
     */
    record RegisterUser(String tenant, String user, String customer) implements DirectoryCommand {}

    /**
     * Register a cost center.
     *
     * @param costCenter its id
     * @param parent the node above; empty for the top
     */
    record RegisterCostCenter(String costCenter, String parent) implements DirectoryCommand {}

    /**
     * Set which cost center takes an application's calls.
     *
     * @param tenant the tenant
     * @param application the application; empty for all that have no rule of their own
     * @param costCenter empty takes the rule back
     * @param effectiveTime from when on, in whole microseconds
     */
    record SetAllocationRule(
            String tenant, String application, String costCenter, Instant effectiveTime)
            implements DirectoryCommand {}
}
