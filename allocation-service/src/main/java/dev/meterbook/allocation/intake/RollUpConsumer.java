package dev.meterbook.allocation.intake;

import dev.meterbook.allocation.domain.Directory;
import dev.meterbook.allocation.domain.RatedCall;
import dev.meterbook.allocation.domain.RatingKind;
import dev.meterbook.allocation.domain.RollUp;
import dev.meterbook.allocation.projection.AllocatedBatches;
import dev.meterbook.allocation.projection.AllocatedBatches.Batch;
import dev.meterbook.allocation.projection.CostHourProjection;
import dev.meterbook.platform.consumer.LogConsumer;
import dev.meterbook.platform.eventlog.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rolls rated calls up. A call's cost center is found once, by the rules known when the call was
 * first rolled up; a late price or a correction goes to the same cost center, whatever the rules
 * say by then, so that it meets the call it belongs to.
 */
public final class RollUpConsumer implements LogConsumer {

    /** Its name. */
    static final String NAME = "cost-roll-up";

    private final Gathering gathering = new Gathering(System::nanoTime);
    private final Directory directory;
    private final AllocatedBatches batches;
    private final CostHourProjection costs;

    /**
     * A consumer.
     *
     * @param directory the rules of allocation
     * @param batches which events are rolled up
     * @param costs the roll-up
     */
    public RollUpConsumer(Directory directory, AllocatedBatches batches, CostHourProjection costs) {
        this.directory = directory;
        this.batches = batches;
        this.costs = costs;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String service() {
        return "allocation";
    }

    @Override
    public String log() {
        return "pricing";
    }

    @Override
    public Set<String> eventNames() {
        return Set.of(RatedBatch.EVENT);
    }

    /** An event holds up to 1,000 calls. */
    @Override
    public int batchSize() {
        return 64;
    }

    @Override
    public Duration rest(Duration took) {
        return gathering.rest(took);
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    /** How calls were allocated is kept: the same sums come out again, whatever rules hold now. */
    @Override
    public void reset(Connection transaction) throws SQLException {
        costs.clear(transaction);
        batches.forgetAll(transaction);
    }

    @Override
    public List<StoredEvent> parts(StoredEvent event) {
        return RatedBatch.parts(event);
    }

    @Override
    public void handle(Connection transaction, List<StoredEvent> events) throws SQLException {
        List<RatedBatch> rated = events.stream().map(RatedBatch::read).toList();
        gathering.page(rated);
        StoredEvent first = events.getFirst();
        Known known =
                first.tenantId().isEmpty()
                        ? takeWhole(transaction, rated)
                        : takePart(transaction, rated.getFirst());
        RollUp rollUp = new RollUp();
        for (RatedBatch batch : rated) {
            if (batch.kind() == RatingKind.INITIAL) {
                batch.calls().forEach(call -> add(rollUp, batch, call, known.at(batch, call)));
            } else {
                addAgain(transaction, rollUp, batch);
            }
        }
        costs.add(transaction, rollUp.cells());
    }

    /**
     * Up to where the directory was known when calls were rolled up first.
     *
     * @param now for calls that never were
     * @param before by rating position and tenant, or for all tenants of an event
     */
    private record Known(long now, Map<Long, Map<String, Long>> before) {

        long at(RatedBatch batch, RatedCall call) {
            Map<String, Long> ofEvent = before.getOrDefault(batch.event().position(), Map.of());
            Long ofWhole = ofEvent.get(AllocatedBatches.WHOLE);
            return ofWhole != null
                    ? ofWhole
                    : ofEvent.getOrDefault(call.dimensions().tenant(), now);
        }
    }

    /** Only during a replay, or of parts that were set aside, is there an event known before. */
    private Known takeWhole(Connection transaction, List<RatedBatch> rated) throws SQLException {
        long now = directory.position();
        Set<Long> added =
                batches.addNew(
                        transaction,
                        rated.stream()
                                .map(each -> row(each, now, AllocatedBatches.WHOLE))
                                .toList());
        List<RatedBatch> others =
                rated.stream().filter(each -> !added.contains(each.event().position())).toList();
        return others.isEmpty() ? new Known(now, Map.of()) : takeUpAgain(transaction, others, now);
    }

    private Known takeUpAgain(Connection transaction, List<RatedBatch> rated, long now)
            throws SQLException {
        Known known =
                new Known(
                        now,
                        batches.takeUp(
                                transaction,
                                rated.getFirst().event().shard(),
                                rated.stream().map(each -> each.event().position()).toList()));
        batches.add(transaction, rated.stream().flatMap(each -> newRows(each, known)).toList());
        return known;
    }

    /** A row for what is rolled up for the first time: the event, or what was set aside before. */
    private static Stream<Batch> newRows(RatedBatch batch, Known known) {
        Map<String, Long> before = known.before.get(batch.event().position());
        if (before == null) {
            return Stream.of(row(batch, known.now, AllocatedBatches.WHOLE));
        }
        return before.containsKey(AllocatedBatches.WHOLE)
                ? Stream.empty()
                : batch.tenants().stream()
                        .filter(tenant -> !before.containsKey(tenant))
                        .map(tenant -> row(batch.of(tenant), known.now, tenant));
    }

    private Known takePart(Connection transaction, RatedBatch part) throws SQLException {
        int shard = part.event().shard();
        long position = part.event().position();
        String tenant = part.event().tenantId();
        Optional<Long> before = batches.takePartUp(transaction, shard, position, tenant);
        long known =
                before.isPresent()
                        ? before.get()
                        : batches.directoryPositionOfWhole(transaction, shard, position)
                                .orElse(directory.position());
        if (before.isEmpty()) {
            batches.add(transaction, List.of(row(part, known, tenant)));
        }
        return new Known(known, Map.of());
    }

    /** Calls that were rolled up before. */
    private void addAgain(Connection transaction, RollUp rollUp, RatedBatch batch)
            throws SQLException {
        Map<Long, Long> known =
                batches.directoryPositions(
                        transaction,
                        batch.usageShard(),
                        batch.calls().stream().map(RatedCall::usagePosition).toList(),
                        batch.calls().stream().map(call -> call.dimensions().tenant()).toList());
        for (RatedCall call : batch.calls()) {
            Long knownThen = known.get(call.usagePosition());
            if (knownThen == null) {
                throw new IllegalStateException(
                        "rating log, position "
                                + batch.event().position()
                                + ": call "
                                + call.usagePosition()
                                + " has no first rating");
            }
            add(rollUp, batch, call, knownThen);
        }
    }

    private void add(RollUp rollUp, RatedBatch batch, RatedCall call, long known) {
        String costCenter = directory.costCenterOf(call.dimensions(), call.occurTime(), known);
        rollUp.add(batch.kind(), call.takenBy(costCenter));
    }

    /** What is written down about an event, or about a tenant's part of it. */
    static Batch row(RatedBatch rated, long known, String tenant) {
        return new Batch(
                rated.event().shard(),
                rated.event().position(),
                switch (rated.kind()) {
                    case INITIAL -> AllocatedBatches.INITIAL;
                    case LATE -> AllocatedBatches.LATE;
                    case CORRECTION -> AllocatedBatches.CORRECTION;
                },
                rated.usageShard(),
                rated.calls().getFirst().usagePosition(),
                rated.calls().getLast().usagePosition(),
                rated.calls().size(),
                known,
                tenant);
    }
}
