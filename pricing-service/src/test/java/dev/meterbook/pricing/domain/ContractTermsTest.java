package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.pricing.domain.PricingEvent.CatalogueImported;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A million input tokens of gpt-5 cost 2 at list price and 1 by the contract's table. */
class ContractTermsTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

    private final PriceHistory history = new PriceHistory();
    private long position;

    private static Discount discount(Discount.Basis basis, String models, String percent) {
        return new Discount(basis, new ModelPattern(models), new BigDecimal(percent));
    }

    private static RegionSurcharge surcharge(String region, String models, String percent) {
        return new RegionSurcharge(
                new ModelPattern(region), new ModelPattern(models), new BigDecimal(percent));
    }

    private static TimeBand band(ZoneId zone, int fromHour, int untilHour, String multiplier) {
        return new TimeBand(
                ModelPattern.ANY,
                zone,
                fromHour * 3_600,
                untilHour * 3_600,
                new BigDecimal(multiplier));
    }

    private static ContractTerms discounts(Discount... discounts) {
        return new ContractTerms(List.of(discounts), List.of(), List.of());
    }

    private static ContractTerms surcharges(RegionSurcharge... surcharges) {
        return new ContractTerms(List.of(), List.of(surcharges), List.of());
    }

    private static ContractTerms bands(TimeBand... bands) {
        return new ContractTerms(List.of(), List.of(), List.of(bands));
    }

    private static PriceVersion terms(String id, String from, ContractTerms terms) {
        return new PriceVersion(id, Validity.from(Instant.parse(from)), List.of(), terms);
    }

    private static PriceVersion table() {
        return Samples.version("1", Samples.NEW_YEAR, Samples.table("gpt-5", "1", "8"));
    }

    private void list(CurrencyCode currency) {
        history.apply(
                ++position,
                Samples.NEW_YEAR,
                new CatalogueImported(
                        new Catalogue(
                                "starter",
                                "2026-01",
                                currency,
                                List.of(
                                        new Catalogue.ProviderPrices(
                                                "openai",
                                                "https://example.org",
                                                "2026-01-01",
                                                List.of(
                                                        new Catalogue.ModelPrices(
                                                                Validity.from(Samples.NEW_YEAR),
                                                                Samples.table(
                                                                        "gpt-5", "2", "16"))))))));
    }

    private void contract(PriceVersion... versions) {
        history.apply(
                ++position,
                Samples.NEW_YEAR,
                new ContractCreated(
                        "c",
                        "openai",
                        CurrencyCode.USD,
                        Validity.from(Samples.NEW_YEAR),
                        List.of(versions)));
    }

    private Breakdown rate(Instant time, String region) {
        return new Rater(history.current())
                .explain(
                        new CallFacts(
                                "acme",
                                "openai",
                                "gpt-5",
                                Quantities.of(Map.of(Leaf.INPUT, 1_000_000L)),
                                ServiceTier.STANDARD,
                                Validity.micros(time),
                                region));
    }

    private static BigDecimal multiplier(Breakdown breakdown) {
        return Objects.requireNonNull(breakdown.lines().getFirst().price()).multiplier();
    }

    private String cost(Instant time, String region) {
        return Decimals.plain(((Rating.Rated) rate(time, region).rating()).billedCost());
    }

    @Test
    void a_discount_is_taken_off_the_contracts_own_price() {
        list(CurrencyCode.USD);
        contract(
                table(),
                terms(
                        "2",
                        "2026-01-01T00:00:00Z",
                        discounts(discount(Discount.Basis.CONTRACT_PRICE, "*", "12.5"))));

        Breakdown breakdown = rate(NOON, "");

        Rating.Rated rated = (Rating.Rated) breakdown.rating();
        assertThat(rated.billedCost()).isEqualByComparingTo("0.875");
        assertThat(rated.listCost()).isEqualByComparingTo("2");
        assertThat(rated.source().version()).isEqualTo("1");
        assertThat(breakdown.factors())
                .containsExactly(new Factor("discount on *: 12.5 %", new BigDecimal("0.875")));
        assertThat(multiplier(breakdown)).isEqualByComparingTo("0.875");
    }

    @Test
    void a_discount_on_list_prices_prices_models_without_a_table() {
        list(CurrencyCode.USD);
        contract(
                terms(
                        "t",
                        "2026-01-01T00:00:00Z",
                        discounts(discount(Discount.Basis.LIST_PRICE, "gpt-*", "20"))));

        Rating.Rated rated = (Rating.Rated) rate(NOON, "").rating();

        assertThat(rated.billedCost()).isEqualByComparingTo("1.6");
        assertThat(rated.listCost()).isEqualByComparingTo("2");
        assertThat(rated.source()).isEqualTo(new PriceSource("c", "t", CurrencyCode.USD));
    }

    @Test
    void a_table_of_the_contract_goes_before_a_discount_on_list_prices() {
        list(CurrencyCode.USD);
        contract(
                table(),
                terms(
                        "t",
                        "2026-01-01T00:00:00Z",
                        discounts(discount(Discount.Basis.LIST_PRICE, "*", "20"))));

        assertThat(cost(NOON, "")).isEqualTo("1");
    }

    @Test
    void list_prices_in_another_currency_are_not_discounted() {
        list(CurrencyCode.of("EUR"));
        contract(
                terms(
                        "t",
                        "2026-01-01T00:00:00Z",
                        discounts(discount(Discount.Basis.LIST_PRICE, "*", "20"))));

        assertThat(((Rating.Rated) rate(NOON, "").rating()).source().contract())
                .isEqualTo("list:openai");
    }

    @Test
    void the_discount_that_names_the_model_most_closely_counts_alone() {
        contract(
                table(),
                terms(
                        "2",
                        "2026-01-01T00:00:00Z",
                        discounts(
                                discount(Discount.Basis.CONTRACT_PRICE, "*", "50"),
                                discount(Discount.Basis.CONTRACT_PRICE, "gpt-5", "10"),
                                discount(Discount.Basis.CONTRACT_PRICE, "gpt-*", "30"),
                                discount(Discount.Basis.CONTRACT_PRICE, "o3", "99"))));

        assertThat(cost(NOON, "")).isEqualTo("0.9");
    }

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, 1.1",
        "eu-west-1, 1.2",
        "us-east-1, 1",
        "'', 1",
        "me-south-1, 0.95",
    })
    void a_region_has_its_surcharge(String region, String expected) {
        contract(
                table(),
                terms(
                        "2",
                        "2026-01-01T00:00:00Z",
                        surcharges(
                                surcharge("eu-*", "*", "10"),
                                surcharge("eu-west-1", "*", "20"),
                                surcharge("us-*", "o3", "50"),
                                surcharge("me-*", "gpt-*", "-5"))));

        assertThat(cost(NOON, region)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-05T21:59:59.999999Z, 1",
        "2026-05-05T22:00:00Z, 0.5",
        "2026-05-06T05:59:59.999999Z, 0.5",
        "2026-05-06T06:00:00Z, 1",
        "2026-05-06T08:00:00Z, 3",
        "2026-05-06T11:59:59.999999Z, 3",
        "2026-05-06T12:00:00Z, 1",
    })
    void a_time_band_includes_its_start_and_excludes_its_end(Instant time, String expected) {
        contract(
                table(),
                terms(
                        "2",
                        "2026-01-01T00:00:00Z",
                        bands(band(UTC, 22, 6, "0.5"), band(UTC, 8, 12, "3"))));

        assertThat(cost(time, "")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T00:59:59Z, 1",
        "2026-01-15T01:00:00Z, 0.5",
        "2026-07-15T00:00:00Z, 0.5",
        "2026-07-15T01:00:00Z, 1",
    })
    void a_time_band_follows_the_clock_of_its_zone(Instant time, String expected) {
        contract(
                table(),
                terms(
                        "2",
                        "2026-01-01T00:00:00Z",
                        bands(band(ZoneId.of("Europe/Berlin"), 2, 3, "0.5"))));

        assertThat(cost(time, "")).isEqualTo(expected);
    }

    @Test
    void a_band_until_the_end_of_the_day_and_the_first_of_several_that_hold_count() {
        contract(
                table(),
                terms(
                        "2",
                        "2026-01-01T00:00:00Z",
                        bands(band(UTC, 18, 24, "0.5"), band(UTC, 0, 24, "0.25"))));

        assertThat(cost(Instant.parse("2026-05-05T23:59:59.999999Z"), "")).isEqualTo("0.5");
        assertThat(cost(Instant.parse("2026-05-06T00:00:00Z"), "")).isEqualTo("0.25");
    }

    @Test
    void discount_region_time_and_service_tier_are_multiplied_and_explained() {
        PriceTable table =
                new PriceTable(
                        "gpt-5",
                        List.of(),
                        List.of(Samples.price(Leaf.INPUT, "1")),
                        Map.of(ServiceTier.BATCH, new BigDecimal("0.5")));
        contract(
                Samples.version("1", Samples.NEW_YEAR, table),
                terms(
                        "2",
                        "2026-01-01T00:00:00Z",
                        new ContractTerms(
                                List.of(discount(Discount.Basis.CONTRACT_PRICE, "*", "10")),
                                List.of(surcharge("eu-*", "*", "20")),
                                List.of(band(UTC, 22, 6, "0.75")))));
        CallFacts call =
                new CallFacts(
                        "acme",
                        "openai",
                        "gpt-5",
                        Quantities.of(Map.of(Leaf.INPUT, 3_000L)),
                        ServiceTier.BATCH,
                        Validity.micros(Instant.parse("2026-05-05T23:00:00Z")),
                        "eu-west-1");

        Breakdown breakdown = new Rater(history.current()).explain(call);

        assertThat(((Rating.Rated) breakdown.rating()).billedCost())
                .isEqualByComparingTo("0.001215");
        assertThat(breakdown.lines().getFirst().amount()).isEqualByComparingTo("0.001215");
        assertThat(multiplier(breakdown)).isEqualByComparingTo("0.405");
        assertThat(breakdown.factors())
                .extracting(Factor::rule)
                .containsExactly(
                        "service tier BATCH",
                        "discount on *: 10 %",
                        "region eu-*: 20 %",
                        "time 22:00 to 06:00 UTC");
    }

    @Test
    void terms_replace_those_before_and_a_version_without_terms_leaves_them() {
        contract(
                table(),
                terms(
                        "t1",
                        "2026-02-01T00:00:00Z",
                        discounts(discount(Discount.Basis.CONTRACT_PRICE, "*", "10"))),
                Samples.version(
                        "3",
                        Instant.parse("2026-04-01T00:00:00Z"),
                        Samples.table("gpt-5", "4", "8")),
                terms("t2", "2026-06-01T00:00:00Z", surcharges(surcharge("eu-*", "*", "10"))),
                terms("t3", "2026-08-01T00:00:00Z", discounts()));

        assertThat(cost(Instant.parse("2026-01-31T23:59:59Z"), "eu-1")).isEqualTo("1");
        assertThat(cost(Instant.parse("2026-02-01T00:00:00Z"), "eu-1")).isEqualTo("0.9");
        assertThat(cost(Instant.parse("2026-04-01T00:00:00Z"), "eu-1")).isEqualTo("3.6");
        assertThat(cost(Instant.parse("2026-06-01T00:00:00Z"), "eu-1")).isEqualTo("4.4");
        assertThat(cost(Instant.parse("2026-08-01T00:00:00Z"), "eu-1")).isEqualTo("4");
    }

    @Test
    void terms_that_end_give_way_to_those_before() {
        contract(
                table(),
                terms(
                        "t1",
                        "2026-02-01T00:00:00Z",
                        discounts(discount(Discount.Basis.CONTRACT_PRICE, "*", "10"))),
                new PriceVersion(
                        "t2",
                        new Validity(
                                Validity.micros(Instant.parse("2026-05-01T00:00:00Z")),
                                Validity.micros(Instant.parse("2026-06-01T00:00:00Z"))),
                        List.of(),
                        discounts(discount(Discount.Basis.CONTRACT_PRICE, "*", "40"))));

        assertThat(cost(NOON, "")).isEqualTo("0.6");
        assertThat(cost(Instant.parse("2026-06-01T00:00:00Z"), "")).isEqualTo("0.9");
    }

    @Test
    void factors_are_multiplied_before_a_division_that_has_no_end() {
        PriceTable gpu =
                PriceTable.of(
                        "llama-*",
                        List.of(
                                new LeafPrice(
                                        Leaf.GPU_MILLISECOND, new BigDecimal("3"), 3_600_000, 0)));
        contract(
                Samples.version("1", Samples.NEW_YEAR, gpu),
                terms(
                        "2",
                        "2026-01-01T00:00:00Z",
                        discounts(discount(Discount.Basis.CONTRACT_PRICE, "*", "25"))));
        CallFacts call = call("llama-4", Leaf.GPU_MILLISECOND, 1_000);

        Rating.Rated rated = (Rating.Rated) new Rater(history.current()).rate(call);

        assertThat(rated.billedCost()).isEqualByComparingTo("0.000625");
    }

    private static CallFacts call(String model, Leaf leaf, long quantity) {
        return new CallFacts(
                "acme",
                "openai",
                model,
                Quantities.of(Map.of(leaf, quantity)),
                ServiceTier.STANDARD,
                Validity.micros(NOON));
    }

    @ParameterizedTest
    @CsvSource({
        "CALL, 0.002, 1, 3, 0.006",
        "WEB_SEARCH, 10, 1000, 7, 0.07",
        "IMAGE, 0.04, 1, 5, 0.2",
        "MILLISECOND, 0.006, 60000, 90000, 0.009",
        "CHARACTER, 15, 1000000, 1234, 0.01851",
        "PAGE, 1.5, 1000, 12, 0.018",
        "GPU_MILLISECOND, 4.5, 3600000, 7200000, 9",
        "INPUT_CACHE_WRITE_1H, 6, 1000000, 250000, 1.5",
    })
    void each_kind_has_a_price_of_its_own_unit(
            Leaf leaf, String amount, long per, long quantity, String expected) {
        contract(
                Samples.version(
                        "1",
                        Samples.NEW_YEAR,
                        PriceTable.of(
                                "m",
                                List.of(new LeafPrice(leaf, new BigDecimal(amount), per, 0)))));

        Rating.Rated rated =
                (Rating.Rated) new Rater(history.current()).rate(call("m", leaf, quantity));

        assertThat(rated.billedCost()).isEqualByComparingTo(expected);
    }
}
