package dev.meterbook.budget.domain;

import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The worst case of a call, as far as it is told. What the caller gives as worst case counts; else
 * input and output tokens times their prices. Exact; the counters round up.
 *
 * @param tokens how many; absent if the caller does not tell
 * @param maxAmount the caller's own worst case
 * @param price what is known of the price
 */
public record Estimate(Optional<TokenNeed> tokens, Optional<Money> maxAmount, Price price) {

    /** What the call would take from a budget of a unit. */
    public Claim claimOn(Unit unit) {
        return switch (unit) {
            case Unit.Tokens _ ->
                    tokens.<Claim>map(
                                    need ->
                                            new Claim.Known(
                                                    Amount.tokens(need.input() + need.maxOutput())))
                            .orElse(new Claim.Untold(LimitationReason.TOKENS_UNKNOWN));
            case Unit.Currency currency -> moneyClaim(currency);
        };
    }

    private Claim moneyClaim(Unit.Currency currency) {
        if (maxAmount.isPresent()) {
            return inCurrency(maxAmount.get(), currency);
        }
        return switch (price) {
            case Price.Known(UnitPrices prices) ->
                    tokens.map(need -> inCurrency(charge(need, prices), currency))
                            .orElse(new Claim.Untold(LimitationReason.TOKENS_UNKNOWN));
            case Price.Unknown _ -> new Claim.Untold(LimitationReason.PRICE_UNKNOWN);
            case Price.Unavailable _, Price.NotAsked _ ->
                    new Claim.Untold(LimitationReason.PRICING_UNAVAILABLE);
        };
    }

    private static Claim inCurrency(Money money, Unit.Currency currency) {
        return money.currency().equals(currency.code())
                ? new Claim.Known(Amount.of(money))
                : new Claim.Untold(LimitationReason.CURRENCY_MISMATCH);
    }

    private static Money charge(TokenNeed need, UnitPrices prices) {
        return new Money(
                times(prices.perInputToken(), need.input())
                        .add(times(prices.perOutputToken(), need.maxOutput())),
                prices.currency());
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }

    /**
     * The most output tokens with which the call fits into what is left of a budget.
     *
     * @return empty if it does not fit with any that the caller can use
     */
    public OptionalLong outputThatFits(Amount remaining) {
        if (tokens.isEmpty() || (!remaining.unit().isTokens() && maxAmount.isPresent())) {
            return OptionalLong.empty();
        }
        TokenNeed need = tokens.get();
        long most =
                switch (remaining.unit()) {
                    case Unit.Tokens _ -> floor(remaining.value()) - need.input();
                    case Unit.Currency _ ->
                            price instanceof Price.Known(UnitPrices prices)
                                    ? affordable(remaining.value(), need, prices)
                                    : -1;
                };
        return most < need.minOutput()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.min(most, need.maxOutput()));
    }

    private static long affordable(BigDecimal remaining, TokenNeed need, UnitPrices prices) {
        BigDecimal forOutput = remaining.subtract(times(prices.perInputToken(), need.input()));
        if (forOutput.signum() < 0) {
            return -1;
        }
        return prices.perOutputToken().signum() == 0
                ? need.maxOutput()
                : floor(forOutput.divide(prices.perOutputToken(), 0, RoundingMode.DOWN));
    }

    private static long floor(BigDecimal value) {
        return value.setScale(0, RoundingMode.FLOOR)
                .min(BigDecimal.valueOf(CounterAmount.MAX_UNITS))
                .max(BigDecimal.valueOf(-CounterAmount.MAX_UNITS))
                .longValueExact();
    }

    /** The same with fewer output tokens at most. */
    public Estimate withMaxOutput(long lower) {
        return new Estimate(tokens.map(need -> need.withMaxOutput(lower)), maxAmount, price);
    }
}
