package dev.meterbook.allinone;

import dev.meterbook.proto.operations.v1.ListConsumersRequest;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells how far the consumers of a running Meterbook are. */
@Command(
        name = "consumers",
        mixinStandardHelpOptions = true,
        description =
                "Tells of every consumer of a log: where it stands, where the log ends, how many"
                        + " events it set aside. Needs a running Meterbook of the same data folder.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConsumersCommand implements Callable<Integer> {

    private static final String ROW = "%-24s %-12s %14s %14s %14s%n";

    @Mixin SystemOptions.DataOption data;

    @Override
    public Integer call() {
        try (RunningOperator running = RunningOperator.find(data.folder())) {
            System.out.printf(
                    ROW, "consumer", "reads log of", "position", "log ends at", "set aside");
            running.operations()
                    .forEach(
                            process ->
                                    process.listConsumers(ListConsumersRequest.getDefaultInstance())
                                            .forEachRemaining(
                                                    each ->
                                                            print(
                                                                    each.getName(),
                                                                    each.getLog(),
                                                                    each.getPosition(),
                                                                    each.getHead(),
                                                                    each.getDeadLetterCount())));
        }
        return 0;
    }

    private static void print(String name, String log, long position, long head, long aside) {
        System.out.printf(
                Locale.ROOT,
                ROW,
                name,
                log,
                Long.toString(position),
                Long.toString(head),
                Long.toString(aside));
    }
}
