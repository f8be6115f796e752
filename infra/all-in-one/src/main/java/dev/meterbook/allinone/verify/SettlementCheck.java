package dev.meterbook.allinone.verify;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.pricing.v1.PeriodSettled;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds every settlement in the ledger against the event that it is made of: there is one for each
 * settled period, on its accounts and with its amount, and no other.
 */
final class SettlementCheck {

    private static final String WHAT = "every settled period is booked once";
    private static final Set<String> PERIOD_SETTLED = Set.of("pricing.PeriodSettled");
    private static final int PAGE = 1_000;

    /** Codes of ledger accounts. */
    private static final int PROVIDER_PAYABLE = 1;

    private static final int UNBILLED_RECEIVABLE = 5;
    private static final int CHARGEBACK_REVENUE = 7;
    private static final int COMMITMENT_SHORTFALL = 13;

    private static final String BOOKED =
            """
            select s.rating_position, s.tenant_id, s.contract, s.kind, s.term, s.version,
                (extract(epoch from s.period_start) * 1000000)::bigint,
                (extract(epoch from s.period_end) * 1000000)::bigint,
                concat_ws('/', d.type, d.tenant_id, d.contract, d.currency),
                concat_ws('/', c.type, c.tenant_id, c.contract, c.currency), s.amount
            from ledger.settlement s
            left join ledger.account d on d.id = s.debit_account
            left join ledger.account c on c.id = s.credit_account
            order by s.rating_position
            """;

    /** One settlement, as it is or as it should be; the amount without trailing zeros. */
    private record Booked(
            long position,
            String tenant,
            String contract,
            int kind,
            String term,
            String version,
            long startMicros,
            long endMicros,
            String debit,
            String credit,
            BigDecimal amount) {

        Booked {
            amount = amount.stripTrailingZeros();
        }

        static Booked of(ResultSet row) throws SQLException {
            return new Booked(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getInt(4),
                    row.getString(5),
                    row.getString(6),
                    row.getLong(7),
                    row.getLong(8),
                    row.getString(9),
                    row.getString(10),
                    row.getBigDecimal(11));
        }

        static Booked of(long position, PeriodSettled event) {
            BigDecimal amount = new BigDecimal(event.getAmount());
            String more = account(event, COMMITMENT_SHORTFALL, UNBILLED_RECEIVABLE);
            String less = account(event, PROVIDER_PAYABLE, CHARGEBACK_REVENUE);
            boolean goesBack = amount.signum() < 0;
            return new Booked(
                    position,
                    event.getTenant(),
                    event.getContract(),
                    event.getReasonValue(),
                    event.getTerm(),
                    event.getVersion(),
                    event.getPeriodStartTimeMicros(),
                    event.getPeriodEndTimeMicros(),
                    goesBack ? less : more,
                    goesBack ? more : less,
                    amount.abs());
        }

        private static String account(PeriodSettled event, int ofContract, int ofPlan) {
            int type = event.getTenant().isEmpty() ? ofContract : ofPlan;
            return "%d/%s/%s/%s"
                    .formatted(
                            type, event.getTenant(), event.getContract(), event.getCurrencyCode());
        }

        @Override
        public String toString() {
            return "%s%s, term %s (%d) of %s, %d to %d, %s <- %s %s"
                    .formatted(
                            tenant,
                            contract,
                            term,
                            kind,
                            version,
                            startMicros,
                            endMicros,
                            debit,
                            credit,
                            amount.toPlainString());
        }
    }

    private final Connection ledger;
    private long settlements;

    /**
     * A check.
     *
     * @param ledger of the ledger's role, in a transaction with one snapshot
     */
    SettlementCheck(Connection ledger) {
        this.ledger = ledger;
    }

    Finding check() throws SQLException {
        Deque<Booked> booked = booked();
        EventReader reader = new EventReader("pricing");
        long head = reader.head(ledger);
        List<StoredEvent> page = reader.read(ledger, 0, head, PAGE, PERIOD_SETTLED);
        while (!page.isEmpty()) {
            for (StoredEvent event : page) {
                Optional<String> wrong = wrong(event, booked);
                if (wrong.isPresent()) {
                    return Finding.wrong(WHAT, wrong.get());
                }
            }
            page = reader.read(ledger, page.getLast().position(), head, PAGE, PERIOD_SETTLED);
        }
        return booked.isEmpty()
                ? Finding.ok(WHAT, "%,d settlements".formatted(settlements))
                : Finding.wrong(WHAT, settlesNothing(booked.getFirst()));
    }

    private Deque<Booked> booked() throws SQLException {
        Deque<Booked> booked = new ArrayDeque<>();
        try (Statement statement = ledger.createStatement();
                ResultSet rows = statement.executeQuery(BOOKED)) {
            while (rows.next()) {
                booked.add(Booked.of(rows));
            }
        }
        return booked;
    }

    private Optional<String> wrong(StoredEvent event, Deque<Booked> booked) {
        settlements++;
        Booked expected;
        try {
            expected = Booked.of(event.position(), PeriodSettled.parseFrom(event.payload()));
        } catch (InvalidProtocolBufferException | NumberFormatException unreadable) {
            return Optional.of("rating log, position " + event.position() + ": not readable");
        }
        Booked found = booked.peekFirst();
        if (found == null || found.position > expected.position) {
            return Optional.of(
                    "rating log, position %d: %s is not booked (or set aside: ./meterbook dead-letters)"
                            .formatted(expected.position, expected));
        }
        if (found.position < expected.position) {
            return Optional.of(settlesNothing(found));
        }
        booked.removeFirst();
        return found.equals(expected)
                ? Optional.empty()
                : Optional.of(
                        "rating log, position %d: booked as: %s (expected: %s)"
                                .formatted(found.position, found, expected));
    }

    private static String settlesNothing(Booked booked) {
        return "a settlement names position %d of the rating log, which settles no period"
                .formatted(booked.position);
    }
}
