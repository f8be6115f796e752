package dev.meterbook.bench.torture;

import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.bench.Market;
import dev.meterbook.bench.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Scenarios one after another on one system; after each, everything that was ever sent is checked.
 */
final class Torture {

    /** In the order in which they run. */
    static final List<Scenario> SCENARIOS =
            List.of(
                    new TripleFeed(),
                    new RetriedThrice(),
                    new EightStreams(),
                    new Conflicts(),
                    new BackDated(),
                    new Stalls(),
                    new IdleTransactions(),
                    new CutCommits(),
                    new ServiceKills(),
                    new StoppedWriter(),
                    new RedisKills(),
                    new PostgresKills(),
                    new Storm());

    private static final int TENANTS = 20;
    private static final int USERS = 200;
    private static final int APPS = 10;
    private static final int MODELS = 6;

    private final TortureSystem system;
    private final Sent sent = new Sent();
    private final Arena.Plan plan;
    private final Telling telling;
    private final AtomicLong generators = new AtomicLong();

    private Torture(TortureSystem system, Arena.Plan plan, Telling telling) {
        this.system = system;
        this.plan = plan;
        this.telling = telling;
    }

    /** The workload of a seed. */
    static Shape shape(long seed) {
        return new Shape(seed, TENANTS, USERS, APPS, MODELS);
    }

    /** Starts a system in an empty folder, with tenants, contracts, plans and budgets. */
    static Torture start(Path folder, Arena.Plan plan, Telling telling, ClosingOrder closing) {
        TortureSystem system = TortureSystem.start(folder, closing);
        new Market(system.operator(), plan.shape()).open();
        return new Torture(system, plan, telling);
    }

    /**
     * Runs a scenario and all checks.
     *
     * @return what is wrong; empty if all of it holds
     */
    List<Finding> run(Scenario scenario) {
        telling.line("");
        telling.line(scenario.name() + ": " + scenario.what());
        scenario.run(arena(scenario));
        return check();
    }

    /**
     * Checks everything that was sent so far.
     *
     * @return what is wrong; empty if all of it holds
     */
    List<Finding> check() {
        List<Finding> findings = new Checks(system, sent, plan.shape()).run();
        findings.forEach(this::tell);
        return findings.stream().filter(each -> !each.holds()).toList();
    }

    TortureSystem system() {
        return system;
    }

    private Arena arena(Scenario scenario) {
        long seed = plan.shape().seed() * 1_000_003 + scenario.name().hashCode();
        return new Arena(system, sent, plan, telling, new SplittableRandom(seed), generators);
    }

    private void tell(Finding finding) {
        telling.line(
                "  %-7s %s: %s"
                        .formatted(
                                finding.holds() ? "ok" : "FAILED",
                                finding.what(),
                                finding.detail()));
    }

    /** How many calls were sent so far. */
    int sent() {
        return sent.size();
    }
}
