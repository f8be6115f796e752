package dev.meterbook.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that was measured. */
final class Results {

    /** A round: its sides by name. */
    record Round(int number, boolean warm, Map<String, Measurement> sides) {
        Round {
            sides = Map.copyOf(sides);
        }
    }

    /**
     * Bytes of tables by name, before the first call and after the last.
     *
     * @param calls how many calls lie between
     */
    record Disk(Map<String, Long> before, Map<String, Long> after, long calls) {

        /** Bytes of one call by table, in all tables and indexes; those of hardly any left out. */
        Map<String, Double> perCall() {
            Map<String, Double> perCall = new TreeMap<>();
            after.forEach(
                    (table, bytes) ->
                            perCall.put(
                                    table,
                                    (bytes - before.getOrDefault(table, 0L)) / (double) calls));
            return perCall;
        }
    }

    /**
     * Of this process, load generator and all services together.
     *
     * @param empty how long the services took to start on an empty database
     * @param full the same on the database as the run left it; null if not tried
     * @param memory of the process before it was closed
     * @param heap most bytes of heap used after any collection
     */
    record Start(Duration empty, @Nullable Duration full, Footprint.Memory memory, long heap) {}

    private final List<Round> rounds = new ArrayList<>();
    private final List<Latency> latencies = new ArrayList<>();
    private List<Statements.Cost> statements = List.of();
    private @Nullable Steady steady;
    private @Nullable Replay replay;
    private @Nullable Disk disk;
    private @Nullable Start start;

    void add(Round round) {
        rounds.add(round);
    }

    void add(Latency latency) {
        latencies.add(latency);
    }

    void set(Steady measured) {
        steady = measured;
    }

    void set(List<Statements.Cost> measured) {
        statements = List.copyOf(measured);
    }

    void set(Replay measured) {
        replay = measured;
    }

    void set(Disk measured) {
        disk = measured;
    }

    void set(Start measured) {
        start = measured;
    }

    List<Round> rounds() {
        return rounds;
    }

    /** The rounds that count. */
    List<Round> measured() {
        return rounds.stream().filter(round -> !round.warm).toList();
    }

    List<Latency> latencies() {
        return latencies;
    }

    Optional<Steady> steady() {
        return Optional.ofNullable(steady);
    }

    /** The costliest statements of the steady run; empty if they were not counted. */
    List<Statements.Cost> statements() {
        return statements;
    }

    Optional<Replay> replay() {
        return Optional.ofNullable(replay);
    }

    Optional<Disk> disk() {
        return Optional.ofNullable(disk);
    }

    Optional<Start> start() {
        return Optional.ofNullable(start);
    }

    /** What one side came to in the rounds that count; empty if it was not measured. */
    List<Measurement> of(String side) {
        return measured().stream()
                .flatMap(round -> Optional.ofNullable(round.sides.get(side)).stream())
                .toList();
    }

    /** Half of the speed of the whole path, by what was measured last. */
    Optional<Double> halfOfPeak() {
        if (steady != null) {
            return Optional.of(steady.measurement().rate() / 2);
        }
        List<Measurement> whole = of("whole path");
        return whole.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Spread.of(whole.stream().map(Measurement::rate).toList()).median() / 2);
    }

    /** How many sides of rounds that count, and longer runs, were disturbed by others. */
    long disturbed() {
        long sides =
                measured().stream()
                        .flatMap(round -> round.sides.values().stream())
                        .filter(Measurement::isDisturbed)
                        .count();
        return sides
                + steady().filter(each -> each.measurement().isDisturbed()).stream().count()
                + latencies.stream().filter(each -> each.cpu().foreignShare() > 0.10).count()
                + replay().filter(each -> each.foreignShare() > 0.10).stream().count();
    }
}
