package dev.meterbook.metering.domain;

/** Whose calls may be metered. */
public interface Tenants {

    /** How a tenant stands. */
    enum Standing {
        /** Never registered. */
        UNKNOWN,
        /** Calls are taken. */
        ACTIVE,
        /** New calls are refused; the past stays. */
        SUSPENDED
    }

    /** How a tenant stands now. */
    Standing standing(String tenant);
}
