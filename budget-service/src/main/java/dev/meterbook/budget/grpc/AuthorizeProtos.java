package dev.meterbook.budget.grpc;

import com.google.protobuf.Duration;
import dev.meterbook.budget.application.admission.Authorization;
import dev.meterbook.budget.application.admission.Authorization.Grant;
import dev.meterbook.budget.application.admission.HoldState;
import dev.meterbook.budget.axon.BudgetMessages;
import dev.meterbook.proto.budget.v1.AuthorizeResponse;
import dev.meterbook.proto.budget.v1.Decision;
import dev.meterbook.proto.budget.v1.Limitation;
import dev.meterbook.proto.budget.v1.LimitationReason;
import dev.meterbook.proto.budget.v1.Warning;
import dev.meterbook.proto.type.v1.Money;

/** Answers to the question before a call, as messages. */
final class AuthorizeProtos {

    /** When to ask again for what passes by itself. */
    private static final long RETRY_SECONDS = 1;

    private AuthorizeProtos() {}

    static AuthorizeResponse toProto(Authorization answer) {
        AuthorizeResponse.Builder message =
                AuthorizeResponse.newBuilder()
                        .setDecision(toProto(answer.verdict()))
                        .setModel(answer.model());
        answer.hold().ifPresent(grant -> add(grant, message));
        answer.maxOutputTokens().ifPresent(message::setMaxOutputTokens);
        answer.limitedBy().ifPresent(limit -> message.setLimitedBy(toProto(limit)));
        for (Authorization.Warning warning : answer.warnings()) {
            message.addWarnings(
                    Warning.newBuilder()
                            .setBudget(warning.budget().name())
                            .setUsedBasisPoints(warning.usedBasisPoints())
                            .setMessage(warning.budget().name() + ": " + warning.text()));
        }
        return message.build();
    }

    private static void add(Grant grant, AuthorizeResponse.Builder message) {
        message.setHoldId(grant.holdId())
                .setHoldExpireTime(BudgetProtos.time(grant.expireTime()))
                .setHeldTokens(grant.tokens());
        grant.amount()
                .ifPresent(
                        amount ->
                                message.setHeldAmount(
                                        Money.newBuilder()
                                                .setAmount(amount.plainAmount())
                                                .setCurrencyCode(amount.currency().code())));
    }

    private static Decision toProto(Authorization.Verdict verdict) {
        return switch (verdict) {
            case GRANTED -> Decision.DECISION_GRANTED;
            case LOWERED -> Decision.DECISION_GRANTED_WITH_LOWER_LIMIT;
            case DOWNGRADED -> Decision.DECISION_DOWNGRADE;
            case DENIED -> Decision.DECISION_DENIED;
        };
    }

    private static Limitation toProto(Authorization.Limitation limit) {
        Limitation.Builder message =
                Limitation.newBuilder()
                        .setBudget(limit.budget().name())
                        .setReason(toProto(limit.reason()))
                        .setMessage(limit.budget().name() + ": " + limit.reason().text());
        limit.remaining().ifPresent(amount -> message.setRemaining(BudgetMessages.toProto(amount)));
        limit.resetTime().ifPresent(time -> message.setResetTime(BudgetProtos.time(time)));
        if (limit.reason().isPassing()) {
            message.setRetryDelay(Duration.newBuilder().setSeconds(RETRY_SECONDS));
        }
        return message.build();
    }

    private static LimitationReason toProto(dev.meterbook.budget.domain.LimitationReason reason) {
        return switch (reason) {
            case LIMIT_REACHED -> LimitationReason.LIMITATION_REASON_LIMIT_REACHED;
            case PRICE_UNKNOWN -> LimitationReason.LIMITATION_REASON_PRICE_UNKNOWN;
            case CURRENCY_MISMATCH -> LimitationReason.LIMITATION_REASON_CURRENCY_MISMATCH;
            case TOKENS_UNKNOWN -> LimitationReason.LIMITATION_REASON_TOKENS_UNKNOWN;
            case PRICING_UNAVAILABLE -> LimitationReason.LIMITATION_REASON_PRICING_UNAVAILABLE;
            case COUNTERS_UNAVAILABLE -> LimitationReason.LIMITATION_REASON_COUNTERS_UNAVAILABLE;
        };
    }

    static dev.meterbook.proto.budget.v1.HoldState toProto(HoldState state) {
        return switch (state) {
            case RELEASED -> dev.meterbook.proto.budget.v1.HoldState.HOLD_STATE_RELEASED;
            case SETTLED -> dev.meterbook.proto.budget.v1.HoldState.HOLD_STATE_SETTLED;
            case EXPIRED -> dev.meterbook.proto.budget.v1.HoldState.HOLD_STATE_EXPIRED;
            case AWAITING_PRICE ->
                    dev.meterbook.proto.budget.v1.HoldState.HOLD_STATE_AWAITING_PRICE;
            case OPEN, UNKNOWN -> dev.meterbook.proto.budget.v1.HoldState.HOLD_STATE_UNSPECIFIED;
        };
    }
}
