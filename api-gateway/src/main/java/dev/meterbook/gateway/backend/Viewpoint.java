package dev.meterbook.gateway.backend;

/**
 * With whose eyes the services are asked.
 *
 * @param tenant the tenant that a call is narrowed to: it sees what that tenant's own credential
 *     would; empty for the operator
 */
public record Viewpoint(String tenant) {

    /** The operator's: everything. */
    public static final Viewpoint OPERATOR = new Viewpoint("");
}
