package dev.meterbook.gateway.backend;

import dev.meterbook.kernel.Money;
import dev.meterbook.proto.allocation.v1.CostSums;
import java.util.Optional;

/**
 * What calls consumed and cost, in one currency.
 *
 * @param calls model calls, unpriced ones included
 * @param unpricedCalls calls without a price yet
 * @param inputTokens input tokens, cached ones included
 * @param cachedTokens input tokens read from the cache
 * @param outputTokens output tokens, reasoning included
 * @param cost what providers bill; empty for calls without a price
 * @param charge what the tenants owe; empty for calls without a price
 */
public record Sums(
        long calls,
        long unpricedCalls,
        long inputTokens,
        long cachedTokens,
        long outputTokens,
        Optional<Money> cost,
        Optional<Money> charge) {

    static Sums of(CostSums wire) {
        return new Sums(
                wire.getCalls(),
                wire.getUnpricedCalls(),
                wire.getInputTokens(),
                wire.getCacheReadTokens(),
                wire.getOutputTokens(),
                wire.hasBilledCost()
                        ? Optional.of(Wire.money(wire.getBilledCost()))
                        : Optional.empty(),
                wire.hasCharge() ? Optional.of(Wire.money(wire.getCharge())) : Optional.empty());
    }

    /** The same amounts, with the calls and tokens of others added. */
    public Sums withUsageOf(Sums others) {
        return new Sums(
                calls + others.calls,
                unpricedCalls + others.unpricedCalls,
                inputTokens + others.inputTokens,
                cachedTokens + others.cachedTokens,
                outputTokens + others.outputTokens,
                cost,
                charge);
    }

    /** Charge minus cost; empty without a price, or where the two are in different currencies. */
    public Optional<Money> margin() {
        return charge.flatMap(
                owed ->
                        cost.filter(paid -> paid.currency().equals(owed.currency()))
                                .map(owed::minus));
    }
}
