package dev.meterbook.metering.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.platform.eventlog.WriterOverloadedException;
import dev.meterbook.platform.jdbc.DatabaseException;
import dev.meterbook.proto.metering.v1.StreamUsageRequest;
import dev.meterbook.proto.metering.v1.StreamUsageResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How fast a stream is read, when answers are slow in any way. */
class UsageStreamTest {

    private final Client client = new Client();

    @Test
    void asks_for_eight_requests_and_for_one_more_with_each_answer() {
        List<CompletableFuture<StreamUsageResponse>> writes = new CopyOnWriteArrayList<>();
        UsageStream stream = UsageStream.open(client, _ -> later(writes));
        assertThat(client.requested).hasValue(8);
        for (int i = 0; i < 8; i++) {
            stream.onNext(StreamUsageRequest.getDefaultInstance());
        }
        assertThat(client.requested).hasValue(8);
        writes.get(0).complete(answer(0));
        writes.get(1).complete(answer(1));
        await().until(() -> client.requested.get() == 10);
        assertThat(client.answers).containsExactly(answer(0), answer(1));
    }

    @Test
    void answers_in_the_order_of_the_requests_even_if_later_ones_are_written_first() {
        List<CompletableFuture<StreamUsageResponse>> writes = new CopyOnWriteArrayList<>();
        UsageStream stream = UsageStream.open(client, _ -> later(writes));
        for (int i = 0; i < 3; i++) {
            stream.onNext(StreamUsageRequest.getDefaultInstance());
        }
        stream.onCompleted();
        writes.get(2).complete(answer(2));
        writes.get(1).complete(answer(1));
        assertThat(client.answers).isEmpty();
        writes.get(0).complete(answer(0));
        await().until(() -> client.completed);
        assertThat(client.answers).containsExactly(answer(0), answer(1), answer(2));
    }

    @Test
    void reads_nothing_more_from_a_client_that_does_not_read_its_answers() {
        client.ready = false;
        UsageStream stream =
                UsageStream.open(client, request -> () -> answer(request.getSequence()));
        stream.onNext(StreamUsageRequest.getDefaultInstance());
        client.onReady.run();
        assertThat(client.answers).isEmpty();
        assertThat(client.requested).hasValue(8);
        client.ready = true;
        client.onReady.run();
        await().until(() -> client.requested.get() == 9);
        assertThat(client.answers).containsExactly(answer(0));
    }

    @Test
    void tries_again_while_too_much_waits_to_be_written() {
        AtomicInteger tries = new AtomicInteger();
        UsageStream stream =
                UsageStream.open(
                        client,
                        _ ->
                                () -> {
                                    if (tries.incrementAndGet() < 3) {
                                        throw new WriterOverloadedException();
                                    }
                                    return answer(7);
                                });
        stream.onNext(StreamUsageRequest.getDefaultInstance());
        stream.onCompleted();
        await().until(() -> client.completed);
        assertThat(tries).hasValue(3);
        assertThat(client.answers).containsExactly(answer(7));
    }

    @Test
    void ends_as_unavailable_when_the_log_cannot_be_written() {
        UsageStream stream =
                UsageStream.open(
                        client,
                        _ -> {
                            throw new DatabaseException(new SQLException("gone", "08006"));
                        });
        stream.onNext(StreamUsageRequest.getDefaultInstance());
        await().until(() -> client.failure != null);
        assertThat(Status.fromThrowable(client.failure).getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    private static Supplier<StreamUsageResponse> later(
            List<CompletableFuture<StreamUsageResponse>> writes) {
        CompletableFuture<StreamUsageResponse> write = new CompletableFuture<>();
        writes.add(write);
        return write::join;
    }

    private static StreamUsageResponse answer(long sequence) {
        return StreamUsageResponse.newBuilder().setSequence(sequence).build();
    }

    /** The other end of the stream, under the test's control. */
    private static final class Client extends ServerCallStreamObserver<StreamUsageResponse> {
        private final AtomicInteger requested = new AtomicInteger();
        private final List<StreamUsageResponse> answers = new CopyOnWriteArrayList<>();
        private volatile boolean ready = true;
        private volatile boolean completed;
        private volatile @Nullable Throwable failure;
        private Runnable onReady = () -> {};

        @Override
        public void onNext(StreamUsageResponse answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable error) {
            failure = error;
        }

        @Override
        public void onCompleted() {
            completed = true;
        }

        @Override
        public void request(int count) {
            requested.addAndGet(count);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            onReady = handler;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setOnCloseHandler(Runnable handler) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void disableAutoRequest() {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void setCompression(String compression) {}
    }
}
