package dev.meterbook.pricing.intake;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.pricing.domain.Counted;
import dev.meterbook.pricing.domain.ExchangeRate;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.Spent;
import dev.meterbook.pricing.domain.TermOwner;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatedSpend;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Packs the ratings of up to {@value #MAX_CALLS} calls into one event; texts are held once. */
final class RatedBatch {

    /** Name and revision of the event. */
    static final EventType EVENT = EventType.of("pricing.UsageRated");

    /** Calls of one event at most. */
    static final int MAX_CALLS = 1_000;

    private static final int USUAL_TEXTS = 2_000;

    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> indexes = HashMap.newHashMap(USUAL_TEXTS);
    private final RatedCallWriter writer = new RatedCallWriter(MAX_CALLS);
    private final RatingKind kind;
    private final String decision;
    private final int usageShard;
    private final long firstPosition;
    private final long baseMicros;
    private long lastPosition;
    private long firstOccurMicros;
    private long lastOccurMicros;
    private int calls;

    /** A batch whose first call is the given one; it is not added by that. */
    RatedBatch(RatingKind kind, MeteredUsage first) {
        this(kind, first, "");
    }

    private RatedBatch(RatingKind kind, MeteredUsage first, String decision) {
        this.kind = kind;
        this.decision = decision;
        this.usageShard = first.event().shard();
        this.firstPosition = first.event().position();
        this.lastPosition = firstPosition;
        this.baseMicros = first.facts().occurTimeMicros();
        this.firstOccurMicros = baseMicros;
        this.lastOccurMicros = baseMicros;
        texts.add("");
    }

    /**
     * A batch of differences.
     *
     * @param first its first call
     * @param knownPosition the end of the rating log when it was decided, which no other has
     * @param part what of the correction it holds
     */
    static RatedBatch correction(MeteredUsage first, long knownPosition, String part) {
        return new RatedBatch(
                RatingKind.RATING_KIND_CORRECTION, first, "/" + knownPosition + "/" + part);
    }

    /** Adds a call; positions ascend. */
    void add(MeteredUsage usage, Rating rating) {
        lastPosition = usage.event().position();
        firstOccurMicros = Math.min(firstOccurMicros, usage.facts().occurTimeMicros());
        lastOccurMicros = Math.max(lastOccurMicros, usage.facts().occurTimeMicros());
        calls++;
        try {
            write(usage, rating);
        } catch (IOException impossible) {
            throw new UncheckedIOException("call " + lastPosition + " is too long", impossible);
        }
    }

    private void write(MeteredUsage usage, Rating rating) throws IOException {
        writer.number(RatedCall.USAGE_POSITION_FIELD_NUMBER, lastPosition);
        writer.signed(
                RatedCall.OCCUR_TIME_OFFSET_MICROS_FIELD_NUMBER,
                usage.facts().occurTimeMicros() - baseMicros);
        writeDimensions(usage.texts(), usage.facts());
        writeTokens(usage.facts().quantities());
        switch (rating) {
            case Rating.Rated priced -> writeAmounts(priced);
            case Rating.Unpriced unpriced ->
                    writer.number(
                            RatedCall.UNPRICED_REASON_FIELD_NUMBER,
                            PriceMessages.toProto(unpriced.reason()).getNumber());
        }
        writer.end(UsageRated.CALLS_FIELD_NUMBER);
    }

    private void writeDimensions(CallTexts call, CallFacts facts) throws IOException {
        text(RatedCall.TENANT_TEXT_FIELD_NUMBER, facts.tenant());
        text(RatedCall.CUSTOMER_TEXT_FIELD_NUMBER, call.of(MeteredCall.CUSTOMER_FIELD_NUMBER));
        text(RatedCall.USER_TEXT_FIELD_NUMBER, call.of(MeteredCall.USER_FIELD_NUMBER));
        text(
                RatedCall.COST_CENTER_TEXT_FIELD_NUMBER,
                call.of(MeteredCall.COST_CENTER_FIELD_NUMBER));
        text(
                RatedCall.APPLICATION_TEXT_FIELD_NUMBER,
                call.of(MeteredCall.APPLICATION_FIELD_NUMBER));
        text(
                RatedCall.ENVIRONMENT_TEXT_FIELD_NUMBER,
                call.of(MeteredCall.ENVIRONMENT_FIELD_NUMBER));
        text(RatedCall.USE_CASE_TEXT_FIELD_NUMBER, call.of(MeteredCall.USE_CASE_FIELD_NUMBER));
        text(RatedCall.FEATURE_TEXT_FIELD_NUMBER, call.of(MeteredCall.FEATURE_FIELD_NUMBER));
        text(
                RatedCall.BUSINESS_PROCESS_TEXT_FIELD_NUMBER,
                call.of(MeteredCall.BUSINESS_PROCESS_FIELD_NUMBER));
        text(RatedCall.PROVIDER_TEXT_FIELD_NUMBER, facts.provider());
        text(RatedCall.MODEL_TEXT_FIELD_NUMBER, facts.model());
        text(RatedCall.REGION_TEXT_FIELD_NUMBER, call.of(MeteredCall.REGION_FIELD_NUMBER));
        text(RatedCall.WORKFLOW_TEXT_FIELD_NUMBER, call.of(MeteredCall.WORKFLOW_FIELD_NUMBER));
        text(RatedCall.RUN_TEXT_FIELD_NUMBER, call.of(MeteredCall.RUN_FIELD_NUMBER));
        text(RatedCall.AGENT_TEXT_FIELD_NUMBER, call.of(MeteredCall.AGENT_FIELD_NUMBER));
        text(RatedCall.HOLD_TEXT_FIELD_NUMBER, call.of(MeteredCall.HOLD_ID_FIELD_NUMBER));
    }

    private void writeTokens(Quantities quantities) throws IOException {
        writer.number(RatedCall.INPUT_TOKENS_FIELD_NUMBER, quantities.inputTokens());
        writer.number(RatedCall.CACHE_READ_TOKENS_FIELD_NUMBER, quantities.cacheReadTokens());
        writer.number(RatedCall.CACHE_WRITE_TOKENS_FIELD_NUMBER, quantities.cacheWriteTokens());
        writer.number(RatedCall.OUTPUT_TOKENS_FIELD_NUMBER, quantities.outputTokens());
        writer.number(
                RatedCall.REASONING_TOKENS_FIELD_NUMBER,
                quantities.amountOf(Leaf.OUTPUT_REASONING));
    }

    private void writeAmounts(Rating.Rated priced) throws IOException {
        text(RatedCall.CONTRACT_TEXT_FIELD_NUMBER, priced.source().contract());
        text(RatedCall.PRICE_VERSION_TEXT_FIELD_NUMBER, priced.source().version());
        text(RatedCall.COST_CURRENCY_TEXT_FIELD_NUMBER, priced.source().currency().code());
        BigDecimal listCost = priced.listCost();
        if (listCost != null) {
            writer.amount(RatedCall.LIST_COST_FIELD_NUMBER, listCost);
        }
        writer.amount(RatedCall.BILLED_COST_FIELD_NUMBER, priced.billedCost());
        text(RatedCall.PLAN_TEXT_FIELD_NUMBER, priced.plan());
        text(RatedCall.CHARGE_CURRENCY_TEXT_FIELD_NUMBER, priced.chargeCurrency().code());
        writer.amount(RatedCall.CHARGE_FIELD_NUMBER, priced.charge());
        ExchangeRate rate = priced.exchangeRate();
        if (rate != null) {
            text(RatedCall.EXCHANGE_RATE_TEXT_FIELD_NUMBER, rate.id());
        }
        if (!priced.counted().isEmpty()) {
            writeCounts(priced.counted());
        }
        for (Spent each : priced.spent()) {
            writer.message(RatedCall.SPENDS_FIELD_NUMBER, spend(each));
        }
    }

    private RatedSpend spend(Spent spent) {
        return RatedSpend.newBuilder()
                .setOwner(PriceMessages.owner(spent.key().owner()))
                .setTermText(index(spent.key().term()))
                .setPeriodStartTimeMicros(spent.key().periodStartMicros())
                .setAmountBefore(Decimals.plain(spent.before()))
                .setAmount(Decimals.plain(spent.gross()))
                .setOwedAmount(Decimals.plain(spent.owed()))
                .build();
    }

    private void writeCounts(List<Counted> counted) throws IOException {
        for (Counted each : counted) {
            text(RatedCall.RULE_TEXTS_FIELD_NUMBER, each.key().rule());
        }
        for (Counted each : counted) {
            writer.element(RatedCall.RULE_QUANTITIES_BEFORE_FIELD_NUMBER, each.before());
        }
        for (Counted each : counted) {
            writer.element(RatedCall.RULE_QUANTITIES_FIELD_NUMBER, each.quantity());
        }
        for (Counted each : counted) {
            writer.element(
                    RatedCall.RULE_PERIOD_STARTS_MICROS_FIELD_NUMBER,
                    each.key().periodStartMicros());
        }
        if (TermOwner.isPlan(counted.getLast().key().owner())) {
            writeOwners(counted);
        }
    }

    /** Most calls count for their contract alone; a plan's rules come last. */
    private void writeOwners(List<Counted> counted) throws IOException {
        for (Counted each : counted) {
            writer.element(
                    RatedCall.RULE_OWNERS_FIELD_NUMBER,
                    PriceMessages.owner(each.key().owner()).getNumber());
        }
    }

    private void text(int field, String text) throws IOException {
        if (!text.isEmpty()) {
            writer.number(field, index(text));
        }
    }

    private int index(String text) {
        Integer known = indexes.get(text);
        if (known == null) {
            known = texts.size();
            indexes.put(text, known);
            texts.add(text);
        }
        return known;
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

    long firstOccurMicros() {
        return firstOccurMicros;
    }

    long lastOccurMicros() {
        return lastOccurMicros;
    }

    boolean isFull() {
        return calls >= MAX_CALLS;
    }

    /**
     * The event. Its key follows from kind and first call, so that the same ratings cannot be
     * stored twice. It mixes tenants and therefore belongs to the operator.
     */
    NewEvent event() {
        String key = "rating/" + usageShard + "/" + firstPosition + "/" + kind.name() + decision;
        return NewEvent.of("", CallKey.of(key), EVENT, payload());
    }

    /** The calls are the message's last field: their bytes follow those of the others. */
    private byte[] payload() {
        byte[] head =
                UsageRated.newBuilder()
                        .setUsageShard(usageShard)
                        .setKind(kind)
                        .addAllTexts(texts)
                        .setBaseTimeMicros(baseMicros)
                        .build()
                        .toByteArray();
        return writer.writtenAfter(head);
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
