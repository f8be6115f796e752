package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.MeteringServiceGrpc.MeteringServiceStub;
import dev.meterbook.proto.metering.v1.StreamUsageRequest;
import dev.meterbook.proto.metering.v1.StreamUsageResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One stream of usage with a limited number of unanswered messages. Used by one sending thread. */
final class UsageStream implements StreamObserver<StreamUsageResponse> {

    /** Messages sent and not answered yet. */
    private static final int WINDOW = 8;

    private static final long ANSWER_LIMIT_SECONDS = 120;

    private final Tally tally;
    private final ProgressLine progress;
    private final Semaphore window = new Semaphore(WINDOW);
    private final Map<Long, List<MeteredCall>> unanswered = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final StreamObserver<StreamUsageRequest> requests;

    UsageStream(MeteringServiceStub metering, Tally tally, ProgressLine progress) {
        this.tally = tally;
        this.progress = progress;
        this.requests = metering.streamUsage(this);
    }

    /** Sends calls; waits while too much is unanswered. */
    void send(List<MeteredCall> calls) {
        acquire(1);
        long number = sequence.incrementAndGet();
        unanswered.put(number, calls);
        requests.onNext(
                StreamUsageRequest.newBuilder().setSequence(number).addAllCalls(calls).build());
    }

    /** Waits until everything is answered. */
    void finish() {
        acquire(WINDOW);
        requests.onCompleted();
    }

    private void acquire(int permits) {
        try {
            if (!window.tryAcquire(permits, ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new CommandFailure(
                        "StreamUsage: no answer for " + ANSWER_LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped", stop);
        }
        Throwable broken = failure.get();
        if (broken != null) {
            throw new CommandFailure("StreamUsage: " + broken.getMessage(), broken);
        }
    }

    @Override
    public void onNext(StreamUsageResponse answer) {
        List<MeteredCall> calls = unanswered.remove(answer.getSequence());
        if (calls == null || answer.getResultsCount() != calls.size()) {
            failure.compareAndSet(
                    null,
                    new IllegalStateException(
                            answer.hasRejection()
                                    ? answer.getRejection().getMessage()
                                    : "answer " + answer.getSequence() + " does not fit"));
        } else {
            int index = 0;
            for (CallResult result : answer.getResultsList()) {
                tally.add(calls.get(index++), result);
            }
            progress.advance(calls.size());
        }
        window.release();
    }

    @Override
    public void onError(Throwable broken) {
        failure.compareAndSet(null, broken);
        // Whoever waits shall see the failure.
        window.release(WINDOW);
    }

    @Override
    public void onCompleted() {
        // Nothing is open any more: finish() has waited for every answer.
    }
}
