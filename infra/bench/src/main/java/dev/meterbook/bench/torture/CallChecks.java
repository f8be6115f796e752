package dev.meterbook.bench.torture;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.metering.v1.UsageRecorded;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds the stored calls against those that were sent, one by one: in the usage log, in the rating
 * log and in the ledger's journal. Reads as the database's administrator.
 */
final class CallChecks {

    private static final int PAGE = 2_000;

    private static final String USAGE_RATED = "pricing.UsageRated";

    private static final String POSTINGS =
            """
            select p.usage_position, n.tenant_id, p.occur_time, p.cost, p.charge
            from ledger.posting p join ledger.tenant_number n using (tenant_no)
            order by p.usage_position
            """;

    private final Connection connection;
    private final Sent sent;
    private final List<SentCall> inOrder;

    /**
     * Checks everything that was sent.
     *
     * @param connection the administrator's, in a transaction
     */
    CallChecks(Connection connection, Sent sent) {
        this.connection = connection;
        this.sent = sent;
        this.inOrder = sent.inOrder();
    }

    private interface Row {
        /** What is wrong with the row; null if nothing is. */
        @Nullable String fault(ResultSet row) throws SQLException;
    }

    private @Nullable String firstFault(String sql, Row each) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(PAGE);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    String fault = each.fault(rows);
                    if (fault != null) {
                        return fault;
                    }
                }
            }
        }
        return null;
    }

    /** What is wrong with the first event of a log that is not right; null if all are. */
    private @Nullable String firstFaultOfLog(
            String log, Function<StoredEvent, @Nullable String> each) throws SQLException {
        EventReader reader = new EventReader(log);
        long last = 0;
        for (List<StoredEvent> page = reader.read(connection, last, PAGE);
                !page.isEmpty();
                page = reader.read(connection, last, PAGE)) {
            for (StoredEvent event : page) {
                String fault = each.apply(event);
                if (fault != null) {
                    return fault;
                }
            }
            last = page.getLast().position();
        }
        return null;
    }

    /** The call that was acknowledged at a position; null if none was. */
    private @Nullable SentCall at(long position) {
        return position >= 1 && position <= inOrder.size()
                ? inOrder.get(Math.toIntExact(position - 1))
                : null;
    }

    /** Every call has one acknowledged position, and together they are 1, 2, 3 … */
    Finding acknowledged() {
        String what = "every call has one acknowledged place";
        for (int i = 0; i < inOrder.size(); i++) {
            SentCall call = inOrder.get(i);
            String contradiction = call.contradiction();
            if (contradiction != null) {
                return Finding.wrong(what, contradiction);
            }
            if (call.position() != i + 1) {
                return Finding.wrong(
                        what,
                        "call %s was acknowledged at %d (expected: %d, as places have no gaps)"
                                .formatted(call.key(), call.position(), i + 1));
            }
        }
        return Finding.ok(what, "%,d calls at 1 to %,d".formatted(sent.size(), sent.size()));
    }

    /** The log holds these calls, each where it was acknowledged, and nothing else. */
    Finding logged() throws SQLException {
        String what = "the usage log is what was acknowledged";
        long[] last = {0};
        String fault =
                firstFaultOfLog(
                        "metering",
                        event -> {
                            long position = event.position();
                            if (position != ++last[0]) {
                                return "position %d follows %d".formatted(position, last[0] - 1);
                            }
                            return faultOfEvent(event);
                        });
        if (fault == null && last[0] != sent.size()) {
            SentCall lost = at(last[0] + 1);
            fault =
                    "it ends at %d; call %s was acknowledged behind that"
                            .formatted(last[0], lost == null ? "?" : lost.key());
        }
        return fault == null
                ? Finding.ok(what, "each call once, where it was said, with the content sent")
                : Finding.wrong(what, fault);
    }

    private @Nullable String faultOfEvent(StoredEvent event) {
        long position = event.position();
        UUID key = event.key();
        SentCall call = sent.find(key);
        if (call == null) {
            return "position %d holds call %s, which nobody sent".formatted(position, key);
        }
        if (call.position() != position) {
            return "call %s stands at %d, but was acknowledged at %d"
                    .formatted(key, position, call.position());
        }
        ExpectedCall expected = ExpectedCall.of(call.call());
        boolean same =
                expected.call().getTenant().equals(event.tenantId())
                        && expected.event().equals(content(key, event.payload()));
        return same
                ? null
                : "position %d: call %s is not stored as it was sent".formatted(position, key);
    }

    /** An id that is the text of the key need not be stored beside it. */
    private static @Nullable UsageRecorded content(UUID key, byte[] payload) {
        try {
            UsageRecorded.Builder event = UsageRecorded.newBuilder().mergeFrom(payload);
            if (event.getCall().getId().isEmpty()) {
                event.getCallBuilder().setId(key.toString());
            }
            return event.build();
        } catch (InvalidProtocolBufferException broken) {
            return null;
        }
    }

    /** The chain's hash that came with each acknowledgement is that of its batch. */
    Finding receipts() throws SQLException {
        String what = "the receipts fit the hash chain";
        TreeMap<Long, byte[]> batches = new TreeMap<>();
        firstFault(
                "select last_position, chain_hash from metering.event_batch",
                row -> {
                    batches.put(row.getLong(1), row.getBytes(2));
                    return null;
                });
        long kept = 0;
        for (SentCall call : inOrder) {
            byte[] hash = call.chainHash();
            if (hash == null) {
                continue;
            }
            kept++;
            Map.Entry<Long, byte[]> batch = batches.ceilingEntry(call.position());
            if (batch == null || !Arrays.equals(batch.getValue(), hash)) {
                return Finding.wrong(
                        what,
                        "call %s at %d has the receipt of another chain"
                                .formatted(call.key(), call.position()));
            }
        }
        return Finding.ok(what, "%,d receipts, %,d batches".formatted(kept, batches.size()));
    }

    /** Each call was rated exactly once, at the right cost and charge. */
    Finding rated() throws SQLException {
        String what = "each call is rated once, exactly";
        BitSet rated = new BitSet();
        String fault =
                firstFaultOfLog(
                        "pricing",
                        event ->
                                event.type().name().equals(USAGE_RATED)
                                        ? faultOfBatch(event.position(), event.payload(), rated)
                                        : null);
        if (fault == null && rated.cardinality() != sent.size()) {
            int missing = rated.nextClearBit(1);
            SentCall call = at(missing);
            fault =
                    "the call at position %d (%s) was not rated"
                            .formatted(missing, call == null ? "?" : call.key());
        }
        return fault == null
                ? Finding.ok(what, "%,d calls".formatted(rated.cardinality()))
                : Finding.wrong(what, fault);
    }

    private @Nullable String faultOfBatch(long ratingPosition, byte[] payload, BitSet rated) {
        UsageRated batch;
        try {
            batch = UsageRated.parseFrom(payload);
        } catch (InvalidProtocolBufferException broken) {
            return "rating log, position %d: not readable".formatted(ratingPosition);
        }
        for (RatedCall call : batch.getCallsList()) {
            String fault = faultOfRating(batch, call, rated);
            if (fault != null) {
                return "rating log, position %d, usage position %d: %s"
                        .formatted(ratingPosition, call.getUsagePosition(), fault);
            }
        }
        return null;
    }

    private @Nullable String faultOfRating(UsageRated batch, RatedCall call, BitSet rated) {
        SentCall sentCall = at(call.getUsagePosition());
        if (sentCall == null) {
            return "no such call was acknowledged";
        }
        int index = Math.toIntExact(call.getUsagePosition());
        if (rated.get(index)) {
            return "call %s was rated before".formatted(sentCall.key());
        }
        rated.set(index);
        ExpectedCall expected = ExpectedCall.of(sentCall.call());
        if (batch.getKind() != RatingKind.RATING_KIND_INITIAL
                || call.getUnpricedReason() != UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
            return "call %s: %s, %s (expected: a first rating with a price)"
                    .formatted(sentCall.key(), batch.getKind(), call.getUnpricedReason());
        }
        if (!batch.getTexts(call.getTenantText()).equals(expected.call().getTenant())
                || batch.getBaseTimeMicros() + call.getOccurTimeOffsetMicros()
                        != expected.occurTimeMicros()) {
            return "it is not call " + sentCall.key();
        }
        return faultOfAmounts(
                sentCall,
                new BigDecimal(call.getBilledCost()),
                new BigDecimal(call.getCharge()),
                expected);
    }

    private static @Nullable String faultOfAmounts(
            SentCall call, BigDecimal cost, BigDecimal charge, ExpectedCall expected) {
        return cost.compareTo(expected.cost()) == 0 && charge.compareTo(expected.charge()) == 0
                ? null
                : "call %s: cost %s, charge %s (expected: %s, %s)"
                        .formatted(
                                call.key(),
                                cost.toPlainString(),
                                charge.toPlainString(),
                                expected.cost().toPlainString(),
                                expected.charge().toPlainString());
    }

    /** Each call is posted exactly once, with its amounts. */
    Finding posted() throws SQLException {
        String what = "each call is posted once, exactly";
        long[] last = {0};
        String fault =
                firstFault(
                        POSTINGS,
                        row -> {
                            long position = row.getLong(1);
                            if (position != ++last[0]) {
                                return position < last[0]
                                        ? "position %d is posted twice".formatted(position)
                                        : "position %d is not posted".formatted(last[0]);
                            }
                            return faultOfPosting(position, row);
                        });
        if (fault == null && last[0] != sent.size()) {
            fault = "position %d and those after it are not posted".formatted(last[0] + 1);
        }
        return fault == null
                ? Finding.ok(what, "%,d calls".formatted(last[0]))
                : Finding.wrong(what, fault);
    }

    private @Nullable String faultOfPosting(long position, ResultSet row) throws SQLException {
        SentCall call = at(position);
        if (call == null) {
            return "position %d is posted, but no such call was acknowledged".formatted(position);
        }
        ExpectedCall expected = ExpectedCall.of(call.call());
        long micros =
                ChronoUnit.MICROS.between(
                        Instant.EPOCH, row.getObject(3, OffsetDateTime.class).toInstant());
        if (!expected.call().getTenant().equals(row.getString(2))
                || micros != expected.occurTimeMicros()) {
            return "position %d: tenant %s, %s is not call %s"
                    .formatted(position, row.getString(2), row.getString(3), call.key());
        }
        return faultOfAmounts(call, row.getBigDecimal(4), row.getBigDecimal(5), expected);
    }
}
