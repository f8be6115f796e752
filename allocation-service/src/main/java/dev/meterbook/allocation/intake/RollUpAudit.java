package dev.meterbook.allocation.intake;

import dev.meterbook.allocation.domain.CostSums;
import dev.meterbook.allocation.domain.Directory;
import dev.meterbook.allocation.domain.DirectoryEvent;
import dev.meterbook.allocation.domain.RatedCall;
import dev.meterbook.allocation.domain.RatingKind;
import dev.meterbook.allocation.domain.RollUp;
import dev.meterbook.allocation.domain.RollUp.Cell;
import dev.meterbook.allocation.projection.AllocatedBatches;
import dev.meterbook.allocation.projection.AllocatedBatches.Batch;
import dev.meterbook.allocation.projection.CostHourProjection;
import dev.meterbook.platform.axon.EventCodecs;
import dev.meterbook.platform.consumer.DeadLetter;
import dev.meterbook.platform.consumer.DeadLetters;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proves the roll-up: computes it again from the logs of pricing and of the directory, and compares
 * it row by row with what is stored. Reads one snapshot of the database, so that it may run beside
 * the service. Holds the whole roll-up in memory: some 300 bytes a row.
 */
public final class RollUpAudit {

    private static final int PAGE = 100;

    private final Database database;
    private final EventCodecs codecs;

    /**
     * An audit.
     *
     * @param database the allocation service's own
     * @param codecs how facts about the directory are stored
     */
    public RollUpAudit(Database database, EventCodecs codecs) {
        this.database = database;
        this.codecs = codecs;
    }

    /**
     * What was found.
     *
     * @param events events of the rating log that are in the roll-up
     * @param calls calls whose first rating is in the roll-up
     * @param eventsBehind events of the rating log that are still to be rolled up
     * @param partsSetAside events, or parts of them, that could not be rolled up
     * @param firstProblem the first thing that is wrong, if something is
     */
    public record Report(
            long events,
            long calls,
            long eventsBehind,
            long partsSetAside,
            Optional<String> firstProblem) {}

    /**
     * Computes the roll-up again.
     *
     * @param progress told the position in the rating log from time to time
     */
    public Report run(LongConsumer progress) {
        return database.read(transaction -> audit(transaction, codecs, progress));
    }

    /**
     * Computes the roll-up again.
     *
     * @param transaction of the service's role, in which nothing was read yet
     * @param codecs how facts about the directory are stored
     * @param progress told the position in the rating log from time to time
     */
    public static Report audit(Connection transaction, EventCodecs codecs, LongConsumer progress)
            throws SQLException {
        try (Statement snapshot = transaction.createStatement()) {
            snapshot.execute("set transaction isolation level repeatable read");
        }
        Again again =
                new Again(
                        directory(transaction, codecs),
                        AllocatedBatches.all(transaction),
                        setAside(transaction));
        EventReader ratings = new EventReader("pricing");
        long position = 0;
        List<StoredEvent> page = ratings.read(transaction, position, PAGE);
        while (!page.isEmpty() && again.problem.isEmpty()) {
            page.forEach(again::take);
            position = page.getLast().position();
            progress.accept(position);
            page = ratings.read(transaction, position, PAGE);
        }
        again.compare(CostHourProjection.all(transaction));
        return again.report();
    }

    /** Tenants whose parts are set aside, by rating position. */
    private static Map<Long, Set<String>> setAside(Connection transaction) throws SQLException {
        Map<Long, Set<String>> setAside = new HashMap<>();
        for (DeadLetter letter :
                new DeadLetters(RollUpConsumer.NAME, "pricing")
                        .list(transaction, "-", 0, Integer.MAX_VALUE)) {
            setAside.computeIfAbsent(letter.part().position(), any -> new HashSet<>())
                    .add(letter.part().tenantId());
        }
        return setAside;
    }

    private static Directory directory(Connection transaction, EventCodecs codecs)
            throws SQLException {
        Directory directory = new Directory();
        EventReader facts = new EventReader("allocation");
        long position = 0;
        List<StoredEvent> page = facts.read(transaction, position, PAGE);
        while (!page.isEmpty()) {
            for (StoredEvent fact : page) {
                directory.apply(fact.position(), (DirectoryEvent) codecs.decode(fact));
            }
            position = page.getLast().position();
            page = facts.read(transaction, position, PAGE);
        }
        return directory;
    }

    /** The roll-up as it should be. */
    private static final class Again {

        private final Directory directory;
        private final Map<Long, Map<String, Batch>> rolledUp;
        private final Map<Long, Set<String>> setAside;
        private final Map<String, TreeMap<Long, Batch>> firstRatings = new HashMap<>();
        private final Map<String, Long> lastUsagePosition = new HashMap<>();
        private final RollUp rollUp = new RollUp();
        private Optional<String> problem = Optional.empty();
        private long events;
        private long calls;
        private long behind;
        private long partsSetAside;

        Again(
                Directory directory,
                Map<Long, Map<String, Batch>> rolledUp,
                Map<Long, Set<String>> setAside) {
            this.directory = directory;
            this.rolledUp = new HashMap<>(rolledUp);
            this.setAside = setAside;
            rolledUp.values().stream()
                    .flatMap(rows -> rows.values().stream())
                    .filter(row -> row.kind() == AllocatedBatches.INITIAL)
                    .forEach(
                            row ->
                                    firstRatings
                                            .computeIfAbsent(row.tenant(), any -> new TreeMap<>())
                                            .put(row.firstUsagePosition(), row));
        }

        void take(StoredEvent event) {
            if (!event.type().name().equals(RatedBatch.EVENT)) {
                return;
            }
            Map<String, Batch> rows = rolledUp.remove(event.position());
            Set<String> aside = setAside.getOrDefault(event.position(), Set.of());
            if (rows == null && aside.isEmpty()) {
                behind++;
            } else if (behind > 0) {
                wrong(event, "is in the roll-up, but one before it is not");
            } else if (aside.contains(AllocatedBatches.WHOLE)) {
                partsSetAside++;
            } else {
                events++;
                add(event, rows == null ? new TreeMap<>() : rows, aside);
            }
        }

        private void add(StoredEvent event, Map<String, Batch> rows, Set<String> aside) {
            Batch whole = rows.remove(AllocatedBatches.WHOLE);
            if (whole != null) {
                add(RatedBatch.read(event), whole);
            } else {
                RatedBatch.parts(event).forEach(part -> addPart(part, rows, aside));
            }
            if (!rows.isEmpty()) {
                wrong(event, "is rolled up for " + rows.keySet() + ", too");
            }
        }

        private void addPart(StoredEvent part, Map<String, Batch> rows, Set<String> aside) {
            Batch row = rows.remove(part.tenantId());
            if (row != null) {
                add(RatedBatch.read(part), row);
            } else if (aside.contains(part.tenantId())) {
                partsSetAside++;
            } else {
                wrong(part, "is not rolled up for " + part.tenantId());
            }
        }

        private void add(RatedBatch batch, Batch row) {
            if (!row.equals(RollUpConsumer.row(batch, row.directoryPosition(), row.tenant()))) {
                wrong(batch.event(), "is not what was rolled up: " + row);
            }
            if (batch.kind() == RatingKind.INITIAL) {
                calls += batch.calls().size();
            }
            for (RatedCall call : batch.calls()) {
                add(batch, call);
            }
        }

        private void add(RatedBatch batch, RatedCall call) {
            String tenant = call.dimensions().tenant();
            if (batch.kind() == RatingKind.INITIAL) {
                Long last = lastUsagePosition.put(tenant, call.usagePosition());
                if (last != null && call.usagePosition() <= last) {
                    wrong(batch.event(), "rates call " + call.usagePosition() + " a second time");
                }
            }
            Long known = knownAt(tenant, call.usagePosition());
            if (known == null) {
                wrong(
                        batch.event(),
                        "rates call " + call.usagePosition() + " again, never at first");
                return;
            }
            String costCenter = directory.costCenterOf(call.dimensions(), call.occurTime(), known);
            rollUp.add(batch.kind(), call.takenBy(costCenter));
        }

        /**
         * By what rules the call was rolled up first: with its whole event, or its tenant's part.
         */
        private @Nullable Long knownAt(String tenant, long usagePosition) {
            return Stream.of(AllocatedBatches.WHOLE, tenant)
                    .map(each -> firstRatings.getOrDefault(each, new TreeMap<>()))
                    .map(each -> each.floorEntry(usagePosition))
                    .filter(Objects::nonNull)
                    .map(Map.Entry::getValue)
                    .filter(row -> row.lastUsagePosition() >= usagePosition)
                    .max(Comparator.comparingLong(Batch::firstUsagePosition))
                    .map(Batch::directoryPosition)
                    .orElse(null);
        }

        private void wrong(StoredEvent event, String what) {
            problem =
                    problem.or(
                            () ->
                                    Optional.of(
                                            "rating log, position "
                                                    + event.position()
                                                    + ": "
                                                    + what));
        }

        void compare(Map<Cell, CostSums> stored) {
            Map<Cell, CostSums> expected = new HashMap<>(rollUp.cells());
            stored.forEach(
                    (cell, sums) -> {
                        CostSums right = expected.getOrDefault(cell, CostSums.NONE);
                        expected.remove(cell);
                        differs(cell, sums, right);
                    });
            expected.entrySet().stream()
                    .sorted(Comparator.comparing(each -> each.getKey().toString()))
                    .forEach(each -> differs(each.getKey(), CostSums.NONE, each.getValue()));
            rolledUp.keySet().stream()
                    .min(Long::compare)
                    .ifPresent(
                            position ->
                                    problem =
                                            problem.or(
                                                    () ->
                                                            Optional.of(
                                                                    "rating log, position "
                                                                            + position
                                                                            + ": rolled up, but not"
                                                                            + " in the log")));
        }

        private void differs(Cell cell, CostSums found, CostSums right) {
            if (!found.equals(right)) {
                problem =
                        problem.or(
                                () ->
                                        Optional.of(
                                                "roll-up of "
                                                        + cell
                                                        + ": "
                                                        + found
                                                        + " (expected: "
                                                        + right
                                                        + ")"));
            }
        }

        Report report() {
            return new Report(events, calls, behind, partsSetAside, problem);
        }
    }
}
