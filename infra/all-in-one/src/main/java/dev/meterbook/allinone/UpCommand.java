package dev.meterbook.allinone;

import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.RunningSystem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts everything in this process, and stays until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Starts all services in one process with an embedded PostgreSQL and Redis, or with"
                        + " those that METERBOOK_POSTGRES_URL and METERBOOK_REDIS_URL name.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UpCommand implements Callable<Integer> {

    @Mixin SystemOptions options;

    @Override
    public Integer call() {
        try (ClosingOrder closing = StopSignal.closing()) {
            RunningSystem system = options.startOneProcess(closing);
            Banner.print(system, options.data.folder());
            System.out.println("  Ctrl-C stops it");
            closing.awaitClosed();
        }
        return 0;
    }
}
