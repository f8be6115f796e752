package dev.meterbook.pricing.intake;

import dev.meterbook.platform.consumer.LogTail;
import dev.meterbook.platform.consumer.LogTails;
import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import dev.meterbook.platform.eventlog.LogHead;
import dev.meterbook.pricing.domain.PriceBook;
import dev.meterbook.pricing.domain.PriceHistory;
import jakarta.inject.Singleton;

/** The price book as it is needed: as known here, as known now, as known then. */
@Singleton
public final class PriceBooks {

    private final PriceHistory history;
    private final LogTail tail;

    PriceBooks(PriceFacts facts, LogTails tails) {
        this.history = facts.history();
        this.tail = tails.of(facts);
    }

    /** All facts that are known here; a few moments behind the log. */
    public PriceHistory history() {
        return history;
    }

    /** All facts that are in the log now. */
    public PriceHistory caughtUp() {
        tail.catchUp();
        return history;
    }

    /** The book with every fact that is in the log now. */
    PriceBook freshest() {
        return caughtUp().current();
    }

    /** The book with every fact up to the end of the log, which the thread's transaction holds. */
    PriceBook freshest(LogHead head) {
        tail.catchUp(head);
        return history.current();
    }

    /** Tells that an append is no fact of the book: the next one who asks need not read it. */
    void passOver(LogHead before, Recorded append) {
        tail.passOver(before, append);
    }
}
