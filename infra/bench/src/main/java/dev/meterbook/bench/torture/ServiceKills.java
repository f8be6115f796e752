package dev.meterbook.bench.torture;

import dev.meterbook.allinone.system.Service;
import java.util.List;

/** Ends service processes by {@code kill -9}, one or two at a time, and starts them again. */
final class ServiceKills implements Scenario {

    @Override
    public String name() {
        return "kill-services";
    }

    @Override
    public String what() {
        return "kill -9 of each service process at random moments, started again a little later";
    }

    @Override
    public void run(Arena arena) {
        arena.feedDuring(
                () -> {
                    for (int i = 0; i < arena.plan().times(); i++) {
                        killEach(arena);
                    }
                });
    }

    private static void killEach(Arena arena) {
        List<Service> order = Deliveries.shuffled(List.of(Service.values()), arena.random());
        int next = 0;
        while (next < order.size()) {
            int to = Math.min(order.size(), next + arena.random().nextInt(1, 4));
            kill(arena, order.subList(next, to));
            next = to;
        }
    }

    /** Ends services one after the other, then starts them together. */
    static void kill(Arena arena, List<Service> together) {
        for (Service service : together) {
            arena.pause(0, 1_500);
            arena.system().processes().of(service).kill();
            arena.telling().fault("kill -9 of " + service.id());
        }
        arena.pause(0, 2_000);
        together.forEach(arena.system().processes()::start);
        together.forEach(arena.system().processes()::await);
        arena.telling()
                .fault(
                        "started again: "
                                + String.join(", ", together.stream().map(Service::id).toList()));
    }
}
