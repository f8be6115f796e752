package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.ledger.domain.InvoiceCommand.Issue;
import dev.meterbook.ledger.domain.InvoiceCommand.MakeDraft;
import dev.meterbook.ledger.domain.InvoiceCommand.Pay;
import dev.meterbook.ledger.domain.InvoiceDecision.Happens;
import dev.meterbook.ledger.domain.InvoiceDecision.Refused;
import dev.meterbook.ledger.domain.InvoiceDecision.Unchanged;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceDrafted;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceIssued;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoicePaid;
import java.time.Instant;

/**
 * An invoice and how far it has come: none → draft → issued → paid. A draft holds no lines: they
 * are taken from the book when it is issued, and never change afterwards. Credits pay when it is
 * issued; one that they pay wholly is paid at once.
 */
public sealed interface Invoice {

    /** No invoice. */
    Invoice NONE = new None();

    /** Answers a command; nothing changes. */
    InvoiceDecision decide(InvoiceCommand command);

    /**
     * The invoice after an event.
     *
     * @throws IllegalStateException if the event cannot follow: the log is damaged
     */
    Invoice evolve(InvoiceEvent event);

    /** Not made yet. */
    record None() implements Invoice {

        @Override
        public InvoiceDecision decide(InvoiceCommand command) {
            return switch (command) {
                case MakeDraft(var id, var period, var currency, var at) ->
                        period.start().isAfter(at)
                                ? new Refused(
                                        InvoiceRefusal.PERIOD_NOT_STARTED,
                                        "period",
                                        period.toString(),
                                        "not after " + BillingPeriod.of(at))
                                : new Happens(new InvoiceDrafted(id, period, currency, at));
                case Issue issue -> notFound(issue.id());
                case Pay pay -> notFound(pay.id());
            };
        }

        @Override
        public Invoice evolve(InvoiceEvent event) {
            return switch (event) {
                case InvoiceDrafted(var id, var period, var currency, var createTime) ->
                        new Draft(id, period, currency, createTime);
                case InvoiceIssued issued -> throw cannotFollow(issued);
                case InvoicePaid paid -> throw cannotFollow(paid);
            };
        }

        private static Refused notFound(InvoiceId id) {
            return new Refused(
                    InvoiceRefusal.INVOICE_NOT_FOUND, "name", id.resourceName(), "an invoice");
        }
    }

    /**
     * Made, not issued.
     *
     * @param id which invoice
     * @param period the month that it is for
     * @param currency currency of the charges it will take
     * @param createTime when the draft was made
     */
    record Draft(InvoiceId id, BillingPeriod period, CurrencyCode currency, Instant createTime)
            implements Invoice {

        @Override
        public InvoiceDecision decide(InvoiceCommand command) {
            return switch (command) {
                case MakeDraft draft -> repeated(draft);
                case Issue issue -> issue(issue);
                case Pay pay ->
                        new Refused(
                                InvoiceRefusal.INVOICE_NOT_ISSUED,
                                "name",
                                pay.id().resourceName(),
                                "an issued invoice");
            };
        }

        private InvoiceDecision repeated(MakeDraft again) {
            return again.period().equals(period) && again.currency().equals(currency)
                    ? new Unchanged()
                    : new Refused(
                            InvoiceRefusal.INVOICE_ID_TAKEN,
                            "invoice_id",
                            id.id(),
                            "an id not used for " + period + " in " + currency);
        }

        private InvoiceDecision issue(Issue issue) {
            int count = issue.lines().lines().size();
            if (count == 0) {
                return refuseLines(
                        InvoiceRefusal.NOTHING_TO_INVOICE,
                        count,
                        "charges in " + currency + " not yet invoiced, up to " + period);
            }
            if (count > InvoiceLines.MAX_LINES) {
                return refuseLines(
                        InvoiceRefusal.TOO_MANY_LINES, count, "<= " + InvoiceLines.MAX_LINES);
            }
            return new Happens(
                    new InvoiceIssued(
                            id,
                            issue.number(),
                            issue.lines(),
                            CreditPayments.of(issue.lines().total(), issue.credits(), issue.at()),
                            issue.ratingPosition(),
                            issue.at()));
        }

        private static Refused refuseLines(InvoiceRefusal reason, int count, String expected) {
            return new Refused(reason, "lines", Integer.toString(count), expected);
        }

        @Override
        public Invoice evolve(InvoiceEvent event) {
            return switch (event) {
                case InvoiceIssued issued -> issued(issued);
                case InvoiceDrafted drafted -> throw cannotFollow(drafted);
                case InvoicePaid paid -> throw cannotFollow(paid);
            };
        }

        private Invoice issued(InvoiceIssued event) {
            Issued issued = new Issued(this, event);
            return event.isPaid() ? new Paid(issued, event.issueTime()) : issued;
        }
    }

    /**
     * Issued: never changes again.
     *
     * @param draft what it was made from
     * @param event what was issued
     */
    record Issued(Draft draft, InvoiceIssued event) implements Invoice {

        @Override
        public InvoiceDecision decide(InvoiceCommand command) {
            return switch (command) {
                case MakeDraft again -> draft.repeated(again);
                case Issue _ -> new Unchanged();
                case Pay(var id, var at) -> new Happens(new InvoicePaid(id, at));
            };
        }

        @Override
        public Invoice evolve(InvoiceEvent next) {
            return switch (next) {
                case InvoicePaid(var _, var payTime) -> new Paid(this, payTime);
                case InvoiceDrafted drafted -> throw cannotFollow(drafted);
                case InvoiceIssued issued -> throw cannotFollow(issued);
            };
        }
    }

    /**
     * Issued and paid in full.
     *
     * @param issued what was paid
     * @param payTime when
     */
    record Paid(Issued issued, Instant payTime) implements Invoice {

        @Override
        public InvoiceDecision decide(InvoiceCommand command) {
            return switch (command) {
                case MakeDraft again -> issued.draft().repeated(again);
                case Issue _, Pay _ -> new Unchanged();
            };
        }

        @Override
        public Invoice evolve(InvoiceEvent event) {
            throw cannotFollow(event);
        }
    }

    private static IllegalStateException cannotFollow(InvoiceEvent event) {
        return new IllegalStateException(
                event.getClass().getSimpleName()
                        + " of "
                        + event.id().resourceName()
                        + " (expected: an event that can follow)");
    }
}
