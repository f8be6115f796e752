package dev.meterbook.allocation.domain;

/**
 * Names an entry of the directory.
 *
 * @param kind what it is
 * @param tenant the tenant whose entry it is; empty for cost centers
 * @param id its id within the tenant; the tenant's own id for a tenant
 */
public record EntryId(Kind kind, String tenant, String id) {

    /** What an entry is. */
    public enum Kind {
        /** A tenant. */
        TENANT(DirectoryProblem.UNKNOWN_TENANT, DirectoryProblem.TENANT_EXISTS),
        /** A customer of a tenant. */
        CUSTOMER(DirectoryProblem.UNKNOWN_CUSTOMER, DirectoryProblem.CUSTOMER_EXISTS),
        /** A user of a tenant. */
        USER(DirectoryProblem.UNKNOWN_USER, DirectoryProblem.USER_EXISTS),
        /** A cost center of the operator. */
        COST_CENTER(DirectoryProblem.UNKNOWN_COST_CENTER, DirectoryProblem.COST_CENTER_EXISTS);

        private final DirectoryProblem unknown;
        private final DirectoryProblem exists;

        Kind(DirectoryProblem unknown, DirectoryProblem exists) {
            this.unknown = unknown;
            this.exists = exists;
        }

        /** The problem that there is no such entry. */
        public DirectoryProblem unknown() {
            return unknown;
        }

        /** The problem that such an entry is there, with other content. */
        public DirectoryProblem exists() {
            return exists;
        }
    }

    /** A tenant. */
    public static EntryId tenant(String tenant) {
        return new EntryId(Kind.TENANT, tenant, tenant);
    }

    /** A customer of a tenant. */
    public static EntryId customer(String tenant, String customer) {
        return new EntryId(Kind.CUSTOMER, tenant, customer);
    }

    /** A user of a tenant. */
    public static EntryId user(String tenant, String user) {
        return new EntryId(Kind.USER, tenant, user);
    }

    /** A cost center. */
    public static EntryId costCenter(String costCenter) {
        return new EntryId(Kind.COST_CENTER, "", costCenter);
    }
}
