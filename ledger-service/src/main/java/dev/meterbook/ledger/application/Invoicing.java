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
import dev.meterbook.ledger.domain.OpenCredit;
import dev.meterbook.ledger.domain.ReasonedTransfer;
import dev.meterbook.ledger.projection.billable.BillableView.NextLines;
import dev.meterbook.ledger.projection.billable.BillableView.Whole;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Drafts, issues and pays invoices. Each is one transaction that holds the invoice's event, its
 * number, its lines, what credits pay, the transfers and the balances. Issuing first locks the
 * tenant's unbilled account, which every posting of a charge locks too: so the lines are exactly
 * what the account holds, no charge slips in between, and no two invoices spend the same credit.
 */
@Singleton
public final class Invoicing {

    private final Transactions transactions;
    private final Clock clock;
    private final InvoiceCommands commands;
    private final InvoiceBooks books;

    /** Works on the ledger's database; the invoices themselves decide. */
    Invoicing(
            Transactions transactions, Clock clock, InvoiceCommands commands, InvoiceBooks books) {
        this.transactions = transactions;
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
        return transactions.write(
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
        return transactions.write(transaction -> issue(transaction, id, now));
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
        List<OpenCredit> credits = lock(transaction, draft, now);
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
                        new Issue(id, number, next.lines(), credits, next.ratingPosition(), now));
        if (decision instanceof Happens(InvoiceIssued issued)) {
            book(transaction, issued, draft.period());
        }
        return decision;
    }

    /**
     * Locks the accounts that issuing moves, in their order; those that do not exist yet have
     * nothing on them, so that nothing of theirs can be spent.
     *
     * @return the credits that may pay: none may be spent by another meanwhile
     */
    private List<OpenCredit> lock(Connection transaction, InvoiceHeader draft, Instant now)
            throws SQLException {
        String tenant = draft.id().tenant();
        CurrencyCode currency = draft.currency();
        AccountKey credit = AccountKey.ofTenant(AccountType.TENANT_CREDIT, tenant, currency);
        Set<AccountKey> open =
                books.locks()
                        .lockIfOpen(
                                transaction,
                                Set.of(
                                        AccountKey.ofTenant(
                                                AccountType.UNBILLED_RECEIVABLE, tenant, currency),
                                        AccountKey.ofTenant(
                                                AccountType.BILLED_RECEIVABLE, tenant, currency),
                                        AccountKey.ofTenant(AccountType.ROUNDING, tenant, currency),
                                        credit));
        return open.contains(credit)
                ? books.credits().open(transaction, tenant, currency, now)
                : List.of();
    }

    private void book(Connection transaction, InvoiceIssued issued, BillingPeriod period)
            throws SQLException {
        InvoiceId id = issued.id();
        List<ReasonedTransfer> transfers = new ArrayList<>();
        transfers.addAll(ReasonedTransfer.ofIssue(id.tenant(), issued.lines()));
        transfers.addAll(ReasonedTransfer.ofCredits(id.tenant(), issued.credits()));
        books.transfers().book(transaction, id, transfers, issued.issueTime());
        books.spending().take(transaction, id.tenant(), issued.credits());
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
        return transactions.write(transaction -> pay(transaction, id, now));
    }

    private InvoiceDecision pay(Connection transaction, InvoiceId id, Instant now)
            throws SQLException {
        Optional<InvoiceHeader> found = books.invoices().header(transaction, id);
        if (found.isEmpty()) {
            return notFound(id);
        }
        InvoiceHeader.Issue issue = found.get().issue();
        List<ReasonedTransfer> transfers =
                issue == null || found.get().payTime() != null
                        ? List.of()
                        : ReasonedTransfer.ofPayment(id.tenant(), issue.amountDue());
        books.locks().lock(transaction, ReasonedTransfer.movements(transfers).keySet());
        InvoiceDecision decision = decide(transaction, new Pay(id, now));
        if (decision instanceof Happens) {
            if (issue == null) {
                throw new ChangedMeanwhileException(); // it was issued since it was read
            }
            books.transfers().book(transaction, id, transfers, now);
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

    private static InvoiceDecision notFound(InvoiceId id) {
        return new Refused(
                InvoiceRefusal.INVOICE_NOT_FOUND, "name", id.resourceName(), "an invoice");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
