package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.jspecify.annotations.Nullable;

/** Hands pages to a consumer, in the transaction in which the processor stores its token. */
final class BatchInvoker implements EventHandlerInvoker {

    private final LogPageSource source;
    private final LogConsumer consumer;
    private final PoisonFilter filter;
    private final Database database;

    BatchInvoker(
            LogConsumer consumer, Database database, LogPageSource source, PoisonFilter filter) {
        this.source = source;
        this.consumer = consumer;
        this.filter = filter;
        this.database = database;
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return message.getPayload() instanceof EventPage;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) throws SQLException {
        long began = System.nanoTime();
        EventPage page = (EventPage) message.getPayload();
        List<StoredEvent> events = page.events();
        if (!events.isEmpty()) {
            filter.handle(transaction(), events);
        }
        consumer.passed(transaction(), page.last());
        source.pageDone(Duration.ofNanos(System.nanoTime() - began));
    }

    @Override
    public boolean supportsReset() {
        return consumer.isReplayable();
    }

    /**
     * What was set aside will be tried again. It goes first: a retry holds its letter while it
     * waits for what the consumer locks.
     */
    @Override
    public void performReset() {
        try {
            filter.letters().clear(transaction());
            consumer.reset(transaction());
        } catch (SQLException refused) {
            throw new DatabaseException(refused);
        }
    }

    @Override
    public <R> void performReset(@Nullable R context) {
        performReset();
    }

    private Connection transaction() {
        Connection transaction = database.current();
        if (transaction == null) {
            throw new IllegalStateException("a page arrived outside of a transaction");
        }
        return transaction;
    }
}
