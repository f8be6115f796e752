package dev.meterbook.platform.operations;

import com.google.protobuf.Timestamp;
import dev.meterbook.platform.consumer.LogConsumers;
import dev.meterbook.platform.consumer.RunningConsumer;
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

/** The consumers of this process, for its operator. */
@Singleton
public final class OperationsEndpoint extends OperationsServiceGrpc.OperationsServiceImplBase {

    private static final int MAX_LETTERS = 10_000;
    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(200);
    private static final String ALL = "-";

    private final LogConsumers consumers;

    OperationsEndpoint(LogConsumers consumers) {
        this.consumers = consumers;
    }

    @Override
    public void listConsumers(ListConsumersRequest request, StreamObserver<Consumer> answers) {
        Caller.current().requireOperator(Scope.ADMIN);
        consumers.all().forEach(each -> answers.onNext(toProto(each)));
        answers.onCompleted();
    }

    @Override
    public void listDeadLetters(
            ListDeadLettersRequest request, StreamObserver<DeadLetter> answers) {
        Caller.current().requireOperator(Scope.ADMIN);
        for (RunningConsumer each : named(request.getConsumer())) {
            each.deadLetters(tenantOrAll(request.getTenant()), 0, MAX_LETTERS)
                    .forEach(letter -> answers.onNext(toProto(each, letter)));
        }
        answers.onCompleted();
    }

    @Override
    public void retryDeadLetters(
            RetryDeadLettersRequest request, StreamObserver<RetryDeadLettersResponse> answers) {
        Caller.current().requireOperator(Scope.ADMIN);
        for (RunningConsumer each : named(request.getConsumer())) {
            int taken = each.retryDeadLetters(tenantOrAll(request.getTenant()));
            answers.onNext(
                    RetryDeadLettersResponse.newBuilder()
                            .setConsumer(each.consumer().name())
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
        RunningConsumer consumer = find(request.getConsumer());
        if (!consumer.consumer().isReplayable()) {
            throw Refusal.precondition(
                    "NOT_REPLAYABLE",
                    "consumer: " + request.getConsumer() + " (expected: a replayable one)");
        }
        long target = consumer.head();
        consumer.replay();
        tellProgress(consumer, target, (ServerCallStreamObserver<ReplayConsumerResponse>) answers);
    }

    private static void tellProgress(
            RunningConsumer consumer,
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

    private List<RunningConsumer> named(String name) {
        return name.isEmpty() ? consumers.all() : List.of(find(name));
    }

    private RunningConsumer find(String name) {
        return consumers.find(name).orElseThrow(() -> unknown(name));
    }

    private static StatusRuntimeException unknown(String name) {
        return Refusal.notFound("CONSUMER_NOT_FOUND", "consumer: " + name);
    }

    private static String tenantOrAll(String tenant) {
        return tenant.isEmpty() ? ALL : tenant;
    }

    private static Consumer toProto(RunningConsumer running) {
        return Consumer.newBuilder()
                .setName(running.consumer().name())
                .setService(running.consumer().service())
                .setLog(running.consumer().log())
                .setPosition(running.position())
                .setHead(running.head())
                .setDeadLetterCount(running.deadLetterCount())
                .setReplayable(running.consumer().isReplayable())
                .build();
    }

    private static DeadLetter toProto(
            RunningConsumer running, dev.meterbook.platform.consumer.DeadLetter letter) {
        return DeadLetter.newBuilder()
                .setConsumer(letter.consumer())
                .setLog(running.consumer().log())
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
