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
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rolls rated calls up. A call's cost center is found once, by the rules known when the call was
 * first rolled up; a late price or a correction goes to the same cost center, whatever the rules
 * say by then, so that it meets the call it belongs to.
 */
public final class RollUpConsumer implements LogConsumer {

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
        return "cost-roll-up";
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
        return 32;
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
    public void handle(Connection transaction, List<StoredEvent> events) throws SQLException {
        List<RatedBatch> rated = events.stream().map(RatedBatch::read).toList();
        long knownNow = directory.position();
        Map<Long, Long> before = takeUp(transaction, events);
        batches.add(
                transaction,
                rated.stream()
                        .filter(each -> !before.containsKey(each.event().position()))
                        .map(each -> row(each, knownNow))
                        .toList());
        RollUp rollUp = new RollUp();
        for (RatedBatch batch : rated) {
            long known = before.getOrDefault(batch.event().position(), knownNow);
            if (batch.kind() == RatingKind.INITIAL) {
                batch.calls().forEach(call -> add(rollUp, batch, call, known));
            } else {
                addAgain(transaction, rollUp, batch);
            }
        }
        costs.add(transaction, rollUp.cells());
    }

    private Map<Long, Long> takeUp(Connection transaction, List<StoredEvent> events)
            throws SQLException {
        return batches.takeUp(
                transaction,
                events.getFirst().shard(),
                events.stream().map(StoredEvent::position).toList());
    }

    /** Calls that were rolled up before. */
    private void addAgain(Connection transaction, RollUp rollUp, RatedBatch batch)
            throws SQLException {
        Map<Long, Long> known =
                batches.directoryPositions(
                        transaction,
                        batch.usageShard(),
                        batch.calls().stream().map(RatedCall::usagePosition).toList());
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

    /** What is written down about an event. */
    static Batch row(RatedBatch rated, long knownNow) {
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
                knownNow);
    }
}
