package dev.meterbook.bench.torture;

import dev.meterbook.allinone.system.Service;
import java.util.ArrayList;
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
        List<Service> victims = new ArrayList<>();
        for (int i = 0; i < arena.plan().times(); i++) {
            victims.addAll(List.of(Service.values()));
        }
        List<Service> order = Deliveries.shuffled(victims, arena.random());
        arena.feedDuring(() -> killAll(arena, order));
    }

    private static void killAll(Arena arena, List<Service> victims) {
        int next = 0;
        while (next < victims.size()) {
            int to = Math.min(victims.size(), next + arena.random().nextInt(1, 4));
            List<Service> together = victims.subList(next, to).stream().distinct().toList();
            kill(arena, together);
            next = to;
        }
    }

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
