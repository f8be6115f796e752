package dev.meterbook.allinone;

import dev.meterbook.allinone.demo.Demo;
import dev.meterbook.allinone.demo.DemoReport;
import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.allinone.demo.ReportPrinter;
import dev.meterbook.allinone.export.ExportFolder;
import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.RunningSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a Meterbook, sets tenants up, plays a workload and checks the book. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts Meterbook with tenants, contracts and budgets, and plays a workload.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {

    @Mixin SystemOptions options;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description =
                    "Play the calls of a trace (CSV: TIMESTAMP,ContextTokens,GeneratedTokens);"
                            + " repeatable.")
    List<Path> traces = List.of();

    @Option(
            names = "--calls",
            defaultValue = "20000",
            description = "How many calls to generate, 1 to 1,000,000 (default: 20000).")
    int calls;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Equal seeds give equal calls (default: 1).")
    long seed;

    @Option(
            names = "--processes",
            description = "Each service as a process of its own, on one PostgreSQL and one Redis.")
    boolean processes;

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description = "Also write every tenant's calls with their cost, and the prices.")
    @Nullable Path export;

    @Option(
            names = "--exit",
            description = "Stop at the end, with status 0 only if all checks hold.")
    boolean exit;

    @Override
    public Integer call() throws IOException {
        Demo demo = traces.isEmpty() ? Demo.ofGeneratedCalls(calls, seed) : Demo.ofTraces(traces);
        try (ClosingOrder closing = StopSignal.closing()) {
            RunningSystem system =
                    processes
                            ? options.startSixProcesses(closing)
                            : options.startOneProcess(closing);
            Banner.print(system, options.data.folder());
            DemoReport report = demo.run(system, options.data.folder(), new OnTerminal());
            new ReportPrinter(System.out).print(report, system.http());
            if (export != null) {
                export(system, report, export);
            }
            return end(report, closing);
        }
    }

    private static void export(RunningSystem system, DemoReport report, Path folder)
            throws IOException {
        try (Apis apis = Apis.of(system)) {
            List<String> tenants =
                    report.tenants().stream().map(DemoReport.TenantRow::tenant).toList();
            new ExportFolder(apis.as(system.operatorKey()), folder).export(tenants);
        }
        System.out.println("\nexported to " + folder);
    }

    private int end(DemoReport report, ClosingOrder closing) {
        report.failures()
                .forEach(
                        check ->
                                System.err.println(
                                        "meterbook: does not hold: "
                                                + check.name()
                                                + ": "
                                                + check.detail()));
        System.out.println(
                report.failures().isEmpty() ? "\nall checks hold" : "\nnot all checks hold");
        if (!exit) {
            System.out.println("Ctrl-C stops it");
            closing.awaitClosed();
        }
        return report.failures().isEmpty() ? 0 : Main.FAILED;
    }

    /** Shows progress to a person. */
    private static final class OnTerminal implements Demo.Listener {
        @Override
        public ProgressLine playing(String workload, long steps) {
            System.out.println("\nplaying " + workload);
            return new ProgressLine(System.out, ProgressLine.Style.ofThisProcess(), "calls", steps);
        }

        @Override
        public void played(long calls, long callsPerSecond) {
            System.out.printf(
                    Locale.ROOT,
                    "%,d calls answered at %,d calls/s; waiting for the book%n",
                    calls,
                    callsPerSecond);
        }
    }
}
