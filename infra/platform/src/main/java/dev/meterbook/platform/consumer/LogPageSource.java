package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.eventlog.WakeUps;
import dev.meterbook.platform.jdbc.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * A log as an Axon message source: each message is a page of consecutive events, its token the last
 * position of the page. As positions have no gaps, the token is a plain number.
 */
final class LogPageSource implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final Database database;
    private final EventReader reader;
    private final WakeUps wakeUps;
    private final Set<String> eventNames;
    private final int pageSize;

    LogPageSource(Database database, WakeUps wakeUps, LogConsumer consumer) {
        this.database = database;
        this.reader = new EventReader(consumer.log());
        this.wakeUps = wakeUps;
        this.eventNames = consumer.eventNames();
        this.pageSize = consumer.batchSize();
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new PageStream(token == null ? 0 : token.position().orElse(0));
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
                        new EventPage(wanted),
                        Map.of(),
                        Instant.EPOCH));
    }

    /** Reads page after page; used by one thread, the processor's coordinator. */
    private final class PageStream implements BlockingStream<TrackedEventMessage<?>> {

        private long position;
        private @Nullable TrackedEventMessage<?> next;
        private Runnable stopListening = () -> {};

        PageStream(long position) {
            this.position = position;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            if (next == null) {
                List<StoredEvent> page =
                        database.read(each -> reader.read(each, position, pageSize));
                if (!page.isEmpty()) {
                    next = message(page);
                    position = page.getLast().position();
                }
            }
            return Optional.ofNullable(next);
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
            return message;
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            stopListening.run();
            stopListening = wakeUps.onAppend(reader.log(), callback);
            return true;
        }

        @Override
        public void close() {
            stopListening.run();
        }
    }
}
