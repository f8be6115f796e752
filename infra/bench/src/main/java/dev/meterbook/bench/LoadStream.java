package dev.meterbook.bench;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.StreamUsageRequest;
import dev.meterbook.proto.metering.v1.StreamUsageResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One stream of usage with a limited number of unanswered messages. One thread sends. */
final class LoadStream implements StreamObserver<StreamUsageResponse> {

    /** Messages sent and not answered yet: what the server reads ahead of its answers. */
    static final int WINDOW = 8;

    private static final long ANSWER_LIMIT_SECONDS = 120;

    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final StreamObserver<StreamUsageRequest> requests;
    private final LongConsumer acknowledged;
    private long sequence;
    private volatile Answers answers = Answers.NONE;

    /**
     * Opens a stream.
     *
     * @param acknowledged is told the highest position of each answered message, at once
     */
    LoadStream(Client client, LongConsumer acknowledged) {
        this.acknowledged = acknowledged;
        this.requests = client.meteringStream().streamUsage(this);
    }

    /** Sends a message; waits while too many are unanswered. */
    void send(List<MeteredCall> calls) {
        acquire(1);
        requests.onNext(
                StreamUsageRequest.newBuilder().setSequence(++sequence).addAllCalls(calls).build());
    }

    /** Waits until everything is answered, and ends the stream. */
    Answers finish() {
        acquire(WINDOW);
        requests.onCompleted();
        return answers;
    }

    private void acquire(int permits) {
        try {
            if (!window.tryAcquire(permits, ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new BenchFailure("no answer for " + ANSWER_LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("stopped", stop);
        }
        Throwable broken = failure.get();
        if (broken != null) {
            throw new BenchFailure("the stream broke: " + broken.getMessage(), broken);
        }
    }

    @Override
    public void onNext(StreamUsageResponse answer) {
        long highest = 0;
        long recorded = 0;
        long duplicates = 0;
        for (CallResult result : answer.getResultsList()) {
            switch (result.getOutcome()) {
                case OUTCOME_RECORDED -> recorded++;
                case OUTCOME_DUPLICATE -> duplicates++;
                case OUTCOME_CONFLICT, OUTCOME_REJECTED, OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                        refused(result.getRejection().getMessage());
            }
            highest = Math.max(highest, result.getReceipt().getPosition());
        }
        if (answer.hasRejection()) {
            refused(answer.getRejection().getMessage());
        }
        acknowledged.accept(highest);
        answers = answers.plus(new Answers(recorded, duplicates));
        window.release();
    }

    private void refused(String why) {
        failure.compareAndSet(null, new BenchFailure("a call was not taken: " + why));
    }

    @Override
    public void onError(Throwable broken) {
        failure.compareAndSet(null, broken);
        window.release(WINDOW);
    }

    @Override
    public void onCompleted() {
        // Every answer is there: finish() has waited for it.
    }
}
