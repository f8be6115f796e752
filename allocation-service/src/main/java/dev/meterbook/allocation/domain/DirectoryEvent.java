package dev.meterbook.allocation.domain;

import java.time.Instant;

/** A fact about the directory. Facts hold opaque ids only. */
public sealed interface DirectoryEvent {

    /** The tenant whose fact it is; empty for the operator's own. */
    String tenant();

    /**
     * A tenant can be metered from now on.
     *
     * @param tenant its id
     * @param defaultCostCenter takes its calls where nothing else applies; may be empty
     */
    record TenantRegistered(String tenant, String defaultCostCenter) implements DirectoryEvent {}

    /**
     * A tenant's new calls are refused from now on.
     *
     * @param tenant its id
     */
    record TenantSuspended(String tenant) implements DirectoryEvent {}

    /**
     * A suspended tenant's calls are taken again.
     *
     * @param tenant its id
     */
    record TenantResumed(String tenant) implements DirectoryEvent {}

    /**
     * A customer of a tenant is known.
     *
     * @param tenant the tenant
     * @param customer its id
     */
    record CustomerRegistered(String tenant, String customer) implements DirectoryEvent {}

    /**
     * A user of a tenant is known.
     *
     * @param tenant the tenant
     * @param user its id
     * @param customer the customer it belongs to; may be empty
     */
    record UserRegistered(String tenant, String user, String customer) implements DirectoryEvent {}

    /**
     * A cost center of the operator is known.
     *
     * @param costCenter its id
     * @param parent the node above; empty at the top
     */
    record CostCenterRegistered(String costCenter, String parent) implements DirectoryEvent {
        @Override
        public String tenant() {
            return "";
        }
    }

    /**
     * Calls of an application go to a cost center, unless they name one.
     *
     * @param tenant the tenant
     * @param application the application; empty for all that have no rule of their own
     * @param costCenter the cost center; empty takes the rule back
     * @param effectiveTime holds for calls that occur at or after this moment, in whole
     *     microseconds
     */
    record AllocationRuleSet(
            String tenant, String application, String costCenter, Instant effectiveTime)
            implements DirectoryEvent {}
}
