package dev.meterbook.allinone;

import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.proto.operations.v1.ListConsumersRequest;
import dev.meterbook.proto.operations.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import dev.meterbook.proto.operations.v1.ReplayConsumerRequest;
import dev.meterbook.proto.operations.v1.ReplayConsumerResponse;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes the output of a consumer anew from the log's beginning. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Empties what a consumer made of its log and makes it anew, while the services stay"
                        + " up. Needs a running Meterbook of the same data folder.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplayCommand implements Callable<Integer> {

    @Mixin SystemOptions.DataOption data;

    @Parameters(paramLabel = "CONSUMER", description = "Its name; see ./meterbook consumers.")
    String consumer;

    @Override
    public Integer call() {
        try (RunningOperator running = RunningOperator.find(data.folder())) {
            for (OperationsServiceBlockingStub process : running.operations()) {
                if (runsIn(process)) {
                    replay(process);
                    return 0;
                }
            }
        }
        throw new CommandFailure(
                "consumer: " + consumer + " (expected: a name that ./meterbook consumers tells)");
    }

    private boolean runsIn(OperationsServiceBlockingStub process) {
        boolean found = false;
        var all = process.listConsumers(ListConsumersRequest.getDefaultInstance());
        while (all.hasNext()) {
            found |= all.next().getName().equals(consumer);
        }
        return found;
    }

    private void replay(OperationsServiceBlockingStub process) {
        Iterator<ReplayConsumerResponse> answers =
                process.replayConsumer(
                        ReplayConsumerRequest.newBuilder().setConsumer(consumer).build());
        @Nullable ProgressLine progress = null;
        long position = 0;
        while (answers.hasNext()) {
            ReplayConsumerResponse now = answers.next();
            if (progress == null) {
                progress =
                        new ProgressLine(
                                System.out,
                                ProgressLine.Style.ofThisProcess(),
                                "positions",
                                now.getTarget());
            }
            progress.advance(Math.max(0, now.getPosition() - position));
            position = Math.max(position, now.getPosition());
        }
        if (progress != null) {
            progress.finish();
        }
    }
}
