package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.RecentEvents;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.eventlog.WakeUps;
import dev.meterbook.platform.jdbc.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * A log as an Axon message source: each message is a page of consecutive events, its token the last
 * position of the page. As positions have no gaps, the token is a plain number.
 *
 * <p>Axon would read on until a thousand messages wait; as each is a whole page, no more than
 * {@value #MAX_AHEAD} are read ahead of the consumer, and that only while pages are full. A
 * consumer that keeps up gets its next page when it is done with the last one and has rested for
 * half as long as that took: under light load no time to speak of, under heavy load enough for the
 * next page to become larger, which costs less for each event.
 */
final class LogPageSource implements StreamableMessageSource<TrackedEventMessage<?>> {

    private static final int MAX_AHEAD = 2;

    /** A notification may be missed: look without one after so long. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A log that has not grown for so long has nothing to gather. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Database database;
    private final EventReader reader;
    private final RecentEvents recent;
    private final WakeUps wakeUps;
    private final Set<String> eventNames;
    private final int pageSize;
    private final UnaryOperator<Duration> rest;
    private final AtomicInteger ahead = new AtomicInteger();
    private volatile long restedNanos = System.nanoTime();
    private volatile boolean lastWasFull;
    private volatile Runnable wakeUp = () -> {};

    /**
     * The pages for a consumer.
     *
     * @param recent what this process has just appended to the log, if it is the writer
     */
    LogPageSource(Database database, WakeUps wakeUps, LogConsumer consumer, RecentEvents recent) {
        this.database = database;
        this.reader = new EventReader(consumer.log());
        this.recent = recent;
        this.wakeUps = wakeUps;
        this.eventNames = consumer.eventNames();
        this.pageSize = consumer.batchSize();
        this.rest = consumer::rest;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        ahead.set(0);
        TrackingToken plain = token == null ? null : WrappedToken.unwrapLowerBound(token);
        return new PageStream(plain == null ? 0 : plain.position().orElse(0));
    }

    /**
     * The consumer is done with a page: another may be read.
     *
     * @param took how long it worked on the page
     */
    void pageDone(Duration took) {
        restedNanos = System.nanoTime() + rest.apply(took).toNanos();
        ahead.decrementAndGet();
        wakeUp.run();
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(database.read(reader::head));
    }

    private TrackedEventMessage<?> message(List<StoredEvent> events) {
        StoredEvent last = events.getLast();
        List<StoredEvent> wanted =
                events.stream().filter(each -> eventNames.contains(each.type().name())).toList();
        return new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(last.position()),
                new GenericEventMessage<>(
                        reader.log() + "@" + last.position(),
                        new EventPage(wanted, last.position()),
                        Map.of(),
                        Instant.EPOCH));
    }

    /** Reads page after page; used by one thread, the processor's coordinator. */
    private final class PageStream implements BlockingStream<TrackedEventMessage<?>> {

        private final AtomicBoolean hasGrown = new AtomicBoolean(true);
        private long position;
        private long lookedNanos;
        private @Nullable TrackedEventMessage<?> next;
        private Runnable stopListening = () -> {};

        PageStream(long position) {
            this.position = position;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            if (next == null && ahead.get() < (lastWasFull ? MAX_AHEAD : 1) && mayHaveMore()) {
                rest();
                readPage();
            }
            return Optional.ofNullable(next);
        }

        /** Asking in vain costs the database as much as a small page does. */
        private boolean mayHaveMore() {
            return lastWasFull || hasGrown.get() || System.nanoTime() - lookedNanos >= LOOK_NANOS;
        }

        private void readPage() {
            hasGrown.set(false);
            lookedNanos = System.nanoTime();
            List<StoredEvent> page = recent.read(position, pageSize);
            if (page.isEmpty()) {
                page = database.look(each -> reader.read(each, position, pageSize));
            }
            lastWasFull = page.size() == pageSize;
            if (!page.isEmpty()) {
                next = message(page);
                position = page.getLast().position();
            }
        }

        /**
         * Waits, as long as the log grows, until the rest is over; who has much to catch up with
         * does not.
         */
        private void rest() {
            long nanos = restedNanos - System.nanoTime();
            try {
                while (nanos > 0 && !lastWasFull && hasGrown.getAndSet(false)) {
                    TimeUnit.NANOSECONDS.sleep(Math.min(nanos, QUIET_NANOS));
                    nanos = restedNanos - System.nanoTime();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            long deadline = System.nanoTime() + unit.toNanos(timeout);
            while (peek().isEmpty()) {
                if (System.nanoTime() >= deadline) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
            return true;
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            TrackedEventMessage<?> message = peek().orElseThrow();
            next = null;
            ahead.incrementAndGet();
            return message;
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            stopListening.run();
            wakeUp = callback;
            stopListening =
                    wakeUps.onAppend(
                            reader.log(),
                            () -> {
                                hasGrown.set(true);
                                callback.run();
                            });
            return true;
        }

        @Override
        public void close() {
            stopListening.run();
        }
    }
}
