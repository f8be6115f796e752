package dev.meterbook.bench.torture;

import dev.meterbook.allinone.system.Service;
import java.util.List;

/** Everything in turns and at random, while commits are cut all the time. */
final class Storm implements Scenario {

    private static final int FAULTS_AT_A_TIME = 3;
    private static final int CUTS_AT_A_TIME = 6;

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String what() {
        return "kills of services, PostgreSQL and Redis in a random order while commits are cut";
    }

    @Override
    public void run(Arena arena) {
        CutCommits.Cuts cuts = CutCommits.Cuts.by(arena);
        arena.system().door().cut(cuts::at);
        try {
            arena.feedDuring(
                    () -> {
                        for (int i = 0; i < arena.plan().times() * FAULTS_AT_A_TIME; i++) {
                            cuts.allow(CUTS_AT_A_TIME);
                            arena.pause(200, 2_000);
                            fault(arena);
                        }
                    });
        } finally {
            arena.system().door().cutNothing();
        }
    }

    private static void fault(Arena arena) {
        switch (arena.random().nextInt(6)) {
            case 0 -> PostgresKills.killAll(arena);
            case 1 -> PostgresKills.killBackend(arena);
            case 2 -> RedisKills.kill(arena);
            default -> {
                List<Service> order =
                        Deliveries.shuffled(List.of(Service.values()), arena.random());
                ServiceKills.kill(arena, order.subList(0, arena.random().nextInt(1, 4)));
            }
        }
    }
}
