package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.pricing.domain.PricingCommand.SetExchangeRate;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.ExchangeRateSet;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call costs 2 dollars; the tenant pays euros, 10 percent above cost. */
class ExchangeRateTest {

    private static final CurrencyCode EUR = CurrencyCode.of("EUR");

    private final PriceHistory history = new PriceHistory();

    @BeforeEach
    void contract_and_plan() {
        history.apply(
                1,
                Samples.NEW_YEAR,
                new ContractCreated(
                        "c",
                        "openai",
                        CurrencyCode.USD,
                        Validity.from(Samples.NEW_YEAR),
                        List.of(
                                Samples.version(
                                        "1", Samples.NEW_YEAR, Samples.table("gpt-5", "2", "8")))));
        plan(2, List.of());
    }

    private void plan(long position, List<FixedPrices> fixed) {
        history.apply(
                position,
                Samples.NEW_YEAR,
                new TenantPlanSet(
                        "acme",
                        new PlanVersion(
                                1, Validity.from(Samples.NEW_YEAR), BigDecimal.TEN, EUR, fixed)));
    }

    private static ExchangeRate rate(String id, String rate, String from) {
        return new ExchangeRate(
                id,
                CurrencyCode.USD,
                EUR,
                new BigDecimal(rate),
                Validity.micros(Instant.parse(from)));
    }

    private void set(long position, ExchangeRate rate) {
        history.apply(position, Samples.NEW_YEAR, new ExchangeRateSet(rate));
    }

    private static CallFacts call(String time) {
        return new CallFacts(
                "acme",
                "openai",
                "gpt-5",
                Quantities.of(Map.of(Leaf.INPUT, 1_000_000L)),
                ServiceTier.STANDARD,
                Validity.micros(Instant.parse(time)));
    }

    private Rating.Rated rated(String time) {
        return (Rating.Rated) new Rater(history.current()).rate(call(time));
    }

    @Test
    void a_cost_in_another_currency_is_converted_with_the_rate_of_the_moment() {
        set(3, rate("june", "0.9", "2026-06-01T00:00:00Z"));
        set(4, rate("january", "0.86543", "2026-01-01T00:00:00Z"));

        Rating.Rated may = rated("2026-05-31T23:59:59Z");

        assertThat(may.billedCost()).isEqualByComparingTo("2");
        assertThat(may.charge()).isEqualByComparingTo("1.903946");
        assertThat(may.chargeCurrency()).isEqualTo(EUR);
        assertThat(may.exchangeRate())
                .isEqualTo(rate("january", "0.86543", "2026-01-01T00:00:00Z"));
        assertThat(rated("2026-06-01T00:00:00Z").charge()).isEqualByComparingTo("1.98");
    }

    @Test
    void of_two_rates_that_begin_together_the_one_added_later_counts() {
        set(3, rate("first", "0.9", "2026-01-01T00:00:00Z"));
        set(4, rate("second", "0.8", "2026-01-01T00:00:00Z"));

        assertThat(rated("2026-02-01T00:00:00Z").charge()).isEqualByComparingTo("1.76");
        Rating before = new Rater(history.asKnownAt(4)).rate(call("2026-02-01T00:00:00Z"));
        assertThat(((Rating.Rated) before).charge()).isEqualByComparingTo("1.98");
    }

    @Test
    void a_rate_of_the_way_back_or_of_later_is_no_rate() {
        set(3, rate("later", "0.9", "2026-06-01T00:00:00Z"));
        set(
                4,
                new ExchangeRate(
                        "back",
                        EUR,
                        CurrencyCode.USD,
                        new BigDecimal("1.1"),
                        Validity.micros(Samples.NEW_YEAR)));

        assertThat(new Rater(history.current()).rate(call("2026-05-01T00:00:00Z")))
                .isEqualTo(Rating.Unpriced.NO_PLAN);
    }

    @Test
    void a_fixed_price_is_in_the_plans_currency_already() {
        set(3, rate("january", "0.5", "2026-01-01T00:00:00Z"));
        plan(
                4,
                List.of(
                        new FixedPrices(
                                "openai",
                                PriceTable.of(
                                        "gpt-5", List.of(Samples.price(Leaf.OUTPUT, "30"))))));
        CallFacts both =
                new CallFacts(
                        "acme",
                        "openai",
                        "gpt-5",
                        Quantities.of(Map.of(Leaf.INPUT, 1_000_000L, Leaf.OUTPUT, 100_000L)),
                        ServiceTier.STANDARD,
                        Validity.micros(Instant.parse("2026-05-01T00:00:00Z")));

        Breakdown breakdown = new Rater(history.current()).explain(both);

        assertThat(((Rating.Rated) breakdown.rating()).charge()).isEqualByComparingTo("4.1");
        assertThat(breakdown.lines())
                .extracting(line -> line.charge().stripTrailingZeros().toPlainString())
                .containsExactly("1.1", "3");
    }

    @Test
    void a_rate_is_set_once_and_never_changed() {
        ExchangeRate rate = rate("june", "0.90", "2026-06-01T00:00:00Z");

        assertThat(ExchangeRate.decide(null, new SetExchangeRate(rate)))
                .isEqualTo(new Decision.Accepted(new ExchangeRateSet(rate)));
        assertThat(
                        ExchangeRate.decide(
                                rate,
                                new SetExchangeRate(rate("june", "0.9", "2026-06-01T00:00:00Z"))))
                .isEqualTo(new Decision.Unchanged());
        assertThat(
                        ExchangeRate.decide(
                                rate,
                                new SetExchangeRate(rate("june", "0.91", "2026-06-01T00:00:00Z"))))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> {
                            assertThat(refused.kind()).isEqualTo(Decision.Kind.ALREADY_EXISTS);
                            assertThat(refused.violation().reason())
                                    .isEqualTo("EXCHANGE_RATE_EXISTS");
                        });
    }
}
