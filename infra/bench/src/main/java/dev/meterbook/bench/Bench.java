package dev.meterbook.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One run of the benchmark. Speeds are told at the end, and only if the books held after every
 * piece of work.
 */
final class Bench {

    private final Plan plan;
    private final PrintStream out;
    private final Consumer<BenchSystem> beforeInspection;

    /** How a run ended; the status of the process. */
    enum Outcome {
        /** All that was asked for was measured. */
        MEASURED(0),
        /** The books are wrong: no speed was told. */
        BROKEN(BenchMain.BROKEN),
        /** Others used the machine meanwhile. */
        DISTURBED(BenchMain.DISTURBED);

        private final int status;

        Outcome(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** The books are wrong. */
    private static final class BooksBroken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BooksBroken(String when, List<String> faults) {
            super("after " + when + ":\n  " + String.join("\n  ", faults));
        }
    }

    Bench(Plan plan, PrintStream out) {
        this(plan, out, any -> {});
    }

    /**
     * A run in which something is done each time before the books are inspected.
     *
     * @param beforeInspection for tests, which break the books here
     */
    Bench(Plan plan, PrintStream out, Consumer<BenchSystem> beforeInspection) {
        this.plan = plan;
        this.out = out;
        this.beforeInspection = beforeInspection;
    }

    /** Measures and tells. */
    Outcome run() {
        Results results = new Results();
        try {
            measure(results);
        } catch (BooksBroken broken) {
            out.println();
            out.println("THE BOOKS ARE WRONG " + broken.getMessage());
            out.println("No speed is told.");
            return Outcome.BROKEN;
        } finally {
            if (plan.passing()) {
                PassingFolder.delete(plan.data());
            }
        }
        new JsonLines(plan).write(results);
        new Report(plan, results, out).print();
        return results.disturbed() == 0 ? Outcome.MEASURED : Outcome.DISTURBED;
    }

    private void measure(Results results) {
        say("starting PostgreSQL, Redis and all services in " + plan.data());
        Results.Start start;
        try (HeapWatch heap = new HeapWatch();
                BenchSystem system =
                        plan.statements()
                                ? BenchSystem.startCounting(plan.data())
                                : BenchSystem.start(plan.data())) {
            say("making tenants, contracts, plans and budgets");
            new Market(system.operator(), plan.shape()).open();
            try (Generators generators = new Generators(system, plan)) {
                new Work(system, generators, results).all();
            }
            start =
                    new Results.Start(
                            system.startTime(),
                            null,
                            Footprint.Memory.ofThisProcess(),
                            heap.greatest(0, 1));
        }
        if (plan.has(Plan.Part.DISK)) {
            results.set(restarted(start));
        }
    }

    private Results.Start restarted(Results.Start start) {
        say("starting once more on the same data");
        try (BenchSystem again = BenchSystem.start(plan.data())) {
            return new Results.Start(
                    start.empty(), again.startTime(), start.memory(), start.heap());
        }
    }

    /** The work on one running system. */
    private final class Work {

        private final BenchSystem system;
        private final Generators generators;
        private final Results results;
        private final Meter meter;
        private final Books books;

        Work(BenchSystem system, Generators generators, Results results) {
            this.system = system;
            this.generators = generators;
            this.results = results;
            this.meter = new Meter(system);
            this.books = new Books(system.servers(), plan.shape());
        }

        void all() {
            Map<String, Long> tablesBefore = Footprint.tables(system);
            rounds();
            steady();
            latency();
            if (plan.has(Plan.Part.REPLAY)) {
                say("making the roll-up anew");
                results.set(Replay.run(system));
                inspect("the replay");
            }
            if (plan.has(Plan.Part.DISK) && generators.answered().recorded() > 0) {
                results.set(
                        new Results.Disk(
                                tablesBefore,
                                Footprint.tables(system),
                                generators.answered().recorded()));
            }
        }

        private void rounds() {
            if (!plan.hasRounds()) {
                return;
            }
            try (Stages stages = new Stages(system.servers())) {
                List<Side> sides = sides(stages);
                int all = plan.rounds().warm() + plan.rounds().measured();
                for (int number = 0; number < all; number++) {
                    boolean warm = number < plan.rounds().warm();
                    results.add(round(number, warm, number % 2 == 0 ? sides : sides.reversed()));
                    say("round %d of %d done%s".formatted(number + 1, all, warm ? " (warm)" : ""));
                }
            }
        }

        /** Whether asked for or not, the whole path comes along: it makes the rows to copy. */
        private List<Side> sides(Stages stages) {
            Duration duration = Duration.ofSeconds(plan.rounds().roundSeconds());
            List<Side> sides = new ArrayList<>();
            sides.add(new WholeSide(system, meter, generators, stages, duration));
            if (plan.has(Plan.Part.APPEND)) {
                sides.add(new AppendSide(system, meter, generators, stages, duration));
            }
            if (plan.has(Plan.Part.LIMIT)) {
                sides.add(new CopySide(system, meter, duration));
            }
            if (plan.has(Plan.Part.PEER)) {
                sides.add(new PeerSide(system, meter, plan.shape(), 1, duration));
                sides.add(new PeerSide(system, meter, plan.shape(), 100, duration));
            }
            return sides;
        }

        private Results.Round round(int number, boolean warm, List<Side> sides) {
            Map<String, Measurement> measured = new HashMap<>();
            for (Side side : sides) {
                measured.put(side.name(), side.measure());
                inspect(side.name() + " in round " + (number + 1));
            }
            return new Results.Round(number + 1, warm, measured);
        }

        private void steady() {
            if (plan.rounds().steadySeconds() > 0 && plan.has(Plan.Part.WHOLE)) {
                say(plan.rounds().steadySeconds() + " s at steady load");
                Duration duration = Duration.ofSeconds(plan.rounds().steadySeconds());
                Statements statements = new Statements(system, plan.statements());
                statements.forget();
                results.set(Steady.run(system, meter, generators, duration));
                results.set(statements.costliest());
                inspect("the steady run");
            }
        }

        private void latency() {
            if (!plan.has(Plan.Part.LATENCY)) {
                return;
            }
            Latency.Run run = new Latency.Run(system, generators);
            for (int rate : plan.rounds().rates()) {
                int paced = rate > 0 ? rate : results.halfOfPeak().orElse(0.0).intValue();
                if (paced > 0) {
                    say("paced at " + rateText(rate, paced));
                    Duration duration = Duration.ofSeconds(plan.rounds().latencySeconds());
                    results.add(run.at(paced, duration));
                    inspect("the run paced at " + rateText(rate, paced));
                }
            }
        }

        /** A speed must not be told before the books were found right. */
        private static String rateText(int rate, int paced) {
            return rate > 0 ? paced + " calls a second" : "half of the peak";
        }

        private void inspect(String after) {
            beforeInspection.accept(system);
            List<String> faults = books.faults(generators.answered(), generators.expected());
            if (!faults.isEmpty()) {
                throw new BooksBroken(after, faults);
            }
        }
    }

    private void say(String what) {
        out.println("  " + what);
        out.flush();
    }
}
