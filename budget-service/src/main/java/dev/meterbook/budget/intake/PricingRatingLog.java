package dev.meterbook.budget.intake;

import dev.meterbook.budget.application.counting.RatedBatch;
import dev.meterbook.budget.application.counting.RatingLog;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import java.time.Instant;
import java.util.List;

/** Pricing's event log, read with the rights of the budget service. */
public final class PricingRatingLog implements RatingLog {

    private static final String USAGE_RATED = "pricing.UsageRated";

    private final Database database;
    private final EventReader reader = new EventReader("pricing");

    /** Reads over a database. */
    public PricingRatingLog(Database database) {
        this.database = database;
    }

    @Override
    public long head() {
        return database.read(reader::head);
    }

    @Override
    public List<RatedBatch> read(long after, int limit) {
        List<StoredEvent> events =
                database.read(transaction -> reader.read(transaction, after, limit));
        return events.stream().map(PricingRatingLog::batch).toList();
    }

    private static RatedBatch batch(StoredEvent event) {
        return new RatedBatch(
                event.position(),
                event.recordTime(),
                event.type().name().equals(USAGE_RATED)
                        ? RatedUsage.calls(event.payload())
                        : List.of());
    }

    /**
     * Positions are dense and times do not go back by more than clocks differ: halving finds it.
     */
    @Override
    public long lastBefore(Instant recordTime) {
        long before = 0;
        long behind = head() + 1;
        while (behind - before > 1) {
            long middle = before + (behind - before) / 2;
            if (isBefore(middle, recordTime)) {
                before = middle;
            } else {
                behind = middle;
            }
        }
        return before;
    }

    private boolean isBefore(long position, Instant recordTime) {
        List<StoredEvent> event =
                database.read(transaction -> reader.read(transaction, position - 1, 1));
        return !event.isEmpty() && event.getFirst().recordTime().isBefore(recordTime);
    }
}
