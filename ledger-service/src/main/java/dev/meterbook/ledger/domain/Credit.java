package dev.meterbook.ledger.domain;

import dev.meterbook.ledger.domain.CreditDecision.Happens;
import dev.meterbook.ledger.domain.CreditDecision.Refused;
import dev.meterbook.ledger.domain.CreditDecision.Unchanged;

/**
 * A credit: none → granted. What it paid is said by the invoices that it paid; how much of it is
 * left follows from both.
 */
public sealed interface Credit {

    /** No credit. */
    Credit NONE = new None();

    /** Answers a command; nothing changes. */
    CreditDecision decide(GrantCredit command);

    /**
     * The credit after an event.
     *
     * @throws IllegalStateException if the event cannot follow: the log is damaged
     */
    Credit evolve(CreditGranted event);

    /** Not granted yet. */
    record None() implements Credit {

        @Override
        public CreditDecision decide(GrantCredit command) {
            return command.terms().hasExpired(command.at())
                    ? new Refused(
                            CreditRefusal.EXPIRE_TIME_PASSED,
                            "expire_time: %s (expected: after %s)"
                                    .formatted(command.terms().expireTime(), command.at()))
                    : new Happens(new CreditGranted(command.id(), command.terms(), command.at()));
        }

        @Override
        public Credit evolve(CreditGranted event) {
            return new Granted(event);
        }
    }

    /**
     * Granted: never changes again.
     *
     * @param event what was granted
     */
    record Granted(CreditGranted event) implements Credit {

        @Override
        public CreditDecision decide(GrantCredit command) {
            return command.terms().equals(event.terms())
                    ? new Unchanged()
                    : new Refused(
                            CreditRefusal.CREDIT_ID_TAKEN,
                            "credit_id: %s (expected: an id not used for another credit)"
                                    .formatted(command.id().id()));
        }

        @Override
        public Credit evolve(CreditGranted again) {
            throw new IllegalStateException(
                    "CreditGranted of "
                            + again.id().resourceName()
                            + " (expected: an event that can follow)");
        }
    }
}
