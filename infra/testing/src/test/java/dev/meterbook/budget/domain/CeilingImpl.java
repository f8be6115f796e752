package dev.meterbook.budget.domain;

import dev.meterbook.budget.grpc.CeilingProtos;
import dev.meterbook.ledger.LedgerSample;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks, on purpose: the name, plain Java, foreign classes, exact money, flags and cycles. */
public final class CeilingImpl {
    private static final Logger LOGGER = LoggerFactory.getLogger(CeilingImpl.class);

    /** Breaks: boolean parameter, floating point. */
    public long raise(double share, boolean hard) {
        LOGGER.info("{}", hard);
        return (long) (share * CeilingProtos.SCALE);
    }

    /** Breaks: another service's class. */
    public LedgerSample booked() {
        return new LedgerSample(1);
    }
}
