package dev.meterbook.allinone;

import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.allinone.system.ServiceCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs one service alone. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Runs one service as a process of its own, as java -cp … <Service>Application does."
                        + " Its environment names the database (METERBOOK_POSTGRES_URL), Redis"
                        + " (METERBOOK_REDIS_URL) and the other services (METERBOOK_<SERVICE>_ADDRESS);"
                        + " passwords that it does not name are those of the data folder.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {

    @Mixin SystemOptions.DataOption data;

    @Parameters(
            paramLabel = "SERVICE",
            description = "metering, pricing, ledger, allocation, budget or gateway.")
    String service;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Service chosen =
                Service.of(service)
                        .orElseThrow(
                                () ->
                                        new CommandFailure(
                                                "service: %s (expected: one of %s)"
                                                        .formatted(
                                                                service,
                                                                String.join(", ", Service.ids()))));
        Secrets secrets = Secrets.of(data.folder(), System.getenv());
        Process process = ServiceCommand.of(chosen, secrets).inheritIO().start();
        // A terminal's Ctrl-C reaches both; a signal to this process is passed on.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop"));
        return process.waitFor();
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
