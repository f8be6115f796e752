package dev.meterbook.budget.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.budget.domain.CallDimensions;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.RatedCall;
import dev.meterbook.budget.domain.RatedCall.Kind;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rated calls as pricing tells them. */
final class RatedUsage {

    private final UsageRated batch;
    private final Kind kind;

    /** For one call after the other: each sets every property. */
    private final CallDimensions.Builder properties = CallDimensions.builder();

    private RatedUsage(UsageRated batch) {
        this.batch = batch;
        this.kind = kind(batch.getKind());
    }

    /**
     * The calls of an event, in order.
     *
     * @throws IllegalStateException if the bytes are no such event
     */
    static List<RatedCall> calls(byte[] payload) {
        try {
            RatedUsage usage = new RatedUsage(UsageRated.parseFrom(payload));
            List<RatedCall> calls = new ArrayList<>(usage.batch.getCallsCount());
            for (var call : usage.batch.getCallsList()) {
                calls.add(usage.call(call));
            }
            return calls;
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("pricing.UsageRated cannot be read", broken);
        }
    }

    private static Kind kind(RatingKind kind) {
        return switch (kind) {
            case RATING_KIND_INITIAL -> Kind.INITIAL;
            case RATING_KIND_LATE -> Kind.LATE;
            case RATING_KIND_CORRECTION -> Kind.CORRECTION;
            case RATING_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalStateException("rating kind: " + kind);
        };
    }

    private RatedCall call(dev.meterbook.proto.pricing.v1.RatedCall call) {
        return new RatedCall(
                kind,
                dimensions(call),
                Instant.EPOCH.plus(
                        batch.getBaseTimeMicros() + call.getOccurTimeOffsetMicros(),
                        ChronoUnit.MICROS),
                call.getInputTokens() + call.getOutputTokens(),
                charge(call),
                text(call.getHoldText()));
    }

    private CallDimensions dimensions(dev.meterbook.proto.pricing.v1.RatedCall call) {
        return properties
                .set(Dimension.TENANT, text(call.getTenantText()))
                .set(Dimension.CUSTOMER, text(call.getCustomerText()))
                .set(Dimension.USER, text(call.getUserText()))
                .set(Dimension.COST_CENTER, text(call.getCostCenterText()))
                .set(Dimension.APPLICATION, text(call.getApplicationText()))
                .set(Dimension.ENVIRONMENT, text(call.getEnvironmentText()))
                .set(Dimension.USE_CASE, text(call.getUseCaseText()))
                .set(Dimension.FEATURE, text(call.getFeatureText()))
                .set(Dimension.BUSINESS_PROCESS, text(call.getBusinessProcessText()))
                .set(Dimension.PROVIDER, text(call.getProviderText()))
                .set(Dimension.MODEL, text(call.getModelText()))
                .set(Dimension.REGION, text(call.getRegionText()))
                .set(Dimension.WORKFLOW, text(call.getWorkflowText()))
                .set(Dimension.RUN, text(call.getRunText()))
                .set(Dimension.AGENT, text(call.getAgentText()))
                .build();
    }

    private Optional<Money> charge(dev.meterbook.proto.pricing.v1.RatedCall call) {
        if (call.getUnpricedReason() != UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
            return Optional.empty();
        }
        String amount = call.getCharge();
        return Optional.of(
                new Money(
                        amount.isEmpty() ? BigDecimal.ZERO : new BigDecimal(amount),
                        CurrencyCode.of(text(call.getChargeCurrencyText()))));
    }

    private String text(int index) {
        return index == 0 ? "" : batch.getTexts(index);
    }
}
