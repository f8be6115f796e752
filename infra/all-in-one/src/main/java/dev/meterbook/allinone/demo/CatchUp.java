package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.proto.pricing.v1.Rating;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until every stage has taken the calls that were played. */
final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 20;

    private final BookReader book;

    CatchUp(BookReader book) {
        this.book = book;
    }

    /** Pricing first, then the two that read its log; a stage that does not come is left behind. */
    void await(Map<Company, Tally> tallies) {
        long rated = 0;
        for (Map.Entry<Company, Tally> each : tallies.entrySet()) {
            List<PlayedCall> played = each.getValue().played();
            if (!played.isEmpty()) {
                long last = played.getLast().position();
                await("pricing", () -> !book.ratings(each.getKey(), List.of(last)).isEmpty());
                for (Rating rating : book.ratings(each.getKey(), List.of(last))) {
                    rated = Math.max(rated, rating.getRatingPosition());
                }
            }
        }
        long wanted = rated;
        await("ledger", () -> book.trialBalance().getRatingPosition() >= wanted);
        for (Company company : tallies.keySet()) {
            long calls = book.postings(company).size() + (long) book.unpriced(company).size();
            await("allocation", () -> book.allocated(company).calls() >= calls);
        }
    }

    private static void await(String stage, BooleanSupplier caughtUp) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!caughtUp.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                LOG.warn("{} has not caught up after {} s", stage, LIMIT.toSeconds());
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new CommandFailure("stopped", stop);
            }
        }
    }
}
