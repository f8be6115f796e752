package dev.meterbook.pricing.domain;

import java.util.Optional;

/**
 * Whose quantities and spend are counted, as text: a contract's id, or {@code plan:} and a tenant.
 * No contract's id has a colon, so that the two never meet.
 */
public final class TermOwner {

    private static final String PLAN = "plan:";

    private TermOwner() {}

    /** The plan of a tenant, its own or the one of all tenants. */
    public static String planOf(String tenant) {
        return PLAN + tenant;
    }

    /** True if it is a plan's, not a contract's. */
    public static boolean isPlan(String owner) {
        return owner.startsWith(PLAN);
    }

    /** The tenant whose plan it is; empty if it is a contract's. */
    public static Optional<String> tenant(String owner) {
        return isPlan(owner) ? Optional.of(owner.substring(PLAN.length())) : Optional.empty();
    }
}
