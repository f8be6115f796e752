package dev.meterbook.platform.eventlog;

import dev.meterbook.platform.eventlog.AppendOutcome.Conflict;
import dev.meterbook.platform.eventlog.AppendOutcome.Duplicate;
import dev.meterbook.platform.eventlog.AppendOutcome.Recorded;
import dev.meterbook.platform.eventlog.HeadAdvance.Batch;
import dev.meterbook.platform.jdbc.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The append-only log of one service.
 *
 * <ul>
 *   <li>Gapless: an append holds the row of its shard's head until its transaction ends, so
 *       positions are dense and their order is the order of commit; a transaction rolled back
 *       leaves no hole.
 *   <li>Exactly once: tenant and key are unique. An event whose key is there already is answered,
 *       not stored: duplicate if its payload is the same, conflict otherwise.
 *   <li>Tamper-evident: every batch carries a {@link ChainHash}.
 * </ul>
 *
 * Appending takes place in the caller's transaction, so that events and what belongs to them (a
 * consumer's position, a projection) are stored together or not at all. Keep such a transaction
 * short: other writers of the log wait for it. Safe for use by many threads.
 */
public final class EventLog {

    /** Events of one append at most. */
    public static final int MAX_BATCH = 10_000;

    private final EventReader reader;
    private final Clock clock;
    private final String lockSql;
    private final String storedSql;
    private final HeadAdvance advance;

    /**
     * The log of a service.
     *
     * @param service the service, whose name is its schema's
     * @param clock tells the record time
     */
    public EventLog(String service, Clock clock) {
        this.reader = new EventReader(service);
        this.clock = clock;
        this.lockSql =
                "select epoch, position, chain_hash from %s.shard_head where shard = ? for update"
                        .formatted(service);
        this.storedSql = storedSql(service);
        this.advance = new HeadAdvance(service);
    }

    /** Reads the log. */
    public EventReader reader() {
        return reader;
    }

    /** The channel on which the database tells of appends. */
    public static String channel(String log) {
        return "meterbook_" + log;
    }

    /**
     * Appends events.
     *
     * @param transaction the caller's; the events exist when it commits
     * @param events 0 to {@link #MAX_BATCH} events
     * @return an answer for each event, in the same order
     * @throws SQLException with state 23505 if an aggregate has an event of the same sequence
     *     number
     */
    public List<AppendOutcome> append(Connection transaction, List<NewEvent> events)
            throws SQLException {
        return events.isEmpty()
                ? List.of()
                : append(transaction, lock(transaction), events, events).answers();
    }

    /**
     * What an append came to.
     *
     * @param answers an answer for each event, in the same order
     * @param stored the new ones, as they stand in the log when the transaction commits
     */
    record Appended(List<AppendOutcome> answers, List<StoredEvent> stored) {}

    /**
     * Appends events as the writer of an epoch.
     *
     * @param events 1 to {@link #MAX_BATCH} events
     * @param doubtful those of them that may have been appended before; the unique index stands
     *     behind that
     * @throws WriterFencedException if another writer has taken over
     * @throws SQLException with state 23505 if one of the others is in the log
     */
    Appended append(
            Connection transaction, List<NewEvent> events, List<NewEvent> doubtful, long epoch)
            throws SQLException {
        LogHead head = lock(transaction);
        if (epoch != head.epoch()) {
            throw new WriterFencedException(reader.log(), epoch, head.epoch());
        }
        return append(transaction, head, events, doubtful);
    }

    private Appended append(
            Connection transaction, LogHead head, List<NewEvent> events, List<NewEvent> doubtful)
            throws SQLException {
        if (events.size() > MAX_BATCH) {
            throw tooMany(events);
        }
        Sorted sorted = sort(events, stored(transaction, doubtful), head.position());
        if (sorted.fresh.isEmpty()) {
            return new Appended(answers(sorted, head.chainHash()), List.of());
        }
        Batch batch = store(transaction, head, sorted.fresh);
        return new Appended(
                answers(sorted, batch.chainHash()), events(head, sorted.fresh, batch.recordTime()));
    }

    private static List<StoredEvent> events(LogHead head, List<NewEvent> fresh, Instant time) {
        List<StoredEvent> events = new ArrayList<>(fresh.size());
        for (NewEvent event : fresh) {
            long position = head.position() + events.size() + 1;
            events.add(StoredEvent.of(event, EventReader.SHARD, position, time));
        }
        return events;
    }

    /**
     * Appends events that nobody has appended before, as follows from what the caller has locked.
     * They are not looked for; the unique index stands behind that.
     *
     * @param head the end of the log, as this transaction holds it; good for one append
     * @param fresh 0 to {@link #MAX_BATCH} events
     * @return an answer for each event, in the same order
     * @throws SQLException with state 23505 if one of them is in the log
     */
    public List<Recorded> appendFresh(Connection transaction, LogHead head, List<NewEvent> fresh)
            throws SQLException {
        if (fresh.size() > MAX_BATCH) {
            throw tooMany(fresh);
        }
        if (fresh.isEmpty()) {
            return List.of();
        }
        byte[] hash = store(transaction, head, fresh).chainHash();
        List<Recorded> answers = new ArrayList<>(fresh.size());
        for (int i = 1; i <= fresh.size(); i++) {
            answers.add(new Recorded(EventReader.SHARD, head.position() + i, hash));
        }
        return answers;
    }

    private static IllegalArgumentException tooMany(List<NewEvent> events) {
        return new IllegalArgumentException(
                "events: " + events.size() + " (expected: at most " + MAX_BATCH + ")");
    }

    /** Stores events and moves the head. */
    private Batch store(Connection transaction, LogHead head, List<NewEvent> fresh)
            throws SQLException {
        Instant recordTime = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] hash = hash(head, fresh, recordTime);
        EventRows rows = rows(transaction, fresh);
        Batch batch = new Batch(fresh.size(), recordTime, hash, rows.names());
        if (fresh.size() <= EventRows.FEW) {
            advance.withFew(transaction, head, batch, rows);
        } else {
            new EventCopy(reader.log(), head.position() + 1, recordTime, rows.all())
                    .send(transaction);
            advance.alone(transaction, head, batch);
        }
        return batch;
    }

    /**
     * Keeps others from appending until the transaction ends. What the transaction decides from the
     * log as it is then still holds when it appends.
     */
    public LogHead lock(Connection transaction) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(lockSql)) {
            select.setShort(1, (short) EventReader.SHARD);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("shard_head has no row for shard " + EventReader.SHARD);
                }
                return new LogHead(row.getLong(1), row.getLong(2), row.getBytes(3));
            }
        }
    }

    private record Key(UUID key, String tenantId) {
        static Key of(NewEvent event) {
            return new Key(event.key(), event.tenantId());
        }
    }

    private record Placed(long position, byte[] payload) {}

    /** Which events are new, and for each event in the order given: its place and if it differs. */
    private record Sorted(List<NewEvent> fresh, long[] positions, Standing[] standings) {}

    private enum Standing {
        FRESH,
        SAME,
        OTHER
    }

    /**
     * Each key is looked up by itself. A plain join, planned while the log was short, would go on
     * reading all of it; the offset keeps the planner from making one of this.
     */
    private static String storedSql(String service) {
        return """
        select wanted.event_key, wanted.tenant_id, e.position, e.event_type, e.payload
        from unnest(?::uuid[], ?::text[]) as wanted (event_key, tenant_id)
        cross join lateral (
            select position, event_type, payload from %s.event
            where event_key = wanted.event_key and tenant_id = wanted.tenant_id
            offset 0) as e
        """
                .formatted(service);
    }

    private Map<Key, Placed> stored(Connection transaction, List<NewEvent> events)
            throws SQLException {
        Map<Key, Placed> stored = new HashMap<>();
        if (events.isEmpty()) {
            return stored;
        }
        try (PreparedStatement select = transaction.prepareStatement(storedSql)) {
            new SqlArrays(select)
                    .uuids(events.stream().map(NewEvent::key).toArray(UUID[]::new))
                    .texts(events.stream().map(NewEvent::tenantId).toArray(String[]::new));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stored.put(
                            new Key(rows.getObject(1, UUID.class), rows.getString(2)),
                            new Placed(rows.getLong(3), payload(transaction, rows)));
                }
            }
        }
        return stored;
    }

    private byte[] payload(Connection transaction, ResultSet row) throws SQLException {
        StoredType type = reader.types().typeOf(transaction, row.getShort(4));
        return type.encoding().decode(row.getBytes(5));
    }

    private static Sorted sort(List<NewEvent> events, Map<Key, Placed> stored, long head) {
        List<NewEvent> fresh = new ArrayList<>(events.size());
        long[] positions = new long[events.size()];
        Standing[] standings = new Standing[events.size()];
        for (int i = 0; i < standings.length; i++) {
            NewEvent event = events.get(i);
            Placed next = new Placed(head + fresh.size() + 1, event.payload());
            Placed first = stored.putIfAbsent(Key.of(event), next);
            if (first == null) {
                fresh.add(event);
                standings[i] = Standing.FRESH;
                positions[i] = next.position;
            } else {
                boolean same = Arrays.equals(first.payload, event.payload());
                standings[i] = same ? Standing.SAME : Standing.OTHER;
                positions[i] = first.position;
            }
        }
        return new Sorted(fresh, positions, standings);
    }

    private static List<AppendOutcome> answers(Sorted sorted, byte[] hash) {
        List<AppendOutcome> answers = new ArrayList<>(sorted.positions.length);
        for (int i = 0; i < sorted.positions.length; i++) {
            long position = sorted.positions[i];
            answers.add(
                    switch (sorted.standings[i]) {
                        case FRESH -> new Recorded(EventReader.SHARD, position, hash);
                        case SAME -> new Duplicate(EventReader.SHARD, position);
                        case OTHER -> new Conflict(EventReader.SHARD, position);
                    });
        }
        return answers;
    }

    private static byte[] hash(LogHead head, List<NewEvent> fresh, Instant recordTime) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, recordTime);
        ChainHash chain = new ChainHash(head.chainHash(), EventReader.SHARD, head.position() + 1);
        for (NewEvent event : fresh) {
            chain.add(event, micros);
        }
        return chain.finish();
    }

    private EventRows rows(Connection transaction, List<NewEvent> fresh) throws SQLException {
        EventRows rows = new EventRows(fresh.size());
        Map<StoredType, Short> known = new HashMap<>();
        for (NewEvent event : fresh) {
            PayloadEncoding.Encoded payload = PayloadEncoding.encode(event.payload());
            StoredType type = new StoredType(event.type(), payload.encoding());
            Short id = known.get(type);
            if (id == null) {
                id = reader.types().idOf(transaction, type);
                known.put(type, id);
            }
            rows.add(new EventRows.Row(event, type, id, payload.bytes()));
        }
        return rows;
    }
}
