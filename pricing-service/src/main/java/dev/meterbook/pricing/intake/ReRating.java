package dev.meterbook.pricing.intake;

import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.StandingRating;
import dev.meterbook.pricing.projection.rating.CorrectionProjection;
import dev.meterbook.pricing.projection.rating.RatingView;
import dev.meterbook.pricing.projection.rating.RatingView.FirstRatings;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.UsageRated;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rates calls anew by the prices known now, and stores the differences as corrections. The calls of
 * one first rating, 1,000 at most, are compared and corrected in one transaction that holds the
 * rating log: what a call is rated then, earlier corrections included, is what the difference is
 * taken to. A running quantity of a rule is the one that the call was rated with before; a rule
 * that has not counted the call yet counts it now. So a second run finds nothing, and a run that
 * was killed is simply begun again.
 */
@Singleton
public final class ReRating {

    /** Rating events in memory at a time. */
    private static final int EVENTS_AT_ONCE = 16;

    private final Database database;
    private final EventLog log;
    private final PriceBooks books;
    private final RatingView view;
    private final CorrectionProjection corrections;
    private final RunningProjections running;
    private final EventReader usageLog = new EventReader("metering");
    private final EventReader ratingLog = new EventReader("pricing");

    ReRating(
            @Named("pricing") Database database,
            @Named("pricing") EventLog log,
            PriceBooks books,
            RatingView view,
            CorrectionProjection corrections,
            RunningProjections running) {
        this.database = database;
        this.log = log;
        this.books = books;
        this.view = view;
        this.corrections = corrections;
        this.running = running;
    }

    /** What is done with differences. */
    public enum Mode {
        /** They are told. */
        DRY_RUN,
        /** They are stored. */
        STORE
    }

    private record Correction(MeteredUsage usage, List<Rating.Rated> differences) {}

    private record Comparison(ReRated sums, List<Correction> corrections, RunningTotals totals) {}

    /**
     * Rates some calls anew.
     *
     * @param after those behind this position of the usage log
     * @param maxBatches first ratings, of 1,000 calls at most each, that are looked at; those whose
     *     calls all occurred at other times are passed over
     */
    public ReRated run(CallScope scope, Mode mode, long after, int maxBatches) {
        long end = Math.max(after, database.read(view::lastRated));
        List<FirstRatings> ranges =
                database.read(connection -> ranges(connection, scope, after, maxBatches));
        ReRated all = new ReRated();
        for (FirstRatings range : ranges) {
            all.addAll(rateAnew(scope, mode, range));
        }
        boolean isEnd = ranges.size() < maxBatches;
        long last = ranges.isEmpty() ? after : ranges.getLast().lastUsagePosition();
        all.reached(isEnd ? Math.max(end, last) : last, end, isEnd);
        return all;
    }

    private List<FirstRatings> ranges(Connection connection, CallScope scope, long after, int limit)
            throws SQLException {
        return view.firstRatings(connection, after, scope.fromMicros(), scope.untilMicros(), limit);
    }

    /** The log is locked only if there is something to store. */
    private ReRated rateAnew(CallScope scope, Mode mode, FirstRatings range) {
        Comparison found =
                database.read(
                        connection ->
                                compare(connection, new Rater(books.freshest()), scope, range));
        return mode == Mode.DRY_RUN || found.corrections.isEmpty()
                ? found.sums
                : database.write(transaction -> correct(transaction, scope, range));
    }

    private ReRated correct(Connection transaction, CallScope scope, FirstRatings range)
            throws SQLException {
        log.lock(transaction);
        Comparison found = compare(transaction, new Rater(books.freshest()), scope, range);
        if (!found.corrections.isEmpty()) {
            store(transaction, found.corrections);
            found.totals.store();
        }
        return found.sums;
    }

    private Comparison compare(
            Connection connection, Rater rater, CallScope scope, FirstRatings range)
            throws SQLException {
        Map<Long, List<Rating.Rated>> ratings = ratings(connection, scope, range);
        UsageReader reader = new UsageReader();
        List<MeteredUsage> usages =
                usageLog.at(connection, positions(ratings)).stream().map(reader::read).toList();
        RunningTotals totals = new RunningTotals(connection, running, rater, usages);
        Comparison found = new Comparison(new ReRated(), new ArrayList<>(), totals);
        for (MeteredUsage usage : usages) {
            compare(
                    usage,
                    ratings.getOrDefault(usage.event().position(), List.of()),
                    rater,
                    scope,
                    found);
        }
        return found;
    }

    private static void compare(
            MeteredUsage usage,
            List<Rating.Rated> ratings,
            Rater rater,
            CallScope scope,
            Comparison found) {
        Rating.Rated standing = StandingRating.of(ratings).orElse(null);
        if (standing == null) {
            found.sums.addWaiting();
            return;
        }
        switch (usage.rate(rater, found.totals.beside(standing))) {
            case Rating.Unpriced _ -> {
                if (scope.concerns(standing, standing)) {
                    found.sums.addExamined();
                    found.sums.addUnpriced();
                }
            }
            case Rating.Rated anew -> {
                if (scope.concerns(standing, anew)) {
                    found.sums.addExamined();
                    List<Rating.Rated> differences = StandingRating.differences(standing, anew);
                    if (!differences.isEmpty()) {
                        found.sums.addCorrected(differences);
                        found.corrections.add(new Correction(usage, differences));
                        found.totals.advance(anew, standing);
                    }
                }
            }
        }
    }

    /** All ratings of the calls in a first rating that the scope includes, in the order made. */
    private Map<Long, List<Rating.Rated>> ratings(
            Connection connection, CallScope scope, FirstRatings range) throws SQLException {
        Map<Long, List<Rating.Rated>> ratings = new TreeMap<>();
        Map<Long, String> tenants = new TreeMap<>();
        for (StoredEvent first : ratingLog.at(connection, new long[] {range.ratingPosition()})) {
            UsageRated event = StoredRatings.event(first);
            for (RatedCall call : event.getCallsList()) {
                if (scope.includes(event, call)) {
                    add(
                            event,
                            call,
                            ratings.computeIfAbsent(
                                    call.getUsagePosition(), _ -> new ArrayList<>()));
                    tenants.put(call.getUsagePosition(), event.getTexts(call.getTenantText()));
                }
            }
        }
        addLater(connection, view.laterRatings(connection, tenants), ratings);
        return ratings;
    }

    private void addLater(
            Connection connection, List<Long> positions, Map<Long, List<Rating.Rated>> ratings)
            throws SQLException {
        for (int from = 0; from < positions.size(); from += EVENTS_AT_ONCE) {
            int to = Math.min(from + EVENTS_AT_ONCE, positions.size());
            long[] some = positions.subList(from, to).stream().mapToLong(Long::longValue).toArray();
            for (StoredEvent later : ratingLog.at(connection, some)) {
                UsageRated event = StoredRatings.event(later);
                for (RatedCall call : event.getCallsList()) {
                    List<Rating.Rated> known = ratings.get(call.getUsagePosition());
                    if (known != null) {
                        add(event, call, known);
                    }
                }
            }
        }
    }

    private void add(UsageRated event, RatedCall call, List<Rating.Rated> known) {
        Rating.Rated rated = StoredRatings.rated(event, call, books.history());
        if (rated != null) {
            known.add(rated);
        }
    }

    private static long[] positions(Map<Long, List<Rating.Rated>> ratings) {
        return ratings.keySet().stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Stores reversals before the new ratings, which are the last and therefore count. An event
     * names each call once.
     */
    private void store(Connection transaction, List<Correction> found) throws SQLException {
        long known = ratingLog.head(transaction);
        List<Correction> reversed =
                found.stream().filter(each -> each.differences.size() > 1).toList();
        if (!reversed.isEmpty()) {
            RatedBatch batch = RatedBatch.correction(reversed.getFirst().usage, known, "reversal");
            reversed.forEach(each -> batch.add(each.usage, each.differences.getFirst()));
            append(transaction, batch, reversed);
        }
        RatedBatch batch = RatedBatch.correction(found.getFirst().usage, known, "new");
        found.forEach(each -> batch.add(each.usage, each.differences.getLast()));
        append(transaction, batch, found);
    }

    private void append(Connection transaction, RatedBatch batch, List<Correction> corrected)
            throws SQLException {
        AppendOutcome outcome = log.append(transaction, List.of(batch.event())).getFirst();
        corrections.add(
                transaction,
                corrected.stream().map(each -> each.usage.event().position()).toList(),
                RatedBatch.position(outcome));
    }
}
