package dev.meterbook.pricing.intake;

import dev.meterbook.platform.consumer.LogConsumer;
import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.LogHead;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.projection.rating.RatedRange;
import dev.meterbook.pricing.projection.rating.RatedRangeProjection;
import dev.meterbook.pricing.projection.unpriced.UnpricedCall;
import dev.meterbook.pricing.projection.unpriced.UnpricedProjection;
import dev.meterbook.proto.pricing.v1.RatingKind;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rates metered calls. The pricing log is locked before the price book is read, so that a rating
 * depends on exactly the facts that stand before it in the log: a price acknowledged before the
 * call was recorded is always used, and the rating can be repeated for ever.
 */
@Singleton
final class UsageIntake implements LogConsumer {

    private final EventLog log;
    private final PriceBooks books;
    private final RatedRangeProjection ranges;
    private final UnpricedProjection unpriced;
    private final RunningProjections running;

    UsageIntake(
            @Named("pricing") EventLog log,
            PriceBooks books,
            RatedRangeProjection ranges,
            UnpricedProjection unpriced,
            RunningProjections running) {
        this.log = log;
        this.books = books;
        this.ranges = ranges;
        this.unpriced = unpriced;
        this.running = running;
    }

    @Override
    public String name() {
        return "pricing-usage";
    }

    @Override
    public String service() {
        return "pricing";
    }

    @Override
    public String log() {
        return "metering";
    }

    @Override
    public Set<String> eventNames() {
        return Set.of(MeteredUsage.EVENT);
    }

    @Override
    public String whyNotReplayable() {
        return "each rating is a decision, taken once by the prices known then and kept in a log"
                + " that others build on";
    }

    /** Much is better than often: each batch is an event or a few, which four consumers read. */
    @Override
    public int batchSize() {
        return 5_000;
    }

    @Override
    public void handle(Connection transaction, List<StoredEvent> events) throws SQLException {
        UsageReader reader = new UsageReader();
        List<MeteredUsage> usages = events.stream().map(reader::read).toList();
        LogHead head = log.lock(transaction);
        Rater rater = new Rater(books.freshest(head));
        RunningTotals totals = new RunningTotals(transaction, running, rater, usages);
        List<UnpricedCall> waiting = new ArrayList<>();
        List<RatedBatch> batches = rate(rater, totals, usages, waiting);
        append(transaction, head, batches);
        totals.store();
        unpriced.add(transaction, waiting, rater.book().position());
    }

    private static List<RatedBatch> rate(
            Rater rater,
            RunningTotals totals,
            List<MeteredUsage> usages,
            List<UnpricedCall> waiting) {
        List<RatedBatch> batches = new ArrayList<>();
        for (MeteredUsage usage : usages) {
            if (batches.isEmpty() || batches.getLast().isFull()) {
                batches.add(new RatedBatch(RatingKind.RATING_KIND_INITIAL, usage));
            }
            Rating rating = usage.rate(rater, totals);
            totals.advance(rating);
            batches.getLast().add(usage, rating);
            if (rating instanceof Rating.Unpriced why) {
                waiting.add(UnpricedCalls.of(usage, why));
            }
        }
        return batches;
    }

    /** The calls follow the consumer's position, so their ratings are in no log yet. */
    private void append(Connection transaction, LogHead head, List<RatedBatch> batches)
            throws SQLException {
        List<NewEvent> events = batches.stream().map(RatedBatch::event).toList();
        List<Recorded> recorded = log.appendFresh(transaction, head, events);
        books.passOver(head, recorded.getLast());
        List<RatedRange> added = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            RatedBatch batch = batches.get(i);
            added.add(
                    new RatedRange(
                            batch.usageShard(),
                            batch.firstPosition(),
                            batch.lastPosition(),
                            recorded.get(i).position(),
                            batch.firstOccurMicros(),
                            batch.lastOccurMicros()));
        }
        ranges.add(transaction, added);
    }
}
