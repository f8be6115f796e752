package dev.meterbook.ledger.application;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.AccountType;
import dev.meterbook.ledger.domain.InvoiceCommand;
import dev.meterbook.ledger.domain.InvoiceCommand.Issue;
import dev.meterbook.ledger.domain.InvoiceCommand.MakeDraft;
import dev.meterbook.ledger.domain.InvoiceCommand.Pay;
import dev.meterbook.ledger.domain.InvoiceDecision;
import dev.meterbook.ledger.domain.InvoiceDecision.Happens;
import dev.meterbook.ledger.domain.InvoiceDecision.Refused;
import dev.meterbook.ledger.domain.InvoiceDecision.Unchanged;
import dev.meterbook.ledger.domain.InvoiceEvent.InvoiceIssued;
import dev.meterbook.ledger.domain.InvoiceHeader;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.InvoiceNumber;
import dev.meterbook.ledger.domain.InvoiceRefusal;
import dev.meterbook.ledger.domain.InvoiceState;
import dev.meterbook.ledger.domain.InvoiceTransfer;
import dev.meterbook.ledger.projection.billable.BillableView.NextLines;
import dev.meterbook.ledger.projection.billable.BillableView.Whole;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.Work;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Drafts, issues and pays invoices. Each is one transaction that holds the invoice's event, its
 * number, its lines, the transfers and the balances. Issuing first locks the tenant's unbilled
 * account, which every posting of a charge locks too: so the lines are exactly what the account
 * holds, and no charge slips in between.
 */
@Singleton
public final class Invoicing {

    private static final int ATTEMPTS = 4;

    private final Database database;
    private final Clock clock;
    private final InvoiceCommands commands;
    private final InvoiceBooks books;

    /** Works on the ledger's database; the invoices themselves decide. */
    public Invoicing(
            @Named("ledger") Database database,
            Clock clock,
            InvoiceCommands commands,
            InvoiceBooks books) {
        this.database = database;
        this.clock = clock;
        this.commands = commands;
        this.books = books;
    }

    /**
     * Makes a draft.
     *
     * @param currency the currency; empty for the only one in which the tenant was charged
     */
    public InvoiceDecision makeDraft(
            InvoiceId id, BillingPeriod period, Optional<CurrencyCode> currency) {
        Instant now = now();
        return write(
                transaction -> {
                    Optional<CurrencyCode> known =
                            currency.isPresent() ? currency : currencyOf(transaction, id);
                    return known.isEmpty()
                            ? currencyRequired(transaction, id)
                            : decide(transaction, new MakeDraft(id, period, known.get(), now));
                });
    }

    private Optional<CurrencyCode> currencyOf(Connection transaction, InvoiceId id)
            throws SQLException {
        Optional<InvoiceHeader> existing = books.invoices().header(transaction, id);
        if (existing.isPresent()) {
            return Optional.of(existing.get().currency());
        }
        List<CurrencyCode> charged = books.accounts().chargedCurrencies(transaction, id.tenant());
        return charged.size() == 1 ? Optional.of(charged.getFirst()) : Optional.empty();
    }

    private InvoiceDecision currencyRequired(Connection transaction, InvoiceId id)
            throws SQLException {
        List<CurrencyCode> charged = books.accounts().chargedCurrencies(transaction, id.tenant());
        return new Refused(
                InvoiceRefusal.CURRENCY_REQUIRED,
                "currency_code",
                "",
                charged.isEmpty() ? "a currency: nothing was charged yet" : "one of " + charged);
    }

    /** Issues a draft. */
    public InvoiceDecision issue(InvoiceId id) {
        Instant now = now();
        return write(transaction -> issue(transaction, id, now));
    }

    private InvoiceDecision issue(Connection transaction, InvoiceId id, Instant now)
            throws SQLException {
        Optional<InvoiceHeader> found = books.invoices().header(transaction, id);
        if (found.isEmpty()) {
            return notFound(id);
        }
        InvoiceHeader draft = found.get();
        if (draft.state() != InvoiceState.DRAFT) {
            return new Unchanged();
        }
        books.locks()
                .lockIfOpen(
                        transaction,
                        AccountKey.ofTenant(
                                AccountType.UNBILLED_RECEIVABLE, id.tenant(), draft.currency()));
        NextLines next =
                books.billables().next(transaction, id.tenant(), draft.currency(), draft.period());
        if (next.whole() == Whole.NOT_YET) {
            return new Refused(
                    InvoiceRefusal.BOOK_NOT_WHOLE,
                    "name",
                    id.resourceName(),
                    "an invoice of a book that is not being made anew");
        }
        InvoiceNumber number =
                books.writes().nextNumber(transaction, now.atOffset(ZoneOffset.UTC).getYear());
        InvoiceDecision decision =
                decide(
                        transaction,
                        new Issue(id, number, next.lines(), next.ratingPosition(), now));
        if (decision instanceof Happens(InvoiceIssued issued)) {
            book(transaction, issued, draft.period());
        }
        return decision;
    }

    private void book(Connection transaction, InvoiceIssued issued, BillingPeriod period)
            throws SQLException {
        InvoiceId id = issued.id();
        books.transfers()
                .book(
                        transaction,
                        id,
                        InvoiceTransfer.ofIssue(id.tenant(), issued.lines()),
                        issued.issueTime());
        books.closing()
                .close(
                        transaction,
                        id.tenant(),
                        issued.lines().currency(),
                        period,
                        issued.lines().lines().size());
    }

    /** Marks an invoice as paid in full. */
    public InvoiceDecision pay(InvoiceId id) {
        Instant now = now();
        return write(transaction -> pay(transaction, id, now));
    }

    private InvoiceDecision pay(Connection transaction, InvoiceId id, Instant now)
            throws SQLException {
        Optional<InvoiceHeader> found = books.invoices().header(transaction, id);
        if (found.isEmpty()) {
            return notFound(id);
        }
        InvoiceHeader.Issue issue = found.get().issue();
        if (issue != null && found.get().payTime() == null) {
            books.locks()
                    .lockIfOpen(
                            transaction,
                            AccountKey.ofTenant(
                                    AccountType.BILLED_RECEIVABLE,
                                    id.tenant(),
                                    found.get().currency()));
        }
        InvoiceDecision decision = decide(transaction, new Pay(id, now));
        if (decision instanceof Happens && issue != null) {
            books.transfers()
                    .book(
                            transaction,
                            id,
                            InvoiceTransfer.ofPayment(id.tenant(), issue.total()),
                            now);
        }
        return decision;
    }

    private InvoiceDecision decide(Connection transaction, InvoiceCommand command)
            throws SQLException {
        InvoiceDecision decision = commands.decide(command);
        if (decision instanceof Happens(var event)) {
            books.writes().write(transaction, event);
        }
        return decision;
    }

    /** Tries again when another transaction changed the same invoice meanwhile. */
    private InvoiceDecision write(Work<InvoiceDecision> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.write(work);
            } catch (InvoiceChangedException changed) {
                if (attempt >= ATTEMPTS) {
                    throw changed;
                }
            }
        }
    }

    private static InvoiceDecision notFound(InvoiceId id) {
        return new Refused(
                InvoiceRefusal.INVOICE_NOT_FOUND, "name", id.resourceName(), "an invoice");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
