package dev.meterbook.budget.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class EstimateTest {

    private static final Unit USD = Unit.currency(CurrencyCode.USD);
    private static final Price PRICE =
            new Price.Known(
                    new UnitPrices(
                            CurrencyCode.USD,
                            new BigDecimal("0.000003"),
                            new BigDecimal("0.000015")));

    private static Estimate of(long input, long maxOutput, Price price) {
        return new Estimate(
                Optional.of(new TokenNeed(input, maxOutput, 1)), Optional.empty(), price);
    }

    @Test
    void the_worst_case_is_every_token_at_its_price() {
        assertThat(of(1_200, 340, PRICE).claimOn(USD))
                .isEqualTo(new Claim.Known(Amount.of("0.0087", CurrencyCode.USD)));
        assertThat(of(1_200, 340, PRICE).claimOn(Unit.tokens()))
                .isEqualTo(new Claim.Known(Amount.tokens(1_540)));
    }

    @Test
    void what_the_caller_tells_counts_instead_of_the_price() {
        Estimate told =
                new Estimate(
                        Optional.empty(),
                        Optional.of(Money.of("2", CurrencyCode.USD)),
                        new Price.Unknown());

        assertThat(told.claimOn(USD)).isEqualTo(new Claim.Known(Amount.of("2", CurrencyCode.USD)));
        assertThat(told.claimOn(Unit.tokens()))
                .isEqualTo(new Claim.Untold(LimitationReason.TOKENS_UNKNOWN));
    }

    @Test
    void a_missing_price_is_never_zero() {
        assertThat(of(1, 1, new Price.Unknown()).claimOn(USD))
                .isEqualTo(new Claim.Untold(LimitationReason.PRICE_UNKNOWN));
        assertThat(of(1, 1, new Price.Unavailable()).claimOn(USD))
                .isEqualTo(new Claim.Untold(LimitationReason.PRICING_UNAVAILABLE));
        assertThat(of(1, 1, new Price.Unknown()).claimOn(Unit.tokens()))
                .isEqualTo(new Claim.Known(Amount.tokens(2)));
    }

    @Test
    void another_currency_is_not_converted() {
        Unit euro = Unit.currency(CurrencyCode.of("EUR"));

        assertThat(of(1, 1, PRICE).claimOn(euro))
                .isEqualTo(new Claim.Untold(LimitationReason.CURRENCY_MISMATCH));
    }

    @Test
    void b06_finds_the_output_that_fits() {
        assertThat(of(100, 1_200, PRICE).outputThatFits(Amount.tokens(1_000)))
                .isEqualTo(OptionalLong.of(900));
        assertThat(of(100, 1_200, PRICE).outputThatFits(Amount.of("0.0153", CurrencyCode.USD)))
                .isEqualTo(OptionalLong.of(1_000));
        assertThat(of(100, 1_200, PRICE).outputThatFits(Amount.of("0.000301", CurrencyCode.USD)))
                .isEmpty();
    }

    @Test
    void no_output_fits_where_the_input_does_not() {
        assertThat(of(100, 10, PRICE).outputThatFits(Amount.tokens(100))).isEmpty();
        assertThat(of(100, 10, PRICE).outputThatFits(Amount.tokens(-5))).isEmpty();
    }

    @Property
    void the_output_that_fits_is_the_most_that_fits(
            @ForAll @LongRange(min = 0, max = 100_000) long input,
            @ForAll @LongRange(min = 1, max = 100_000) long maxOutput,
            @ForAll @BigRange(min = "0", max = "3") @Scale(9) BigDecimal remaining) {
        Estimate estimate = of(input, maxOutput, PRICE);

        OptionalLong fits = estimate.outputThatFits(new Amount(remaining, USD));

        long most = fits.orElse(0);
        if (fits.isPresent()) {
            assertThat(claim(estimate, most)).isLessThanOrEqualTo(remaining);
        }
        if (most < maxOutput) {
            assertThat(claim(estimate, most + 1)).isGreaterThan(remaining);
        }
    }

    private static BigDecimal claim(Estimate estimate, long output) {
        Claim claim = estimate.withMaxOutput(output).claimOn(USD);
        return ((Claim.Known) claim).amount().value();
    }
}
