package dev.meterbook.platform.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.meterbook.platform.PlatformContext;
import dev.meterbook.platform.consumer.LogConsumer;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.platform.security.ApiKeyEvents;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.operations.v1.Consumer;
import dev.meterbook.proto.operations.v1.DeadLetter;
import dev.meterbook.proto.operations.v1.ListConsumersRequest;
import dev.meterbook.proto.operations.v1.ListDeadLettersRequest;
import dev.meterbook.proto.operations.v1.OperationsServiceGrpc;
import dev.meterbook.proto.operations.v1.OperationsServiceGrpc.OperationsServiceBlockingStub;
import dev.meterbook.proto.operations.v1.ReplayConsumerRequest;
import dev.meterbook.proto.operations.v1.ReplayConsumerResponse;
import dev.meterbook.proto.operations.v1.RetryDeadLettersRequest;
import dev.meterbook.proto.operations.v1.RetryDeadLettersResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.micronaut.context.annotation.Requires;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationsEndpointTest {

    private static final EventType NOTED = EventType.of("ledger.Noted");
    private static final ApiKey OPERATOR = new ApiKey("op1", "secretOfOperator");
    private static final ApiKey TENANT = new ApiKey("acme1", "secretOfAcme0123");

    private PlatformContext platform;
    private ManagedChannel channel;

    /** Counts events; an event with an empty payload is poison while it is told so. */
    @Singleton
    @Requires(property = "test.tally")
    static final class Tally implements LogConsumer {
        private final AtomicInteger count = new AtomicInteger();
        private volatile boolean strict = true;

        @Override
        public String name() {
            return "ledger-tally";
        }

        @Override
        public String service() {
            return "ledger";
        }

        @Override
        public String log() {
            return "ledger";
        }

        @Override
        public Set<String> eventNames() {
            return Set.of(NOTED.name());
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public void reset(Connection transaction) {
            count.set(0);
        }

        @Override
        public void handle(Connection transaction, List<StoredEvent> batch) {
            if (strict && batch.stream().anyMatch(event -> event.payload().length == 0)) {
                throw new IllegalArgumentException("nothing in it");
            }
            count.addAndGet(batch.size());
        }
    }

    @BeforeEach
    void start() throws SQLException {
        platform = PlatformContext.fresh("tally");
        GrpcEmbeddedServer server = platform.context().getBean(GrpcEmbeddedServer.class);
        server.start();
        channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", server.getPort())
                        .usePlaintext()
                        .build();
        EventLog keys = platform.context().getBean(EventLog.class, Qualifiers.byName("gateway"));
        List<NewEvent> issued =
                List.of(
                        ApiKeyEvents.issued(OPERATOR, null, Set.of(Scope.ADMIN), null),
                        ApiKeyEvents.issued(TENANT, "acme", Set.of(Scope.ADMIN), null));
        platform.context()
                .getBean(Database.class, Qualifiers.byName("gateway"))
                .write(transaction -> keys.append(transaction, issued));
        append(1, new byte[] {1});
        append(2, new byte[0]);
        append(3, new byte[] {1});
        await().until(() -> tally().count.get() == 2);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        platform.close();
    }

    private Tally tally() {
        return platform.context().getBean(Tally.class);
    }

    private void append(long key, byte[] payload) {
        NewEvent event = NewEvent.of("acme", new UUID(2, key), NOTED, payload);
        platform.database()
                .write(transaction -> platform.log().append(transaction, List.of(event)));
    }

    private OperationsServiceBlockingStub as(ApiKey key) {
        Metadata credential = new Metadata();
        credential.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key.text());
        return OperationsServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credential));
    }

    private static <T> List<T> all(Iterator<T> answers) {
        List<T> all = new ArrayList<>();
        answers.forEachRemaining(all::add);
        return all;
    }

    @Test
    void tells_of_consumers_and_of_what_they_set_aside() {
        await().until(() -> consumer().getPosition() == 3);
        assertThat(consumer().getHead()).isEqualTo(3);
        assertThat(consumer().getDeadLetterCount()).isEqualTo(1);
        assertThat(consumer().getReplayable()).isTrue();

        List<DeadLetter> letters =
                all(
                        as(OPERATOR)
                                .listDeadLetters(
                                        ListDeadLettersRequest.newBuilder()
                                                .setTenant("acme")
                                                .build()));
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().getPosition()).isEqualTo(2);
        assertThat(letters.getFirst().getReason())
                .isEqualTo("IllegalArgumentException: nothing in it");
    }

    private Consumer consumer() {
        return as(OPERATOR).listConsumers(ListConsumersRequest.getDefaultInstance()).next();
    }

    @Test
    void retries_what_was_set_aside() {
        tally().strict = false;

        List<RetryDeadLettersResponse> answers =
                all(as(OPERATOR).retryDeadLetters(RetryDeadLettersRequest.getDefaultInstance()));

        assertThat(answers)
                .containsExactly(
                        RetryDeadLettersResponse.newBuilder()
                                .setConsumer("ledger-tally")
                                .setTaken(1)
                                .build());
        assertThat(tally().count.get()).isEqualTo(3);
    }

    @Test
    void replays_and_tells_the_progress_until_the_end() {
        List<ReplayConsumerResponse> progress =
                all(
                        as(OPERATOR)
                                .replayConsumer(
                                        ReplayConsumerRequest.newBuilder()
                                                .setConsumer("ledger-tally")
                                                .build()));

        assertThat(progress.getLast().getPosition()).isEqualTo(3);
        assertThat(progress.getLast().getTarget()).isEqualTo(3);
        assertThat(tally().count.get()).isEqualTo(2);
        assertThat(consumer().getDeadLetterCount()).isEqualTo(1);

        tally().strict = false;
        all(
                as(OPERATOR)
                        .replayConsumer(
                                ReplayConsumerRequest.newBuilder()
                                        .setConsumer("ledger-tally")
                                        .build()));

        assertThat(tally().count.get()).isEqualTo(3);
        assertThat(consumer().getDeadLetterCount()).isZero();
    }

    @Test
    void refuses_unknown_consumers_and_tenants_keys() {
        assertThatThrownBy(
                        () ->
                                all(
                                        as(OPERATOR)
                                                .replayConsumer(
                                                        ReplayConsumerRequest.newBuilder()
                                                                .setConsumer("nobody")
                                                                .build())))
                .hasMessage("NOT_FOUND: consumer: nobody: not found");
        assertThatThrownBy(
                        () ->
                                all(
                                        as(TENANT)
                                                .listConsumers(
                                                        ListConsumersRequest.getDefaultInstance())))
                .hasMessage("PERMISSION_DENIED: credential: bound to a tenant");
    }
}
