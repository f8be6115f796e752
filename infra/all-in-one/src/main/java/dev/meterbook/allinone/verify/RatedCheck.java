package dev.meterbook.allinone.verify;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Reads the whole rating log: every metered call was rated first exactly once, and what the ratings
 * come to is summed for the checks that follow.
 */
final class RatedCheck {

    private static final String WHAT = "every metered call was rated once";
    private static final String USAGE_RATED = "pricing.UsageRated";
    private static final int PAGE = 200;

    private final Connection connection;
    private final LongConsumer progress;
    private final BitSet rated = new BitSet();
    private final Sums sums = new Sums();
    private final CorrectedCalls corrected = new CorrectedCalls();
    private long unpriced;
    private String wrong = "";

    /**
     * A check.
     *
     * @param connection of pricing's role, in a transaction with one snapshot
     * @param progress told how many positions of the rating log were passed more
     */
    RatedCheck(Connection connection, LongConsumer progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** Checks all; the usage log must not grow meanwhile. */
    Finding check() throws SQLException {
        corrected.expect(connection);
        EventReader reader = new EventReader("pricing");
        long position = 0;
        for (List<StoredEvent> page = reader.read(connection, position, PAGE);
                !page.isEmpty();
                page = reader.read(connection, position, PAGE)) {
            page.stream()
                    .filter(event -> event.type().name().equals(USAGE_RATED))
                    .forEach(this::take);
            progress.accept(page.getLast().position() - position);
            position = page.getLast().position();
        }
        long metered = new EventReader("metering").head(connection);
        if (wrong.isEmpty() && rated.cardinality() != metered) {
            long missing = rated.nextClearBit(1);
            wrong =
                    missing <= metered
                            ? "the call at position " + missing + " was not rated"
                            : "the rating log names calls that were not metered";
        }
        if (wrong.isEmpty()) {
            wrong = corrected.firstProblem().orElse("");
        }
        return wrong.isEmpty()
                ? Finding.ok(
                        WHAT,
                        "%,d calls, %,d of them without a price, %,d corrected"
                                .formatted(metered, unpriced, corrected.size()))
                : Finding.wrong(WHAT, wrong);
    }

    /** What the ratings come to. */
    Sums sums() {
        return sums;
    }

    private void take(StoredEvent event) {
        try {
            take(event, UsageRated.parseFrom(event.payload()));
        } catch (InvalidProtocolBufferException | RuntimeException unreadable) {
            if (wrong.isEmpty()) {
                wrong = "rating log, position " + event.position() + ": not readable";
            }
        }
    }

    private void take(StoredEvent event, UsageRated batch) {
        for (RatedCall call : batch.getCallsList()) {
            if (batch.getKind() == RatingKind.RATING_KIND_INITIAL) {
                takeFirst(call, event.position());
            } else if (batch.getKind() == RatingKind.RATING_KIND_LATE) {
                unpriced--;
            }
            corrected.take(event.position(), batch, call);
            if (call.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
                sums.add(
                        batch.getTexts(call.getTenantText()),
                        batch.getTexts(call.getChargeCurrencyText()),
                        new BigDecimal(call.getBilledCost()),
                        new BigDecimal(call.getCharge()));
            }
        }
    }

    private void takeFirst(RatedCall call, long ratingPosition) {
        int position = Math.toIntExact(call.getUsagePosition());
        if (rated.get(position) && wrong.isEmpty()) {
            wrong =
                    "the call at position %d was rated again at %d"
                            .formatted(position, ratingPosition);
        }
        rated.set(position);
        if (call.getUnpricedReason() != UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
            unpriced++;
        }
    }
}
