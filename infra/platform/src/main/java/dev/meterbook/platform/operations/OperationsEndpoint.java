package dev.meterbook.platform.operations;

import com.google.protobuf.Timestamp;
import dev.meterbook.platform.consumer.LogConsumers;
import dev.meterbook.platform.consumer.OperatedConsumer;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.operations.v1.Consumer;
import dev.meterbook.proto.operations.v1.DeadLetter;
import dev.meterbook.proto.operations.v1.ListConsumersRequest;
import dev.meterbook.proto.operations.v1.ListDeadLettersRequest;
import dev.meterbook.proto.operations.v1.OperationsServiceGrpc;
import dev.meterbook.proto.operations.v1.ReplayConsumerRequest;
import dev.meterbook.proto.operations.v1.ReplayConsumerResponse;
import dev.meterbook.proto.operations.v1.RetryDeadLettersRequest;
import dev.meterbook.proto.operations.v1.RetryDeadLettersResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The consumers of this process, for its operator. */
@Singleton
public final class OperationsEndpoint extends OperationsServiceGrpc.OperationsServiceImplBase {

    private static final int MAX_LETTERS = 10_000;
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(200);
    private static final String ALL = "-";

    private final LogConsumers consumers;
    private final List<OperatedConsumer> others;

    OperationsEndpoint(LogConsumers consumers, List<OperatedConsumer> others) {
        this.consumers = consumers;
        this.others = others;
    }

    private List<OperatedConsumer> all() {
        return Stream.<OperatedConsumer>concat(consumers.all().stream(), others.stream()).toList();
    }

    @Override
    public void listConsumers(ListConsumersRequest request, StreamObserver<Consumer> answers) {
        Caller.current().requireOperator(Scope.ADMIN);
        all().forEach(each -> answers.onNext(toProto(each)));
        answers.onCompleted();
    }

    @Override
    public void listDeadLetters(
            ListDeadLettersRequest request, StreamObserver<DeadLetter> answers) {
        Caller.current().requireOperator(Scope.ADMIN);
        for (OperatedConsumer each : named(request.getConsumer())) {
            each.deadLetters(tenantOrAll(request.getTenant()), 0, MAX_LETTERS)
                    .forEach(letter -> answers.onNext(toProto(each, letter)));
        }
        answers.onCompleted();
    }

    @Override
    public void retryDeadLetters(
            RetryDeadLettersRequest request, StreamObserver<RetryDeadLettersResponse> answers) {
        Caller.current().requireOperator(Scope.ADMIN);
        for (OperatedConsumer each : named(request.getConsumer())) {
            int taken = each.retryDeadLetters(tenantOrAll(request.getTenant()));
            answers.onNext(
                    RetryDeadLettersResponse.newBuilder()
                            .setConsumer(each.name())
                            .setTaken(taken)
                            .setLeft(each.deadLetterCount())
                            .build());
        }
        answers.onCompleted();
    }

    @Override
    public void replayConsumer(
            ReplayConsumerRequest request, StreamObserver<ReplayConsumerResponse> answers) {
        Caller.current().requireOperator(Scope.ADMIN);
        OperatedConsumer consumer = find(request.getConsumer());
        consumer.whyNotReplayable()
                .ifPresent(
                        why -> {
                            throw Refusal.precondition(
                                    "NOT_REPLAYABLE",
                                    "consumer: %s (expected: a projection; here %s)"
                                            .formatted(consumer.name(), why));
                        });
        long target = consumer.head();
        consumer.replay();
        tellProgress(consumer, target, (ServerCallStreamObserver<ReplayConsumerResponse>) answers);
    }

    private static void tellProgress(
            OperatedConsumer consumer,
            long target,
            ServerCallStreamObserver<ReplayConsumerResponse> answers) {
        for (long position = 0; position < target && !answers.isCancelled(); ) {
            position = consumer.position();
            answers.onNext(
                    ReplayConsumerResponse.newBuilder()
                            .setPosition(Math.min(position, target))
                            .setTarget(target)
                            .build());
            if (!pause()) {
                break;
            }
        }
        if (!answers.isCancelled()) {
            answers.onCompleted();
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PROGRESS_INTERVAL);
            return true;
        } catch (InterruptedException gone) {
            return false;
        }
    }

    private List<OperatedConsumer> named(String name) {
        return name.isEmpty() ? all() : List.of(find(name));
    }

    private OperatedConsumer find(String name) {
        return all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static StatusRuntimeException unknown(String name) {
        return Refusal.notFound("CONSUMER_NOT_FOUND", "consumer: " + name);
    }

    private static String tenantOrAll(String tenant) {
        return tenant.isEmpty() ? ALL : tenant;
    }

    private static Consumer toProto(OperatedConsumer running) {
        return Consumer.newBuilder()
                .setName(running.name())
                .setService(running.service())
                .setLog(running.log())
                .setPosition(running.position())
                .setHead(running.head())
                .setDeadLetterCount(running.deadLetterCount())
                .setReplayable(running.whyNotReplayable().isEmpty())
                .build();
    }

    private static DeadLetter toProto(
            OperatedConsumer running, dev.meterbook.platform.consumer.DeadLetter letter) {
        return DeadLetter.newBuilder()
                .setConsumer(letter.consumer())
                .setLog(running.log())
                .setShard(letter.part().shard())
                .setPosition(letter.part().position())
                .setTenant(letter.part().tenantId())
                .setEventName(letter.part().type().name())
                .setReason(letter.reason())
                .setAttempts(letter.attempts())
                .setFirstTime(toProto(letter.firstTime()))
                .setLastTime(toProto(letter.lastTime()))
                .build();
    }

    private static Timestamp toProto(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
