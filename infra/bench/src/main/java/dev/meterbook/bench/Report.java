package dev.meterbook.bench;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** Tells the results in plain text. */
final class Report {

    private static final String WHOLE = "whole path";
    private static final String APPEND = "append only";
    private static final String COPY = "bare COPY";
    private static final String PEER = "Axon JDBC, 1 event";
    private static final String PEER_BATCH = "Axon JDBC, 100 events";
    private static final double MEBI = 1_048_576;
    private static final int PROFILE_LINES = 16;

    private final Plan plan;
    private final Results results;
    private final PrintStream out;

    Report(Plan plan, Results results, PrintStream out) {
        this.plan = plan;
        this.results = results;
        this.out = out;
    }

    void print() {
        head();
        sides();
        ratios();
        results.steady().ifPresent(this::steady);
        latencies();
        results.replay().ifPresent(this::replay);
        results.disk().ifPresent(this::disk);
        results.start().ifPresent(this::start);
        profile();
        results.steady().ifPresent(this::statements);
        tail();
    }

    @SuppressWarnings("AnnotateFormatMethod") // every run prints every format
    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private void head() {
        Runtime machine = Runtime.getRuntime();
        line("");
        line(
                "%d processors, Java %s, heap at most %.0f MiB, fsync and synchronous_commit on",
                machine.availableProcessors(), Runtime.version(), machine.maxMemory() / MEBI);
        line(
                "seed %d: %d tenants, %d users, %d applications, %d models; %d streams, %d calls a"
                        + " message, %.0f bytes a call on the wire",
                plan.shape().seed(),
                plan.shape().tenants(),
                plan.shape().users(),
                plan.shape().apps(),
                plan.shape().models(),
                plan.load().streams(),
                plan.load().message(),
                bytesOnTheWire());
    }

    private double bytesOnTheWire() {
        int sample = 1_000;
        return new CallGenerator(plan.shape(), 0)
                        .next(sample).stream().mapToInt(call -> call.getSerializedSize() + 3).sum()
                / (double) sample;
    }

    private void sides() {
        if (results.measured().isEmpty()) {
            return;
        }
        line("");
        line(
                "%d rounds (after %d warm ones), median [min-max]",
                results.measured().size(), plan.rounds().warm());
        line(
                "%-22s %31s %10s %7s %9s %6s %6s %8s",
                "", "calls/s", "CPU µs", "JVM", "Postgres", "Redis", "busy", "foreign");
        for (String side : List.of(WHOLE, APPEND, COPY, PEER, PEER_BATCH)) {
            List<Measurement> measured = results.of(side);
            if (!measured.isEmpty()) {
                side(side, measured);
            }
        }
    }

    private void side(String name, List<Measurement> measured) {
        line(
                "%-22s %31s %10.1f %7.1f %9.1f %6.1f %5.0f%% %7.0f%%",
                name,
                spread("%,.0f", measured, Measurement::rate),
                median(measured, Measurement::cpuPerCall),
                median(measured, each -> each.perCall(each.cpu().jvm())),
                median(measured, each -> each.perCall(each.cpu().postgres())),
                median(measured, each -> each.perCall(each.cpu().redis())),
                100 * median(measured, each -> each.cpu().busyShare()),
                100 * of(measured, each -> each.cpu().foreignShare()).max());
    }

    private static Spread of(List<Measurement> measured, ToDoubleFunction<Measurement> value) {
        return Spread.of(measured.stream().map(value::applyAsDouble).toList());
    }

    private static double median(List<Measurement> measured, ToDoubleFunction<Measurement> value) {
        return of(measured, value).median();
    }

    private static String spread(
            String format, List<Measurement> measured, ToDoubleFunction<Measurement> value) {
        return text(format, of(measured, value));
    }

    private static String text(String format, Spread spread) {
        return String.format(
                Locale.ROOT,
                format + " [" + format + "-" + format + "]",
                spread.median(),
                spread.min(),
                spread.max());
    }

    private void ratios() {
        if (results.measured().stream().noneMatch(round -> round.sides().size() > 1)) {
            return;
        }
        line("");
        line("%-44s %22s %8s %8s", "of the same round, median [min-max]", "", "must", "aim");
        ratio("whole path / Axon JDBC, 1 event", PEER, Report::speed, ">= 3", ">= 6");
        ratio("whole path / Axon JDBC, 100 events", PEER_BATCH, Report::speed, "", "");
        ratio("whole path / bare COPY", COPY, Report::speed, ">= 0.3", ">= 0.5");
        ratio("whole path / append only", APPEND, Report::speed, "", "");
        ratio(
                "CPU a call, whole path / append only",
                APPEND,
                (whole, append) -> whole.cpuPerCall() / append.cpuPerCall(),
                "<= 3",
                "<= 2");
    }

    private static double speed(Measurement whole, Measurement other) {
        return whole.rate() / other.rate();
    }

    private void ratio(
            String what,
            String side,
            ToDoubleBiFunction<Measurement, Measurement> ratio,
            String must,
            String aim) {
        List<Double> ratios =
                results.measured().stream()
                        .map(Results.Round::sides)
                        .filter(sides -> sides.containsKey(WHOLE) && sides.containsKey(side))
                        .map(sides -> ratio.applyAsDouble(sides.get(WHOLE), sides.get(side)))
                        .toList();
        if (!ratios.isEmpty()) {
            line("%-44s %22s %8s %8s", what, text("%.2f", Spread.of(ratios)), must, aim);
        }
    }

    private void steady(Steady steady) {
        Measurement all = steady.measurement();
        line("");
        line(
                "steady load for %d s: %,.0f calls/s until the last stage had the last call"
                        + " (%,d calls in %.1f s)",
                plan.rounds().steadySeconds(), all.rate(), all.calls(), all.nanos() / 1e9);
        line(
                "  windows of %d s: %s calls/s; %.1f µs CPU a call; busy %.0f%%, foreign %.0f%%",
                Steady.WINDOW.toSeconds(),
                text("%,.0f", steady.windows()),
                all.cpuPerCall(),
                100 * all.cpu().busyShare(),
                100 * all.cpu().foreignShare());
        Steady.Heap heap = steady.heap();
        line(
                "  heap: live %.0f MiB before, %.0f MiB after; used after a collection at most"
                        + " %.0f MiB in the first third, %.0f MiB in the last",
                heap.liveBefore() / MEBI,
                heap.liveAfter() / MEBI,
                heap.early() / MEBI,
                heap.late() / MEBI);
    }

    private void latencies() {
        if (results.latencies().isEmpty()) {
            return;
        }
        line("");
        line(
                "%-44s %10s %10s   %10s %10s %6s %8s",
                "acknowledged -> visible, ms", "roll-up", "", "counter", "", "busy", "foreign");
        line("%-44s %10s %10s   %10s %10s", "", "p50", "p99", "p50", "p99");
        for (Latency each : results.latencies()) {
            line(
                    "%-44s %10.1f %10.1f   %10.1f %10.1f %5.0f%% %7.0f%%",
                    String.format(
                            Locale.ROOT,
                            "paced at %,d calls/s (%,.0f reached)",
                            each.wanted(),
                            each.reached()),
                    each.rollUp().median(),
                    each.rollUp().p99(),
                    each.counter().median(),
                    each.counter().p99(),
                    100 * each.cpu().busyShare(),
                    100 * each.cpu().foreignShare());
        }
        line("(must: p99 of the roll-up 15 ms at 5,000/s, 60 ms at 20,000/s)");
    }

    private void replay(Replay replay) {
        line("");
        line(
                "roll-up made anew: %,.0f calls/s (%,d calls in %.1f s); must >= 150,000, aim >="
                        + " 250,000; foreign %.0f%%",
                replay.rate(), replay.calls(), replay.nanos() / 1e9, 100 * replay.foreignShare());
    }

    private void disk(Results.Disk disk) {
        Map<String, Double> perCall = disk.perCall();
        line("");
        line(
                "disk: %.0f bytes a call in all tables and indexes; must <= 600, aim <= 350",
                perCall.values().stream().mapToDouble(Double::doubleValue).sum());
        perCall.entrySet().stream()
                .filter(each -> each.getValue() >= 0.5)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(each -> line("  %-36s %8.1f", each.getKey(), each.getValue()));
    }

    private void start(Results.Start start) {
        line("");
        line(
                "all services start in %.1f s on an empty database, in %.1f s on this one",
                start.empty().toMillis() / 1e3,
                start.full() == null ? 0 : start.full().toMillis() / 1e3);
        line(
                "this process, generators included: %.0f MiB resident (at most %.0f), heap after a"
                        + " collection at most %.0f MiB",
                start.memory().resident() / MEBI,
                start.memory().most() / MEBI,
                start.heap() / MEBI);
    }

    /** Of the last measured round, or of the steady run if there was one. */
    private void profile() {
        List<Measurement> whole = results.of(WHOLE);
        Measurement shown =
                results.steady()
                        .map(Steady::measurement)
                        .orElseGet(() -> whole.isEmpty() ? null : whole.getLast());
        if (shown == null) {
            return;
        }
        line("");
        line("where the time of the whole path goes, µs CPU a call by thread and role:");
        shown.profile().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(PROFILE_LINES)
                .forEach(
                        part ->
                                line(
                                        "  %-40s %6.2f",
                                        part.getKey(), shown.perCall(part.getValue())));
        line("  %-40s %6.2f", "redis", shown.perCall(shown.cpu().redis()));
    }

    private void statements(Steady steady) {
        if (results.statements().isEmpty()) {
            return;
        }
        line("");
        line("costliest statements of the steady run: µs a call (waiting included), times, rows");
        for (Statements.Cost each : results.statements()) {
            line(
                    "  %6.2f %,9d %,11d  %-10s %s",
                    steady.measurement().perCall(each.micros()),
                    each.times(),
                    each.rows(),
                    each.role(),
                    each.text());
        }
    }

    private void tail() {
        line("");
        line("the books held after every piece of work");
        if (results.disturbed() > 0) {
            line(
                    "NOT VALID: others used more than 10%% of the machine in %d pieces of work;"
                            + " nothing was left out",
                    results.disturbed());
        }
        line("details: %s", plan.json());
    }
}
