package dev.meterbook.allinone.verify;

import dev.meterbook.platform.eventlog.ChainHash;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.eventlog.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the hash chain of one log: positions without gaps, batches without gaps, and of each
 * batch the hash over the one before and all its events. Changing, moving or removing anything
 * shows at the first batch it touches.
 */
final class ChainCheck {

    private static final int PAGE = 2_000;
    private static final int SHARD = 0;

    private final String log;
    private final EventReader reader;
    private final Connection connection;
    private final LongConsumer progress;
    private final PriorityQueue<Anchor> anchors =
            new PriorityQueue<>(Comparator.comparingLong(Anchor::position));
    private final Deque<StoredEvent> ahead = new ArrayDeque<>();
    private long position;
    private long batches;
    private long confirmed;
    private byte[] hash = new byte[32];

    /**
     * A check of a log.
     *
     * @param connection of a role that may read the log, in a transaction with one snapshot
     * @param anchors what is known of logs outside of the database, before the snapshot
     * @param progress told how many events were checked more
     */
    ChainCheck(String log, Connection connection, List<Anchor> anchors, LongConsumer progress) {
        this.log = log;
        anchors.stream().filter(each -> each.log().equals(log)).forEach(this.anchors::add);
        this.reader = new EventReader(log);
        this.connection = connection;
        this.progress = progress;
    }

    private record Batch(long first, long last, Instant recordTime, byte[] hash) {}

    /** Checks from the first event to the last. */
    Finding check() throws SQLException {
        String what = log + " log";
        String sql =
                "select first_position, last_position, record_time, chain_hash from "
                        + log
                        + ".event_batch where shard = ? order by last_position";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setShort(1, (short) SHARD);
            select.setFetchSize(PAGE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Optional<String> wrong = check(batch(rows));
                    if (wrong.isPresent()) {
                        return Finding.wrong(what, wrong.get());
                    }
                }
            }
        }
        return checkHead()
                .map(wrong -> Finding.wrong(what, wrong))
                .orElseGet(
                        () ->
                                Finding.ok(
                                        what,
                                        "%,d events in %,d batches, chain ends in %s; %,d known outside"
                                                .formatted(
                                                        position,
                                                        batches,
                                                        shortHash(),
                                                        confirmed)));
    }

    private static Batch batch(ResultSet row) throws SQLException {
        return new Batch(
                row.getLong(1),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getBytes(4));
    }

    /** What is wrong with the next batch, if anything. */
    private Optional<String> check(Batch batch) throws SQLException {
        String name = "batch %d to %d: ".formatted(batch.first, batch.last);
        if (batch.first != position + 1 || batch.last < batch.first) {
            return Optional.of(name + "does not follow position " + position);
        }
        ChainHash chain = new ChainHash(hash, SHARD, batch.first);
        while (position < batch.last) {
            StoredEvent event = next();
            if (event == null || event.position() != position + 1) {
                return Optional.of(name + "event " + (position + 1) + " is missing");
            }
            if (!event.recordTime().equals(batch.recordTime)) {
                return Optional.of(name + "event " + event.position() + " has another record time");
            }
            chain.add(content(event), ChronoUnit.MICROS.between(Instant.EPOCH, event.recordTime()));
            position++;
        }
        hash = chain.finish();
        batches++;
        progress.accept(batch.last - batch.first + 1);
        return Arrays.equals(hash, batch.hash)
                ? checkAnchors(batch).map(wrong -> name + wrong)
                : Optional.of(name + "its hash is not that of its content");
    }

    /** Whoever rewrites a whole chain cannot rewrite what others know of it. */
    private Optional<String> checkAnchors(Batch batch) {
        String known = HexFormat.of().formatHex(batch.hash);
        while (!anchors.isEmpty() && anchors.peek().position() <= batch.last) {
            Anchor anchor = anchors.remove();
            confirmed++;
            if (!anchor.chainHash().equals(known)) {
                return Optional.of(
                        "it was rewritten: its hash is not that of the " + anchor.source());
            }
        }
        return Optional.empty();
    }

    private static NewEvent content(StoredEvent event) {
        return new NewEvent(
                event.tenantId(),
                event.key(),
                event.type(),
                event.aggregateId(),
                event.sequence(),
                event.payload(),
                event.metadata());
    }

    private @Nullable StoredEvent next() throws SQLException {
        if (ahead.isEmpty()) {
            ahead.addAll(reader.read(connection, position, PAGE));
        }
        return ahead.poll();
    }

    private Optional<String> checkHead() throws SQLException {
        String sql = "select position, chain_hash from " + log + ".shard_head where shard = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setShort(1, (short) SHARD);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()
                        || row.getLong(1) != position
                        || !Arrays.equals(row.getBytes(2), hash)) {
                    return Optional.of("its head is not the end of the chain at " + position);
                }
            }
        }
        if (next() != null) {
            return Optional.of("events after position " + position + " are in no batch");
        }
        return anchors.stream()
                .max(Comparator.comparingLong(Anchor::position))
                .map(
                        anchor ->
                                "its tail is missing: it ends at %d, but the %s knows position %d"
                                        .formatted(position, anchor.source(), anchor.position()));
    }

    private String shortHash() {
        return HexFormat.of().formatHex(hash, 0, 6);
    }
}
