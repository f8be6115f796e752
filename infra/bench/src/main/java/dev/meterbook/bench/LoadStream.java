package dev.meterbook.bench;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.StreamUsageRequest;
import dev.meterbook.proto.metering.v1.StreamUsageResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One stream of usage with a limited number of unanswered messages. One thread sends. */
public final class LoadStream implements StreamObserver<StreamUsageResponse> {

    /** Messages sent and not answered yet: what the server reads ahead of its answers. */
    static final int WINDOW = 8;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final StreamObserver<StreamUsageRequest> requests;
    private final Consumer<StreamUsageResponse> answered;
    private final Duration patience;
    private long sequence;
    private volatile Answers answers = Answers.NONE;

    /**
     * Opens a stream.
     *
     * @param acknowledged is told the highest position of each answered message, at once
     */
    LoadStream(Client client, LongConsumer acknowledged) {
        this(client, answer -> acknowledged.accept(highestOf(answer)), PATIENCE);
    }

    /**
     * Opens a stream.
     *
     * @param answered is told each answer, at once
     * @param patience how long an answer may take
     */
    public LoadStream(Client client, Consumer<StreamUsageResponse> answered, Duration patience) {
        this.answered = answered;
        this.patience = patience;
        this.requests = client.meteringStream().streamUsage(this);
    }

    private static long highestOf(StreamUsageResponse answer) {
        return answer.getResultsList().stream()
                .mapToLong(result -> result.getReceipt().getPosition())
                .max()
                .orElse(0);
    }

    /**
     * Sends a message, the first under the sequence 1; waits while too many are unanswered.
     *
     * @throws BenchFailure if the stream broke, a call was refused, or no answer came in time
     */
    public void send(List<MeteredCall> calls) {
        acquire(1);
        requests.onNext(
                StreamUsageRequest.newBuilder().setSequence(++sequence).addAllCalls(calls).build());
    }

    /** Gives the stream up; what was sent may still be recorded. */
    public void cancel() {
        requests.onError(Status.CANCELLED.asRuntimeException());
    }

    /** Waits until everything is answered, and ends the stream. */
    public Answers finish() {
        acquire(WINDOW);
        requests.onCompleted();
        return answers;
    }

    private void acquire(int permits) {
        try {
            if (!window.tryAcquire(permits, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BenchFailure("no answer for " + patience.toSeconds() + " s");
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
        long recorded = 0;
        long duplicates = 0;
        for (CallResult result : answer.getResultsList()) {
            switch (result.getOutcome()) {
                case OUTCOME_RECORDED -> recorded++;
                case OUTCOME_DUPLICATE -> duplicates++;
                case OUTCOME_CONFLICT, OUTCOME_REJECTED, OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                        refused(result.getRejection().getMessage());
            }
        }
        if (answer.hasRejection()) {
            refused(answer.getRejection().getMessage());
        }
        answered.accept(answer);
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
