package dev.meterbook.allinone;

import dev.meterbook.proto.operations.v1.DeadLetter;
import dev.meterbook.proto.operations.v1.ListDeadLettersRequest;
import dev.meterbook.proto.operations.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import dev.meterbook.proto.operations.v1.RetryDeadLettersRequest;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells of events that a consumer could not take, and has them tried again. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description =
                "Tells of events that were set aside because a consumer could not take them."
                        + " Status 1 while there are any. Needs a running Meterbook of the same"
                        + " data folder.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DeadLettersCommand implements Callable<Integer> {

    @Mixin SystemOptions.DataOption data;

    @Option(names = "--tenant", defaultValue = "", description = "One tenant (default: all).")
    String tenant;

    @Option(names = "--retry", description = "Try them once more first.")
    boolean retry;

    @Override
    public Integer call() {
        int left = 0;
        try (RunningOperator running = RunningOperator.find(data.folder())) {
            for (OperationsServiceBlockingStub process : running.operations()) {
                if (retry) {
                    retry(process);
                }
                left += list(process);
            }
        }
        System.out.printf(Locale.ROOT, "%d set aside%n", left);
        return left == 0 ? 0 : 1;
    }

    private void retry(OperationsServiceBlockingStub process) {
        process.retryDeadLetters(RetryDeadLettersRequest.newBuilder().setTenant(tenant).build())
                .forEachRemaining(
                        each -> {
                            if (each.getTaken() > 0) {
                                System.out.printf(
                                        Locale.ROOT,
                                        "%s: %d taken%n",
                                        each.getConsumer(),
                                        each.getTaken());
                            }
                        });
    }

    private int list(OperationsServiceBlockingStub process) {
        int count = 0;
        var letters =
                process.listDeadLetters(
                        ListDeadLettersRequest.newBuilder().setTenant(tenant).build());
        while (letters.hasNext()) {
            DeadLetter letter = letters.next();
            System.out.printf(
                    Locale.ROOT,
                    "%s: position %d of the log of %s, tenant '%s', tried %d times: %s%n",
                    letter.getConsumer(),
                    letter.getPosition(),
                    letter.getLog(),
                    letter.getTenant(),
                    letter.getAttempts(),
                    letter.getReason());
            count++;
        }
        return count;
    }
}
