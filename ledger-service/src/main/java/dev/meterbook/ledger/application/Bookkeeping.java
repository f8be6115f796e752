package dev.meterbook.ledger.application;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.Movement;
import dev.meterbook.ledger.domain.PostingBatch;
import dev.meterbook.ledger.projection.account.AccountBook;
import dev.meterbook.ledger.projection.billable.BillableProjection;
import dev.meterbook.ledger.projection.posting.PostingProjection;
import dev.meterbook.ledger.projection.settlement.SettlementProjection;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Books metered calls and settled periods: journal, balances and charges to invoice, together or
 * not at all.
 */
@Singleton
public final class Bookkeeping {

    private final AccountBook accounts;
    private final PostingProjection postings;
    private final BillableProjection billables;
    private final SettlementProjection settlements;

    /** Books by means of these read models. */
    public Bookkeeping(
            AccountBook accounts,
            PostingProjection postings,
            BillableProjection billables,
            SettlementProjection settlements) {
        this.accounts = accounts;
        this.postings = postings;
        this.billables = billables;
        this.settlements = settlements;
    }

    /**
     * Books a batch in the caller's transaction. The accounts are locked first, which keeps an
     * invoice from being issued in between.
     *
     * @param ratingPosition the last event of the batch; one that was set aside before may stand
     *     behind those that are booked
     * @throws SQLException with state 23505 if a call or a settlement is booked already
     */
    public void book(Connection transaction, PostingBatch batch, long ratingPosition)
            throws SQLException {
        Map<AccountKey, Movement> movements = batch.movements();
        Map<AccountKey, Integer> ids = accounts.lock(transaction, movements.keySet());
        postings.write(transaction, batch, ids);
        settlements.write(transaction, batch.settlements(), ids);
        accounts.move(transaction, ids, movements);
        billables.add(transaction, batch.billables());
        postings.advance(transaction, batch, ratingPosition);
    }

    /**
     * Empties the book, but for what invoices have done to it; then {@link #book} is to be told all
     * of the rating log again. No invoice is issued before {@link #passed} is told the end.
     *
     * @param until where the rating log ends
     */
    public void beginAnew(Connection transaction, long until) throws SQLException {
        postings.beginReplay(transaction, until);
    }

    /** All that can be booked of the rating log is booked, up to a position. */
    public void passed(Connection transaction, long ratingPosition) throws SQLException {
        postings.endReplay(transaction, ratingPosition);
    }
}
