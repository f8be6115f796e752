package dev.meterbook.bench.torture;

import dev.meterbook.allinone.system.Service;
import dev.meterbook.bench.CallGenerator;
import dev.meterbook.bench.Market;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Calls that happened hours to months ago, in no order: they cross versions of prices and months.
 */
final class BackDated implements Scenario {

    @Override
    public String name() {
        return "back-dated";
    }

    @Override
    public String what() {
        return "calls that happened hours to many months ago, in no order, while services are killed";
    }

    @Override
    public void run(Arena arena) {
        arena.feedDuring(
                List.of(arena.system().address(Service.METERING)),
                () -> {
                    CallGenerator generator = arena.generator();
                    SplittableRandom random = arena.random().split();
                    return () -> generator.fresh(past(random));
                },
                () -> {
                    arena.pause(500, 1_500);
                    arena.system().processes().of(Service.PRICING).kill();
                    arena.telling().fault("kill -9 of pricing, amid calls of other months");
                    arena.system().processes().start(Service.PRICING);
                    arena.system().processes().await(Service.PRICING);
                });
    }

    /** Half of them within three days, the others anywhere since the first contract. */
    private static Instant past(SplittableRandom random) {
        Instant now = Instant.now();
        Duration most =
                random.nextBoolean()
                        ? Duration.ofDays(3)
                        : Duration.between(Market.VERSIONS.getFirst(), now);
        return now.minusMillis(random.nextLong(most.toMillis()));
    }
}
