package dev.meterbook.allinone;

import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.RunningNote;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.allinone.system.Stores;
import dev.meterbook.allinone.verify.Anchor;
import dev.meterbook.allinone.verify.Finding;
import dev.meterbook.allinone.verify.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Recomputes what the stored data claim, and names the first wrong thing. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Recomputes the hash chain of every event log, and that every metered call was"
                        + " rated, posted and rolled up once. Holds the logs against the checkpoints"
                        + " that the services keep outside of the database. Names the first thing"
                        + " that is wrong; status 0 only if all of it holds.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class VerifyCommand implements Callable<Integer> {

    @Mixin SystemOptions.DataOption data;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "A file SERVICE.checkpoints, beside those of the data folder; repeatable.")
    List<Path> checkpoints = List.of();

    @Option(
            names = "--receipt",
            paramLabel = "SHARD:POSITION:HASH",
            description =
                    "What a metered call was acknowledged with; the hash as hexadecimal digits or"
                            + " in base 64; repeatable.")
    List<String> receipts = List.of();

    @Override
    public Integer call() {
        DataFolder folder = data.folder();
        Secrets secrets = Secrets.of(folder, System.getenv());
        List<Anchor> anchors = anchors(folder);
        try (ClosingOrder closing = StopSignal.closing()) {
            Optional<String> running = RunningNote.find(folder).map(RunningNote::postgresUrl);
            String url =
                    running.orElseGet(
                            () -> Stores.openPostgres(folder, secrets, System.getenv(), closing));
            List<Finding> findings = new Verification(url, secrets, anchors).run(new OnTerminal());
            return end(findings);
        }
    }

    /** Read before the database is: the logs may grow meanwhile. */
    private List<Anchor> anchors(DataFolder folder) {
        List<Anchor> anchors = new ArrayList<>();
        Path known = folder.checkpoints(System.getenv());
        for (Service service : Service.values()) {
            anchors.addAll(Anchor.ofCheckpoints(known, service.id()));
        }
        checkpoints.forEach(file -> anchors.addAll(Anchor.ofCheckpoints(file)));
        receipts.forEach(receipt -> anchors.add(Anchor.ofReceipt(receipt)));
        return anchors;
    }

    private static int end(List<Finding> findings) {
        Optional<Finding> wrong = findings.stream().filter(each -> !each.holds()).findFirst();
        if (wrong.isEmpty()) {
            System.out.println("all of it holds");
            return 0;
        }
        System.err.println("meterbook: " + wrong.get().what() + ": " + wrong.get().detail());
        return Main.FAILED;
    }

    /** Shows progress to a person. */
    private static final class OnTerminal implements Verification.Listener {

        /** Logs that are checked at once need no bar. */
        private static final long LONG_LOG = 20_000;

        @Override
        public LongConsumer checking(String what, long events) {
            ProgressLine.Style style = ProgressLine.Style.ofThisProcess();
            ProgressLine progress =
                    new ProgressLine(
                            System.err,
                            events < LONG_LOG ? ProgressLine.Style.NONE : style,
                            what,
                            events);
            return checked -> {
                progress.advance(checked);
                if (progress.done() == events) {
                    progress.finish();
                }
            };
        }

        @Override
        public void found(Finding finding) {
            System.out.printf(
                    "%-7s %s: %s%n",
                    finding.holds() ? "ok" : "FAILED", finding.what(), finding.detail());
        }
    }
}
