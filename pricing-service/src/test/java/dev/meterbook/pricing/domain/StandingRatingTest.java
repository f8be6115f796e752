package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.pricing.domain.Rating.Rated;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StandingRatingTest {

    private static Rated rated(String contract, String version, String billed, String charge) {
        return rated(contract, version, "USD", billed, charge);
    }

    private static Rated rated(
            String contract, String version, String currency, String billed, String charge) {
        CurrencyCode code = CurrencyCode.of(currency);
        return new Rated(
                new PriceSource(contract, version, code),
                new BigDecimal(billed),
                null,
                "own-1",
                code,
                new BigDecimal(charge));
    }

    @Test
    void a_correction_of_a_price_is_a_difference() {
        assertThat(
                        StandingRating.differences(
                                rated("c", "1", "0.3", "0.36"), rated("c", "2", "0.25", "0.3")))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(rated("c", "2", "-0.05", "-0.06"));
    }

    @Test
    void another_contract_reverses_the_old_rating() {
        assertThat(
                        StandingRating.differences(
                                rated("list:openai", "2026", "0.3", "0.3"),
                                rated("c", "1", "0.3", "0.3")))
                .containsExactly(
                        rated("list:openai", "2026", "-0.3", "-0.3"),
                        rated("c", "1", "0.3", "0.3"));
    }

    @Test
    void a_new_version_with_the_same_amounts_is_noted_without_moving_money() {
        assertThat(
                        StandingRating.differences(
                                rated("c", "1", "0.3", "0.3"), rated("c", "2", "0.30", "0.3")))
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.source().version()).isEqualTo("2");
                            assertThat(each.billedCost()).isZero();
                            assertThat(each.charge()).isZero();
                        });
    }

    @Test
    void equal_ratings_differ_in_nothing_however_they_are_written() {
        assertThat(
                        StandingRating.differences(
                                rated("c", "1", "0.30", "0.3"), rated("c", "1", "0.3", "0.300")))
                .isEmpty();
    }

    @Test
    void a_call_without_a_price_has_no_standing() {
        assertThat(StandingRating.of(List.of())).isEmpty();
    }

    @Test
    void a_call_may_come_back_to_its_first_contract() {
        Rated first = rated("c", "1", "0.3", "0.4");
        Rated other = rated("d", "1", "0.5", "0.6");
        List<Rated> ratings = new ArrayList<>(List.of(first));
        ratings.addAll(StandingRating.differences(first, other));
        ratings.addAll(StandingRating.differences(other, first));

        assertThat(StandingRating.of(ratings)).contains(first);
    }

    @Provide
    Arbitrary<Rated> ratings() {
        Arbitrary<BigDecimal> amounts =
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, BigDecimal.valueOf(1_000))
                        .ofScale(12);
        return Combinators.combine(
                        Arbitraries.of("c", "d", "list:openai"),
                        Arbitraries.of("1", "2"),
                        Arbitraries.of("USD", "EUR"),
                        amounts,
                        amounts.injectNull(0.5),
                        amounts)
                .as(
                        (contract, version, currency, billed, list, charge) ->
                                new Rated(
                                        new PriceSource(
                                                contract, version, CurrencyCode.of(currency)),
                                        billed,
                                        list,
                                        "own-1",
                                        CurrencyCode.of(currency),
                                        charge));
    }

    /** However often the prices change: what stands is the last one, and nothing is left to do. */
    @Property(tries = 300)
    void rating_anew_twice_is_idempotent(
            @ForAll("ratings") Rated first,
            @ForAll @Size(max = 6) List<@net.jqwik.api.From("ratings") Rated> later) {
        List<Rated> stored = new ArrayList<>(List.of(first));
        Rated last = first;
        for (Rated anew : later) {
            Rated standing = StandingRating.of(stored).orElseThrow();
            stored.addAll(StandingRating.differences(standing, anew));
            last = anew;
            assertThat(StandingRating.differences(StandingRating.of(stored).orElseThrow(), anew))
                    .isEmpty();
        }
        assertThat(StandingRating.of(stored).orElseThrow().charge())
                .isEqualByComparingTo(last.charge());
        assertThat(totalOf(stored, last.source().currency())).isEqualByComparingTo(last.charge());
    }

    /** All that was charged in a currency: what reversals leave is the last rating alone. */
    private static BigDecimal totalOf(List<Rated> stored, CurrencyCode currency) {
        return stored.stream()
                .filter(each -> each.chargeCurrency().equals(currency))
                .map(Rated::charge)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
