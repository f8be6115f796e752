package dev.meterbook.bench.torture;

import dev.meterbook.embedded.CommitCutter.Commit;
import dev.meterbook.embedded.CommitCutter.Cut;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cuts connections to PostgreSQL at COMMIT: before the server hears of it, or after it has done it.
 */
final class CutCommits implements Scenario {

    /** One of so many transactions that change something is cut. */
    private static final int ONE_OF_CHANGES = 8;

    private static final int ONE_OF_READS = 200;
    private static final int CUTS_AT_A_TIME = 15;

    @Override
    public String name() {
        return "cut-commits";
    }

    @Override
    public String what() {
        return "connections cut at COMMIT: before the server hears it, or before the client hears"
                + " the answer";
    }

    @Override
    public void run(Arena arena) {
        Cuts cuts = Cuts.by(arena);
        try {
            arena.feedDuring(
                    () -> {
                        for (int i = 0; i < arena.plan().times(); i++) {
                            arena.pause(500, 1_000);
                            cuts.allow(CUTS_AT_A_TIME);
                            arena.system().door().cut(cuts::at);
                            arena.pause(6_000, 8_000);
                            arena.system().door().cutNothing();
                            arena.pause(500, 1_000);
                        }
                    });
        } finally {
            arena.system().door().cutNothing();
        }
        cuts.requireSome();
    }

    /** Decides by chance. */
    static final class Cuts {

        private final AtomicInteger left = new AtomicInteger();
        private final AtomicInteger before = new AtomicInteger();
        private final AtomicInteger after = new AtomicInteger();
        private final Telling telling;
        private final SplittableRandom random;

        private Cuts(Telling telling, SplittableRandom random) {
            this.telling = telling;
            this.random = random;
        }

        static Cuts by(Arena arena) {
            return new Cuts(arena.telling(), arena.random().split());
        }

        /** From now on so many more at most. */
        void allow(int more) {
            left.set(more);
        }

        /** Fails if chance has not brought about both kinds. */
        void requireSome() {
            if (before.get() == 0 || after.get() == 0) {
                throw new TortureFailure(
                        "too little was cut: %d before, %d after the COMMIT"
                                .formatted(before.get(), after.get()));
            }
        }

        /** A service that starts is left alone: its migrations are not what is tried here. */
        synchronized Cut at(Commit commit) {
            if (commit.user().endsWith("_owner")
                    || random.nextInt(commit.changes() ? ONE_OF_CHANGES : ONE_OF_READS) != 0
                    || left.decrementAndGet() < 0) {
                return Cut.NONE;
            }
            boolean early = random.nextBoolean();
            (early ? before : after).incrementAndGet();
            telling.fault(
                    "cut %s %s the server %s its COMMIT%s"
                            .formatted(
                                    commit.user(),
                                    early ? "before" : "after",
                                    early ? "hears" : "has done",
                                    commit.changes() ? "" : " (of a read)"));
            return early ? Cut.BEFORE_THE_SERVER_HEARS : Cut.BEFORE_THE_CLIENT_HEARS;
        }
    }
}
