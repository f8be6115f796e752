package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.Posting;
import dev.meterbook.ledger.domain.Transfer;
import dev.meterbook.ledger.projection.SqlArrays;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.ledger.projection.account.AccountBook;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Postings turned into columns, as a set-based insert takes them. */
final class PostingColumns {

    private final String[] tenants;
    private final long[] usagePositions;
    private final long[] corrections;
    private final long[] ratingPositions;
    private final long[] occurMicros;
    private final TransferColumns costs;
    private final TransferColumns charges;

    private PostingColumns(int size) {
        tenants = new String[size];
        usagePositions = new long[size];
        corrections = new long[size];
        ratingPositions = new long[size];
        occurMicros = new long[size];
        costs = new TransferColumns(size);
        charges = new TransferColumns(size);
    }

    static PostingColumns of(List<Posting> postings, Map<AccountKey, Integer> ids) {
        PostingColumns columns = new PostingColumns(postings.size());
        for (int row = 0; row < postings.size(); row++) {
            Posting posting = postings.get(row);
            columns.tenants[row] = posting.tenant();
            columns.usagePositions[row] = posting.usagePosition();
            columns.corrections[row] = posting.correction();
            columns.ratingPositions[row] = posting.ratingPosition();
            columns.occurMicros[row] = SqlTimes.micros(posting.occurTime());
            columns.costs.set(row, posting.cost(), ids);
            columns.charges.set(row, posting.charge(), ids);
        }
        return columns;
    }

    void bind(SqlArrays arrays) throws SQLException {
        arrays.texts(tenants)
                .longs(usagePositions)
                .longs(corrections)
                .longs(ratingPositions)
                .longs(occurMicros);
        costs.bind(arrays);
        charges.bind(arrays);
    }

    private static final class TransferColumns {

        private final int[] debits;
        private final int[] credits;
        private final BigDecimal[] amounts;

        TransferColumns(int size) {
            debits = new int[size];
            credits = new int[size];
            amounts = new BigDecimal[size];
        }

        void set(int row, Transfer transfer, Map<AccountKey, Integer> ids) {
            debits[row] = AccountBook.idOf(ids, transfer.debit());
            credits[row] = AccountBook.idOf(ids, transfer.credit());
            amounts[row] = transfer.amount().amount();
        }

        void bind(SqlArrays arrays) throws SQLException {
            arrays.ints(debits).ints(credits).amounts(amounts);
        }
    }
}
