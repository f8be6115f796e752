package dev.meterbook.budget.domain;

import java.util.List;
import java.util.Optional;

/** A property of a call by which spend can be limited. Codes are those of the wire. */
public enum Dimension {
    TENANT(1),
    CUSTOMER(2),
    USER(3),
    COST_CENTER(4),
    APPLICATION(5),
    ENVIRONMENT(6),
    USE_CASE(7),
    FEATURE(8),
    BUSINESS_PROCESS(9),
    PROVIDER(10),
    MODEL(11),
    REGION(12),
    WORKFLOW(13),
    RUN(14),
    AGENT(15);

    /** All of them, in order of code. */
    public static final List<Dimension> ALL = List.of(values());

    private final int code;

    Dimension(int code) {
        this.code = code;
    }

    /** The dimension of a wire code, if there is one. */
    public static Optional<Dimension> ofCode(int code) {
        return code < 1 || code > ALL.size() ? Optional.empty() : Optional.of(ALL.get(code - 1));
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** A bit of its own, to put several into one number. */
    int bit() {
        return 1 << code;
    }

    /** The dimension whose bit is the lowest one of several. */
    static Dimension ofLowestBit(int bits) {
        return ALL.get(Integer.numberOfTrailingZeros(bits) - 1);
    }
}
