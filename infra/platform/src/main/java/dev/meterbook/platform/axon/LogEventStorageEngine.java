package dev.meterbook.platform.axon;

import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event storage on an {@link EventLog}: aggregates of low rate, such as contracts, budgets
 * and invoices. Appends join the thread's transaction. Two commands that change one aggregate at
 * the same time meet at the unique key on aggregate and sequence: the later one gets a {@link
 * ConcurrencyException}. Snapshots are not kept, the aggregates are small.
 */
public final class LogEventStorageEngine implements EventStorageEngine {

    private static final int PAGE = 1_000;
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final EventLog log;
    private final EventCodecs codecs;

    /** Stores in a log of a database, through codecs. */
    public LogEventStorageEngine(Database database, EventLog log, EventCodecs codecs) {
        this.database = database;
        this.log = log;
        this.codecs = codecs;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> messages) {
        List<NewEvent> events = messages.stream().map(this::encode).toList();
        try {
            List<AppendOutcome> outcomes =
                    database.write(transaction -> log.append(transaction, events));
            if (!outcomes.stream().allMatch(Recorded.class::isInstance)) {
                throw new EventStoreException("an event of the same identifier is stored already");
            }
        } catch (DatabaseException refused) {
            throw UNIQUE_VIOLATION.equals(refused.sqlState())
                    ? new ConcurrencyException("the aggregate was changed meanwhile", refused)
                    : new EventStoreException("the events were not stored", refused);
        }
    }

    private NewEvent encode(EventMessage<?> message) {
        EventCodecs.Encoded encoded = codecs.encode(message.getPayload());
        UUID key = UUID.fromString(message.getIdentifier());
        return message instanceof DomainEventMessage<?> domain
                ? new NewEvent(
                        encoded.tenantId(),
                        key,
                        encoded.type(),
                        identifierOf(domain),
                        domain.getSequenceNumber(),
                        encoded.payload(),
                        null)
                : NewEvent.of(encoded.tenantId(), key, encoded.type(), encoded.payload());
    }

    /**
     * Axon takes the identifier field as it is, so one that is not null before the first event
     * stays.
     */
    private static String identifierOf(DomainEventMessage<?> message) {
        String identifier = message.getAggregateIdentifier();
        if (identifier == null || identifier.isEmpty()) {
            throw new EventStoreException(
                    message.getPayload()
                            + " has no aggregate identifier (expected: a field that is"
                            + " null until the first event)");
        }
        return identifier;
    }

    @Override
    public DomainEventStream readEvents(String aggregateId, long firstSequence) {
        List<StoredEvent> events =
                database.write(
                        transaction ->
                                log.reader().ofAggregate(transaction, aggregateId, firstSequence));
        return DomainEventStream.of(events.stream().map(this::domainMessage).toList());
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(
            @Nullable TrackingToken token, boolean mayBlock) {
        return Stream.iterate(page(positionOf(token)), page -> !page.isEmpty(), this::pageAfter)
                .flatMap(List::stream)
                .filter(event -> codecs.knows(event.type()))
                .map(this::trackedMessage);
    }

    private List<StoredEvent> page(long after) {
        return database.read(transaction -> log.reader().read(transaction, after, PAGE));
    }

    private List<StoredEvent> pageAfter(List<StoredEvent> page) {
        return page(page.getLast().position());
    }

    private DomainEventMessage<?> domainMessage(StoredEvent event) {
        String aggregateId = event.aggregateId() == null ? "" : event.aggregateId();
        return new GenericDomainEventMessage<>(
                event.type().name(),
                aggregateId,
                event.sequence(),
                codecs.decode(event),
                Map.of(),
                event.key().toString(),
                event.recordTime());
    }

    private TrackedEventMessage<?> trackedMessage(StoredEvent event) {
        return new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(event.position()),
                new GenericEventMessage<>(
                        event.key().toString(),
                        codecs.decode(event),
                        Map.of(),
                        event.recordTime()));
    }

    /** The position a token stands for; 0 for none. */
    static long positionOf(@Nullable TrackingToken token) {
        return token == null ? 0 : token.position().orElse(0);
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(database.read(log.reader()::head));
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("aggregates are read from their events");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateId) {
        return Optional.empty();
    }
}
