package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.ContractPricesAdded;
import dev.meterbook.pricing.domain.PricingEvent.ExchangeRateSet;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever is agreed later, and for whatever time: what was known before answers as before. */
class PriceMemoryPropertyTest {

    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final int DAYS = 300;

    private static Instant day(int number) {
        return Samples.NEW_YEAR.plusSeconds(number * 86_400L);
    }

    private static PricingEvent created(int id) {
        return new ContractCreated(
                "c" + id,
                "provider",
                CurrencyCode.USD,
                Validity.from(Samples.NEW_YEAR),
                List.of(
                        Samples.version(
                                "first", Samples.NEW_YEAR, Samples.table("model", "1", "2"))));
    }

    private static PricingEvent prices(int serial, int from, int price) {
        return new ContractPricesAdded(
                "c0",
                Samples.version(
                        "p" + serial, day(from), Samples.table("model", price + ".5", "3")));
    }

    private static PricingEvent terms(int serial, int from, int percent) {
        ContractTerms terms =
                new ContractTerms(
                        List.of(
                                new Discount(
                                        Discount.Basis.CONTRACT_PRICE,
                                        ModelPattern.ANY,
                                        BigDecimal.valueOf(percent))),
                        List.of(
                                new RegionSurcharge(
                                        new ModelPattern("eu-*"),
                                        ModelPattern.ANY,
                                        BigDecimal.valueOf(percent))),
                        List.of(
                                new TimeBand(
                                        ModelPattern.ANY,
                                        ZoneId.of("UTC"),
                                        0,
                                        3_600,
                                        BigDecimal.valueOf(percent))),
                        List.of(rule(percent)),
                        List.of(spend(percent)));
        return new ContractPricesAdded(
                "c0", new PriceVersion("t" + serial, Validity.from(day(from)), List.of(), terms));
    }

    private static VolumeRule rule(int free) {
        return new VolumeRule(
                "r",
                ModelPattern.ANY,
                Set.of(Leaf.OUTPUT),
                VolumePeriod.MONTH,
                free,
                new VolumeRule.OfTable());
    }

    private static SpendTerm spend(int amount) {
        return new SpendTerm(
                "s",
                VolumePeriod.MONTH,
                null,
                BigDecimal.valueOf(amount, 4),
                null,
                SpendTerm.Proration.BY_DAYS);
    }

    private static PricingEvent plan(int serial, int from, int percent) {
        return new TenantPlanSet(
                "acme",
                new PlanVersion(
                        serial,
                        Validity.from(day(from)),
                        BigDecimal.valueOf(percent),
                        serial % 2 == 0 ? EUR : CurrencyCode.USD,
                        List.of(),
                        List.of(rule(percent)),
                        List.of(spend(percent))));
    }

    private static PricingEvent rate(int serial, int from, int value) {
        return new ExchangeRateSet(
                new ExchangeRate(
                        "r" + serial,
                        CurrencyCode.USD,
                        EUR,
                        BigDecimal.valueOf(value),
                        Validity.micros(day(from))));
    }

    private record Wish(int kind, int from, int number) {
        PricingEvent event(int serial) {
            return switch (kind) {
                case 0 -> created(serial);
                case 1 -> prices(serial, from, number);
                case 2 -> terms(serial, from, number);
                case 3 -> plan(serial, from, number);
                default -> rate(serial, from, number);
            };
        }
    }

    @Provide
    Arbitrary<List<PricingEvent>> facts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, DAYS),
                        Arbitraries.integers().between(1, 99))
                .as(Wish::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(PriceMemoryPropertyTest::events);
    }

    private static List<PricingEvent> events(List<Wish> wishes) {
        List<PricingEvent> events = new ArrayList<>();
        events.add(created(0));
        wishes.forEach(wish -> events.add(wish.event(events.size())));
        return events;
    }

    private static CallFacts call(int day) {
        return new CallFacts(
                "acme",
                "provider",
                "model",
                Quantities.of(Map.of(Leaf.INPUT, 1_000L, Leaf.OUTPUT, 10L)),
                ServiceTier.STANDARD,
                Validity.micros(day(day)),
                "eu-1");
    }

    @Property(tries = 300)
    void what_was_known_at_a_position_answers_the_same_for_ever(
            @ForAll("facts") List<PricingEvent> facts, @ForAll @IntRange(max = DAYS) int day) {
        PriceHistory history = new PriceHistory();
        List<Breakdown> then = new ArrayList<>();
        for (PricingEvent fact : facts) {
            history.apply(then.size() + 1L, Samples.NEW_YEAR, fact);
            then.add(new Rater(history.current()).explain(call(day)));
        }

        for (int known = 0; known < then.size(); known++) {
            Rater rater = new Rater(history.asKnownAt(known + 2L));
            assertThat(rater.rate(call(day))).isEqualTo(then.get(known).rating());
            assertThat(rater.explain(call(day)).factors()).isEqualTo(then.get(known).factors());
        }
    }
}
