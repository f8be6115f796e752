package dev.meterbook.ledger.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.ledger.application.Bookkeeping;
import dev.meterbook.ledger.domain.PostingBatch;
import dev.meterbook.platform.consumer.LogConsumer;
import dev.meterbook.platform.consumer.TenantParts;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.pricing.v1.PeriodSettled;
import dev.meterbook.proto.pricing.v1.UsageRated;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Books what the pricing service rated: every call once, or counts it as unpriced; and what it
 * settled: every period's minimum or commitment once. The position in the rating log is stored with
 * the postings.
 */
@Singleton
public final class RatedUsageConsumer implements LogConsumer {

    private static final String USAGE_RATED = "pricing.UsageRated";
    private static final String PERIOD_SETTLED = "pricing.PeriodSettled";

    /** An event holds up to 1,000 calls. */
    private static final int EVENTS_PER_BATCH = 60;

    private static final Duration SHORTEST_REST = Duration.ofMillis(50);
    private static final Duration LONGEST_REST = Duration.ofMillis(250);

    private final Bookkeeping bookkeeping;
    private final EventReader ratings = new EventReader("pricing");

    /** Books by the given use case. */
    public RatedUsageConsumer(Bookkeeping bookkeeping) {
        this.bookkeeping = bookkeeping;
    }

    @Override
    public String name() {
        return "ledger-postings";
    }

    @Override
    public String service() {
        return "ledger";
    }

    @Override
    public String log() {
        return "pricing";
    }

    @Override
    public Set<String> eventNames() {
        return Set.of(USAGE_RATED, PERIOD_SETTLED);
    }

    @Override
    public int batchSize() {
        return EVENTS_PER_BATCH;
    }

    /**
     * Nobody waits for a posting by the millisecond; larger batches touch an account, and a sum to
     * invoice, less often.
     */
    @Override
    public Duration rest(Duration took) {
        Duration twice = took.multipliedBy(2);
        if (twice.compareTo(SHORTEST_REST) < 0) {
            return SHORTEST_REST;
        }
        return twice.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : twice;
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    /** Invoices and their transfers stay: they are not made of the rating log. */
    @Override
    public void reset(Connection transaction) throws SQLException {
        bookkeeping.beginAnew(transaction, ratings.head(transaction));
    }

    @Override
    public void passed(Connection transaction, long position) throws SQLException {
        bookkeeping.passed(transaction, position);
    }

    @Override
    public List<StoredEvent> parts(StoredEvent event) {
        return event.type().name().equals(PERIOD_SETTLED)
                ? List.of(settled(event).part())
                : TenantParts.of(event, rated(event), "calls");
    }

    @Override
    public void handle(Connection transaction, List<StoredEvent> events) throws SQLException {
        PostingBatch batch = new PostingBatch();
        for (StoredEvent event : events) {
            add(event, batch);
        }
        bookkeeping.book(transaction, batch, events.getLast().position());
    }

    private static void add(StoredEvent event, PostingBatch batch) {
        try {
            if (event.type().name().equals(PERIOD_SETTLED)) {
                batch.add(settled(event).settlement());
            } else {
                new RatedUsage(event.position(), rated(event)).addTo(batch);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            throw unreadable(event, unreadable);
        }
    }

    private static SettledPeriod settled(StoredEvent event) {
        try {
            return new SettledPeriod(event, PeriodSettled.parseFrom(event.payload()));
        } catch (InvalidProtocolBufferException broken) {
            throw unreadable(event, broken);
        }
    }

    private static UsageRated rated(StoredEvent event) {
        try {
            return UsageRated.parseFrom(event.payload());
        } catch (InvalidProtocolBufferException broken) {
            throw unreadable(event, broken);
        }
    }

    private static IllegalStateException unreadable(StoredEvent event, Exception why) {
        return new IllegalStateException(
                "pricing log, position " + event.position() + ": " + why.getMessage(), why);
    }
}
