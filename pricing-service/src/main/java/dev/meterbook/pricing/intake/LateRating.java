package dev.meterbook.pricing.intake;

import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.pricing.domain.PriceBook;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.projection.unpriced.UnpricedCall;
import dev.meterbook.pricing.projection.unpriced.UnpricedProjection;
import dev.meterbook.pricing.projection.unpriced.UnpricedProjection.Waiting;
import dev.meterbook.proto.pricing.v1.RatingKind;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rates calls that waited for a price, batch by batch. A call is marked in the transaction that
 * stores its rating, so that it is rated once, however often and by however many processes this
 * runs.
 */
@Singleton
public final class LateRating {

    private final Database database;
    private final EventLog log;
    private final PriceBooks books;
    private final UnpricedProjection unpriced;
    private final RunningProjections running;
    private final EventReader usageLog = new EventReader("metering");

    LateRating(
            @Named("pricing") Database database,
            @Named("pricing") EventLog log,
            PriceBooks books,
            UnpricedProjection unpriced,
            RunningProjections running) {
        this.database = database;
        this.log = log;
        this.books = books;
        this.unpriced = unpriced;
        this.running = running;
    }

    /** Tries every call that has waited since before the price book last grew. */
    public void rateWaiting() {
        while (isAnyToTry()) {
            database.write(this::rateBatch);
        }
    }

    /** A look without the lock: most growth of the price book concerns no waiting call. */
    private boolean isAnyToTry() {
        PriceBook book = books.history().current();
        return !database.read(transaction -> toTry(transaction, book, 1)).isEmpty();
    }

    private List<Waiting> toTry(Connection transaction, PriceBook book, int limit)
            throws SQLException {
        return unpriced.toTry(transaction, book.pricesPosition(), book.position(), limit);
    }

    /** Rates a batch; answers with how many calls were tried. */
    private int rateBatch(Connection transaction) throws SQLException {
        log.lock(transaction);
        Rater rater = new Rater(books.freshest());
        List<Waiting> waiting = toTry(transaction, rater.book(), RatedBatch.MAX_CALLS);
        List<MeteredUsage> usages = usages(transaction, waiting);
        RunningTotals totals = new RunningTotals(transaction, running, rater, usages);
        List<MeteredUsage> rated = new ArrayList<>();
        List<Rating> ratings = new ArrayList<>();
        List<UnpricedCall> still = new ArrayList<>();
        for (MeteredUsage usage : usages) {
            Rating rating = usage.rate(rater, totals);
            totals.advance(rating);
            if (rating instanceof Rating.Unpriced why) {
                still.add(UnpricedCalls.of(usage, why));
            } else {
                rated.add(usage);
                ratings.add(rating);
            }
        }
        store(transaction, rated, ratings);
        totals.store();
        unpriced.stillUnpriced(transaction, still, rater.book().position());
        return waiting.size();
    }

    private void store(Connection transaction, List<MeteredUsage> rated, List<Rating> ratings)
            throws SQLException {
        if (rated.isEmpty()) {
            return;
        }
        RatedBatch batch = new RatedBatch(RatingKind.RATING_KIND_LATE, rated.getFirst());
        List<Waiting> done = new ArrayList<>();
        for (int i = 0; i < rated.size(); i++) {
            batch.add(rated.get(i), ratings.get(i));
            done.add(new Waiting(rated.get(i).facts().tenant(), rated.get(i).event().position()));
        }
        unpriced.rated(transaction, done, append(transaction, batch));
    }

    private List<MeteredUsage> usages(Connection transaction, List<Waiting> waiting)
            throws SQLException {
        long[] positions = waiting.stream().mapToLong(Waiting::usagePosition).toArray();
        UsageReader reader = new UsageReader();
        List<MeteredUsage> usages =
                usageLog.at(transaction, positions).stream().map(reader::read).toList();
        if (usages.size() != positions.length) {
            throw new IllegalStateException("a call that waits is not in the usage log");
        }
        return usages;
    }

    private long append(Connection transaction, RatedBatch batch) throws SQLException {
        return RatedBatch.position(log.append(transaction, List.of(batch.event())).getFirst());
    }
}
