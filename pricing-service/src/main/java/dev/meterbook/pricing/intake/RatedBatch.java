package dev.meterbook.pricing.intake;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packs the ratings of up to {@value #MAX_CALLS} calls into one event; texts are held once. */
final class RatedBatch {

    /** Name and revision of the event. */
    static final EventType EVENT = EventType.of("pricing.UsageRated");

    /** Calls of one event at most. */
    static final int MAX_CALLS = 1_000;

    private final UsageRated.Builder message;
    private final Map<String, Integer> texts = new HashMap<>();
    private final RatingKind kind;
    private final int usageShard;
    private final long firstPosition;
    private final long baseMicros;
    private long lastPosition;

    /** A batch whose first call is the given one; it is not added by that. */
    RatedBatch(RatingKind kind, MeteredUsage first) {
        this.kind = kind;
        this.usageShard = first.event().shard();
        this.firstPosition = first.event().position();
        this.lastPosition = firstPosition;
        this.baseMicros = first.facts().occurTimeMicros();
        this.message =
                UsageRated.newBuilder()
                        .setUsageShard(usageShard)
                        .setKind(kind)
                        .setBaseTimeMicros(baseMicros);
        texts.put("", 0);
        message.addTexts("");
    }

    /** Adds a call; positions ascend. */
    void add(MeteredUsage usage, Rating rating) {
        lastPosition = usage.event().position();
        RatedCall.Builder rated =
                RatedCall.newBuilder()
                        .setUsagePosition(lastPosition)
                        .setOccurTimeOffsetMicros(usage.facts().occurTimeMicros() - baseMicros);
        addDimensions(rated, usage);
        addTokens(rated, usage.facts().quantities());
        switch (rating) {
            case Rating.Rated priced -> addAmounts(rated, priced);
            case Rating.Unpriced unpriced ->
                    rated.setUnpricedReason(PriceMessages.toProto(unpriced.reason()));
        }
        message.addCalls(rated);
    }

    private void addDimensions(RatedCall.Builder rated, MeteredUsage usage) {
        MeteredCall call = usage.call();
        rated.setTenantText(text(usage.facts().tenant()))
                .setCustomerText(text(call.getCustomer()))
                .setUserText(text(call.getUser()))
                .setCostCenterText(text(call.getCostCenter()))
                .setApplicationText(text(call.getApplication()))
                .setEnvironmentText(text(call.getEnvironment()))
                .setUseCaseText(text(call.getUseCase()))
                .setFeatureText(text(call.getFeature()))
                .setBusinessProcessText(text(call.getBusinessProcess()))
                .setProviderText(text(usage.facts().provider()))
                .setModelText(text(usage.facts().model()))
                .setRegionText(text(call.getRegion()))
                .setWorkflowText(text(call.getWorkflow()))
                .setRunText(text(call.getRun()))
                .setAgentText(text(call.getAgent()))
                .setHoldText(text(call.getHoldId()));
    }

    private static void addTokens(RatedCall.Builder rated, Quantities quantities) {
        rated.setInputTokens(quantities.inputTokens())
                .setCacheReadTokens(quantities.cacheReadTokens())
                .setCacheWriteTokens(quantities.cacheWriteTokens())
                .setOutputTokens(quantities.outputTokens())
                .setReasoningTokens(quantities.amountOf(Leaf.OUTPUT_REASONING));
    }

    private void addAmounts(RatedCall.Builder rated, Rating.Rated priced) {
        rated.setContractText(text(priced.source().contract()))
                .setPriceVersionText(text(priced.source().version()))
                .setCostCurrencyText(text(priced.source().currency().code()))
                .setListCost(plainOrEmpty(priced.listCost()))
                .setBilledCost(Decimals.plain(priced.billedCost()))
                .setPlanText(text(priced.plan()))
                .setChargeCurrencyText(text(priced.chargeCurrency().code()))
                .setCharge(Decimals.plain(priced.charge()));
    }

    private static String plainOrEmpty(@Nullable BigDecimal amount) {
        return amount == null ? "" : Decimals.plain(amount);
    }

    private int text(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        Integer known = texts.putIfAbsent(text, texts.size());
        if (known != null) {
            return known;
        }
        message.addTexts(text);
        return texts.size() - 1;
    }

    int usageShard() {
        return usageShard;
    }

    long firstPosition() {
        return firstPosition;
    }

    long lastPosition() {
        return lastPosition;
    }

    boolean isFull() {
        return message.getCallsCount() >= MAX_CALLS;
    }

    /**
     * The event. Its key follows from kind and first call, so that the same ratings cannot be
     * stored twice. It mixes tenants and therefore belongs to the operator.
     */
    NewEvent event() {
        String key = "rating/" + usageShard + "/" + firstPosition + "/" + kind.name();
        return NewEvent.of("", CallKey.of(key), EVENT, message.build().toByteArray());
    }

    /**
     * Where a rating came to stand.
     *
     * @throws IllegalStateException if it is not new
     */
    static long position(AppendOutcome outcome) {
        if (outcome instanceof AppendOutcome.Recorded recorded) {
            return recorded.position();
        }
        throw new IllegalStateException(
                "calls were rated before, at position "
                        + outcome.position()
                        + ": the consumer's position was moved back");
    }
}
