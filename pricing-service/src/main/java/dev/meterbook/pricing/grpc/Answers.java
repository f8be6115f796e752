package dev.meterbook.pricing.grpc;

import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.pricing.domain.Decision;
import dev.meterbook.pricing.domain.Findings;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** How endpoints answer. */
final class Answers {

    private Answers() {}

    /** Sends one answer; what is thrown becomes the status of the call. */
    static <A> void send(StreamObserver<A> observer, Supplier<A> answer) {
        observer.onNext(answer.get());
        observer.onCompleted();
    }

    /** Refuses what is wrong. */
    static void refuseIfAny(Findings findings) {
        findings.first()
                .ifPresent(
                        violation -> {
                            throw Refusal.invalid(violation);
                        });
    }

    /** Refuses what was decided against. */
    static void refuseIfRefused(Decision decision) {
        switch (decision) {
            case Decision.Accepted _, Decision.Unchanged _ -> {}
            case Decision.Refused refused -> throw refusal(refused);
        }
    }

    private static RuntimeException refusal(Decision.Refused refused) {
        return switch (refused.kind()) {
            case INVALID -> Refusal.invalid(refused.violation());
            case NOT_FOUND ->
                    Refusal.notFound(refused.violation().reason(), refused.violation().value());
            case ALREADY_EXISTS ->
                    Refusal.exists(refused.violation().reason(), refused.violation().message());
        };
    }
}
