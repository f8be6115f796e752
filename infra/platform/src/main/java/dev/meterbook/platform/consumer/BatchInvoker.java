package dev.meterbook.platform.consumer;

import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;

/** Hands pages to a consumer, in the transaction in which the processor stores its token. */
final class BatchInvoker implements EventHandlerInvoker {

    private final LogConsumer consumer;
    private final Database database;

    BatchInvoker(LogConsumer consumer, Database database) {
        this.consumer = consumer;
        this.database = database;
    }

    @Override
    public boolean canHandle(EventMessage<?> message, Segment segment) {
        return message.getPayload() instanceof EventPage;
    }

    @Override
    public void handle(EventMessage<?> message, Segment segment) throws SQLException {
        List<StoredEvent> events = ((EventPage) message.getPayload()).events();
        Connection transaction = database.current();
        if (transaction == null) {
            throw new IllegalStateException("a page arrived outside of a transaction");
        }
        if (!events.isEmpty()) {
            consumer.handle(transaction, events);
        }
    }
}
