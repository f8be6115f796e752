package dev.meterbook.allinone.verify;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The postings of the ledger, in the order of the ratings that they are made of. */
final class PostingRows implements AutoCloseable {

    private static final int FETCHED_AT_ONCE = 5_000;

    private static final String POSTINGS =
            """
            select p.rating_position, p.usage_position, n.tenant_id, payable.contract,
                payable.currency, unbilled.currency, p.occur_micros, p.cost, p.charge
            from (
                select rating_position, usage_position, tenant_no, route, cost, charge,
                    (extract(epoch from occur_time) * 1000000)::bigint as occur_micros
                from ledger.posting
                union all
                select rating_position, usage_position, tenant_no, route, cost, charge,
                    (extract(epoch from occur_time) * 1000000)::bigint
                from ledger.posting_correction) p
            left join ledger.tenant_number n on n.tenant_no = p.tenant_no
            left join ledger.posting_route r on r.id = p.route and r.tenant_id = n.tenant_id
            left join ledger.account payable on payable.id = r.cost_credit
            left join ledger.account unbilled on unbilled.id = r.charge_debit
            order by p.rating_position, p.usage_position
            """;

    /**
     * One posting, as it is or as it should be.
     *
     * @param usagePosition place of its call in the usage log
     * @param tenant the tenant
     * @param contract the provider's contract
     * @param currencies of cost and charge
     * @param occurMicros when the call occurred, in microseconds since 1970
     * @param cost exact, without trailing zeros
     * @param charge exact, without trailing zeros
     */
    record Posting(
            long usagePosition,
            String tenant,
            String contract,
            String currencies,
            long occurMicros,
            BigDecimal cost,
            BigDecimal charge) {

        Posting {
            cost = cost.stripTrailingZeros();
            charge = charge.stripTrailingZeros();
        }

        @Override
        public String toString() {
            return "%s, %s, at %d, cost %s, charge %s %s"
                    .formatted(
                            tenant,
                            contract,
                            occurMicros,
                            cost.toPlainString(),
                            charge.toPlainString(),
                            currencies);
        }
    }

    private final PreparedStatement select;
    private final ResultSet rows;
    private @Nullable Posting next;
    private long nextRating;

    PostingRows(Connection ledger) throws SQLException {
        this.select = ledger.prepareStatement(POSTINGS);
        select.setFetchSize(FETCHED_AT_ONCE);
        this.rows = select.executeQuery();
        read();
    }

    private void read() throws SQLException {
        next = null;
        nextRating = Long.MAX_VALUE;
        if (rows.next()) {
            nextRating = rows.getLong(1);
            next =
                    new Posting(
                            rows.getLong(2),
                            String.valueOf(rows.getString(3)),
                            String.valueOf(rows.getString(4)),
                            rows.getString(5) + "/" + rows.getString(6),
                            rows.getLong(7),
                            rows.getBigDecimal(8),
                            rows.getBigDecimal(9));
        }
    }

    /** The rating of the next posting; the largest number at the end. */
    long nextRating() {
        return nextRating;
    }

    /** The postings of a rating, if they are the next, in the order of usage positions. */
    List<Posting> of(long ratingPosition) throws SQLException {
        List<Posting> postings = new ArrayList<>();
        while (nextRating == ratingPosition && next != null) {
            postings.add(next);
            read();
        }
        return postings;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        select.close();
    }
}
