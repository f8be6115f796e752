package dev.meterbook.platform.security;

import java.util.Optional;

/** What a credential may do. */
public enum Scope {
    /** Record usage, ask for authorization, quote. */
    INGEST,
    /** Read usage, cost, budgets and invoices. */
    READ,
    /** Change what the credential's owner governs. */
    ADMIN;

    static Optional<Scope> ofWire(dev.meterbook.proto.access.v1.Scope scope) {
        return switch (scope) {
            case SCOPE_INGEST -> Optional.of(INGEST);
            case SCOPE_READ -> Optional.of(READ);
            case SCOPE_ADMIN -> Optional.of(ADMIN);
            case SCOPE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    dev.meterbook.proto.access.v1.Scope toWire() {
        return switch (this) {
            case INGEST -> dev.meterbook.proto.access.v1.Scope.SCOPE_INGEST;
            case READ -> dev.meterbook.proto.access.v1.Scope.SCOPE_READ;
            case ADMIN -> dev.meterbook.proto.access.v1.Scope.SCOPE_ADMIN;
        };
    }
}
