package dev.meterbook.metering.grpc;

import dev.meterbook.platform.eventlog.WriterOverloadedException;
import dev.meterbook.proto.metering.v1.StreamUsageRequest;
import dev.meterbook.proto.metering.v1.StreamUsageResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of calls. Requests are handed to the writer as they come; a thread of the stream's own
 * waits for them in order and answers. A new request is read when an answer has gone out, so at
 * most {@value #MAX_IN_FLIGHT} are in memory, whoever is slow: the writer, the network, or a client
 * that does not read its answers.
 */
final class UsageStream implements StreamObserver<StreamUsageRequest> {

    /** Requests read and not yet answered. */
    static final int MAX_IN_FLIGHT = 8;

    private static final Logger LOG = LoggerFactory.getLogger(UsageStream.class);

    private final ServerCallStreamObserver<StreamUsageResponse> answers;
    private final Function<StreamUsageRequest, Supplier<StreamUsageResponse>> recording;
    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
    private final Semaphore readiness = new Semaphore(0);
    private final Thread answering;

    private UsageStream(
            ServerCallStreamObserver<StreamUsageResponse> answers,
            Function<StreamUsageRequest, Supplier<StreamUsageResponse>> recording) {
        this.answers = answers;
        this.recording = recording;
        this.answering = Thread.ofVirtual().name("usage-stream").unstarted(this::answerAll);
    }

    /** Opens a stream; called while the call begins. */
    static UsageStream open(
            ServerCallStreamObserver<StreamUsageResponse> answers,
            Function<StreamUsageRequest, Supplier<StreamUsageResponse>> recording) {
        UsageStream stream = new UsageStream(answers, recording);
        answers.disableAutoRequest();
        answers.setOnReadyHandler(stream.readiness::release);
        answers.setOnCancelHandler(stream.answering::interrupt);
        answers.setOnCloseHandler(stream.answering::interrupt);
        answers.request(MAX_IN_FLIGHT);
        stream.answering.start();
        return stream;
    }

    private sealed interface Turn {}

    private record Answer(StreamUsageRequest request, Supplier<StreamUsageResponse> response)
            implements Turn {}

    private record End() implements Turn {}

    @Override
    public void onNext(StreamUsageRequest request) {
        turns.add(new Answer(request, begin(request)));
    }

    /** A failure takes its turn like an answer, so that what was read before is answered first. */
    private Supplier<StreamUsageResponse> begin(StreamUsageRequest request) {
        try {
            return recording.apply(request);
        } catch (RuntimeException failure) {
            return () -> {
                throw failure;
            };
        }
    }

    @Override
    public void onCompleted() {
        turns.add(new End());
    }

    /** The client is gone; what was read is recorded all the same. */
    @Override
    public void onError(Throwable gone) {
        answering.interrupt();
    }

    private void answerAll() {
        try {
            while (turns.take() instanceof Answer next) {
                StreamUsageResponse response = await(next);
                awaitReadiness();
                answers.onNext(response);
                answers.request(1);
            }
            answers.onCompleted();
        } catch (InterruptedException gone) {
            LOG.debug("a stream of usage was given up by its client");
        } catch (RuntimeException failure) {
            fail(WriteFailure.refusal(failure));
        }
    }

    private void fail(RuntimeException failure) {
        if (failure instanceof StatusRuntimeException) {
            answers.onError(failure);
        } else {
            LOG.error("a stream of usage failed", failure);
            answers.onError(Status.INTERNAL.withDescription("internal error").asException());
        }
    }

    /** Patient: while too much waits to be written, nothing more is read from this client. */
    private StreamUsageResponse await(Answer turn) throws InterruptedException {
        Supplier<StreamUsageResponse> response = turn.response();
        while (true) {
            try {
                return response.get();
            } catch (WriterOverloadedException full) {
                Thread.sleep(WriteFailure.RETRY_DELAY);
                response = begin(turn.request());
            }
        }
    }

    private void awaitReadiness() throws InterruptedException {
        while (!answers.isReady()) {
            readiness.acquire();
        }
    }
}
