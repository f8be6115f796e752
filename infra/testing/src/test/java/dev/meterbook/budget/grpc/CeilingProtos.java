package dev.meterbook.budget.grpc;

import dev.meterbook.budget.domain.CeilingImpl;

/** Depends on the domain, as it may. */
public final class CeilingProtos {
    /** A number, read at run time. */
    public static final long SCALE = Long.parseLong("100");

    private CeilingProtos() {}

    /** Makes one. */
    public static CeilingImpl ceiling() {
        return new CeilingImpl();
    }
}
