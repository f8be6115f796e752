package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.demo.DemoReport.Check;
import dev.meterbook.allinone.demo.DemoReport.SignIn;
import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.RunningSystem;
import dev.meterbook.proto.access.v1.PortalRole;
import dev.meterbook.proto.ledger.v1.Invoice;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sets an operator with tenants up on a running Meterbook, plays a workload, waits for the book,
 * checks it and issues invoices; everything through the public contracts. Running it again with the
 * same parameters changes nothing.
 */
public final class Demo {

    private final List<TraceFile> traces;
    private final int calls;
    private final long seed;

    private Demo(List<TraceFile> traces, int calls, long seed) {
        this.traces = traces;
        this.calls = calls;
        this.seed = seed;
    }

    /** Told how far the demo is. */
    public interface Listener {
        /** Calls begin to be played; the answer is told of each step. */
        ProgressLine playing(String workload, long steps);

        /** All calls are answered; the book is yet to catch up. */
        void played(long calls, long callsPerSecond);
    }

    /**
     * A demo that plays generated calls.
     *
     * @param calls how many, from 1 to 1,000,000
     * @param seed equal seeds give equal calls
     */
    public static Demo ofGeneratedCalls(int calls, long seed) {
        if (calls < 1 || calls > GeneratedWorkload.MAX_CALLS) {
            throw new CommandFailure("--calls: %d (expected: 1 to 1,000,000)".formatted(calls));
        }
        return new Demo(List.of(), calls, seed);
    }

    /**
     * A demo that plays the calls of traces. All files are read before anything else is done.
     *
     * @throws CommandFailure naming file and line if a trace is malformed
     */
    public static Demo ofTraces(List<Path> files) {
        List<TraceFile> traces = files.stream().map(TraceFile::read).toList();
        long names = traces.stream().map(TraceFile::name).distinct().count();
        if (names < traces.size()) {
            throw new CommandFailure("--trace: two files of one name (expected: different names)");
        }
        return new Demo(traces, 0, 0);
    }

    /**
     * Runs the demo.
     *
     * @param data where keys and sign-ins are noted
     */
    public DemoReport run(RunningSystem system, DataFolder data, Listener listener) {
        try (Apis apis = Apis.of(system)) {
            Client operator = apis.as(system.operatorKey());
            List<Company> companies = companies();
            Instant first = new DemoSetup(operator).prepare(companies);
            DemoKeys keys = new DemoKeys(data, operator);
            Map<Company, Tally> tallies =
                    play(workload(first), new CompanyClients(apis, keys), companies, listener);
            BookReader book = new BookReader(operator);
            new CatchUp(book).await(tallies);
            DemoReport report = new DemoChecks(book, PriceBook.of(operator)).report(tallies);
            return withInvoices(report, tallies, new DemoInvoices(operator, book), keys);
        }
    }

    private List<Company> companies() {
        List<Company> companies = new ArrayList<>(Company.ALL);
        IntStream.range(companies.size(), traces.size())
                .mapToObj(Company::ofTrace)
                .forEach(companies::add);
        return companies;
    }

    /**
     * Generated calls end where the demo was first run here, so that they are the same each time.
     */
    private Workload workload(Instant first) {
        return traces.isEmpty()
                ? new GeneratedWorkload(seed, calls, first.truncatedTo(ChronoUnit.HOURS))
                : new TraceWorkload(traces);
    }

    private static Map<Company, Tally> play(
            Workload workload, CompanyClients clients, List<Company> companies, Listener listener) {
        ProgressLine progress = listener.playing(workload.title(), workload.size());
        Map<Company, Tally> tallies =
                new Player(clients::of, progress).play(workload.steps(), companies);
        progress.finish();
        listener.played(progress.done(), progress.perSecond());
        return tallies;
    }

    private static DemoReport withInvoices(
            DemoReport report, Map<Company, Tally> tallies, DemoInvoices invoices, DemoKeys keys) {
        List<Invoice> issued = new ArrayList<>();
        tallies.forEach((company, tally) -> issued.addAll(invoices.issue(company, tally.played())));
        List<Check> checks = new ArrayList<>(report.checks());
        checks.add(invoices.addUp(List.copyOf(tallies.keySet()), issued));
        return new DemoReport(report.tenants(), issued, checks, signIns(tallies, keys));
    }

    private static List<SignIn> signIns(Map<Company, Tally> tallies, DemoKeys keys) {
        List<SignIn> signIns = new ArrayList<>();
        for (Company company : tallies.keySet()) {
            String password =
                    keys.signIn(company.id(), company.id(), PortalRole.PORTAL_ROLE_TENANT_VIEWER);
            signIns.add(new SignIn(company.id(), password, "pages of tenant " + company.id()));
        }
        String password = keys.signIn(DemoKeys.BILLING, "", PortalRole.PORTAL_ROLE_OPERATOR_ADMIN);
        signIns.add(new SignIn(DemoKeys.BILLING, password, "console of the operator"));
        return signIns;
    }
}
