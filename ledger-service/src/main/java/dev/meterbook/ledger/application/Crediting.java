package dev.meterbook.ledger.application;

import dev.meterbook.ledger.domain.Credit;
import dev.meterbook.ledger.domain.CreditDecision;
import dev.meterbook.ledger.domain.CreditDecision.Happens;
import dev.meterbook.ledger.domain.CreditGranted;
import dev.meterbook.ledger.domain.CreditId;
import dev.meterbook.ledger.domain.CreditTerms;
import dev.meterbook.ledger.domain.GrantCredit;
import dev.meterbook.ledger.domain.ReasonedTransfer;
import dev.meterbook.ledger.projection.account.AccountBook;
import dev.meterbook.ledger.projection.credit.CreditProjection;
import dev.meterbook.ledger.projection.credit.CreditView;
import dev.meterbook.ledger.projection.transfer.TransferProjection;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Grants credits: event, row, transfer and balances in one transaction. */
@Singleton
public final class Crediting {

    private final Transactions transactions;
    private final Clock clock;
    private final CreditCommands commands;
    private final Books books;

    /**
     * What granting reads and writes.
     *
     * @param locks locks accounts
     * @param credits reads credits
     * @param writes writes credits
     * @param transfers books transfers
     */
    @Singleton
    public record Books(
            AccountBook locks,
            CreditView credits,
            CreditProjection writes,
            TransferProjection transfers) {}

    /** Works on the ledger's database; the credits themselves decide. */
    Crediting(Transactions transactions, Clock clock, CreditCommands commands, Books books) {
        this.transactions = transactions;
        this.clock = clock;
        this.commands = commands;
        this.books = books;
    }

    /** Grants a credit. */
    public CreditDecision grant(CreditId id, CreditTerms terms) {
        GrantCredit command =
                new GrantCredit(id, terms, clock.instant().truncatedTo(ChronoUnit.MICROS));
        return transactions.write(transaction -> grant(transaction, command));
    }

    private CreditDecision grant(Connection transaction, GrantCredit command) throws SQLException {
        if (books.credits().find(transaction, command.id()).isEmpty()) {
            CreditDecision first = Credit.NONE.decide(command);
            if (!(first instanceof Happens(var granted))) {
                return first;
            }
            lock(transaction, granted);
        }
        CreditDecision decision = commands.decide(command);
        if (decision instanceof Happens(var granted)) {
            books.writes().write(transaction, granted);
            books.transfers().book(transaction, granted);
        }
        return decision;
    }

    /** Accounts are locked, and opened, before the event: only for a credit that will be. */
    private void lock(Connection transaction, CreditGranted granted) throws SQLException {
        List<ReasonedTransfer> transfers = List.of(ReasonedTransfer.ofGrant(granted));
        books.locks().lock(transaction, ReasonedTransfer.movements(transfers).keySet());
    }
}
