package dev.meterbook.pricing.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.pricing.MeteredCalls;
import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.ContractTerms;
import dev.meterbook.proto.pricing.v1.CreateExchangeRateRequest;
import dev.meterbook.proto.pricing.v1.Discount;
import dev.meterbook.proto.pricing.v1.DiscountBasis;
import dev.meterbook.proto.pricing.v1.ExchangeRate;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.ListExchangeRatesRequest;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.PackagePrice;
import dev.meterbook.proto.pricing.v1.PriceFactor;
import dev.meterbook.proto.pricing.v1.PriceTier;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.RegionSurcharge;
import dev.meterbook.proto.pricing.v1.TieredPrice;
import dev.meterbook.proto.pricing.v1.TimeBand;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.VolumePeriod;
import dev.meterbook.proto.pricing.v1.VolumeRule;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TermCallsTest {

    private static RunningPricing pricing;
    private static PricingServiceBlockingStub operator;

    @BeforeAll
    static void start() throws SQLException {
        pricing = RunningPricing.fresh();
        operator = pricing.as(RunningPricing.OPERATOR);
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "openai-2026",
                                "openai",
                                PriceRequests.table("gpt-5", "1.25", "10")));
    }

    @AfterAll
    static void stop() {
        pricing.close();
    }

    private static ContractTerms.Builder terms() {
        return ContractTerms.newBuilder()
                .addDiscounts(
                        Discount.newBuilder()
                                .setBasis(DiscountBasis.DISCOUNT_BASIS_CONTRACT_PRICE)
                                .setModel("gpt-*")
                                .setPercent("20"))
                .addRegionSurcharges(
                        RegionSurcharge.newBuilder()
                                .setRegion("eu-*")
                                .setModel("*")
                                .setPercent("10"))
                .addTimeBands(
                        TimeBand.newBuilder()
                                .setStart("09:30")
                                .setEnd("24:00")
                                .setTimeZone("UTC")
                                .setModel("*")
                                .setMultiplier("1.5"))
                .addVolumeRules(tiered("searches"))
                .addVolumeRules(
                        VolumeRule.newBuilder()
                                .setId("images")
                                .setModel("gpt-*")
                                .addLeaves(Leaf.LEAF_IMAGE)
                                .setPeriod(VolumePeriod.VOLUME_PERIOD_YEAR)
                                .setFreeQuantity(10)
                                .setPackages(
                                        PackagePrice.newBuilder()
                                                .setSize(100)
                                                .setAmount("4")
                                                .setRounding(PackagePrice.Rounding.ROUNDING_UP)));
    }

    private static VolumeRule.Builder tiered(String id) {
        return VolumeRule.newBuilder()
                .setId(id)
                .setModel("*")
                .addLeaves(Leaf.LEAF_WEB_SEARCH)
                .setPeriod(VolumePeriod.VOLUME_PERIOD_MONTH)
                .setWholeVolume(
                        TieredPrice.newBuilder()
                                .setPer(1_000)
                                .addTiers(
                                        PriceTier.newBuilder()
                                                .setUpTo(500)
                                                .setAmount("10")
                                                .setFlatAmount("0"))
                                .addTiers(
                                        PriceTier.newBuilder().setAmount("8").setFlatAmount("0")));
    }

    private static AddContractPricesRequest add(String contract, ContractTerms terms) {
        return AddContractPricesRequest.newBuilder()
                .setName("contracts/" + contract)
                .setPriceVersion(
                        ContractPriceVersion.newBuilder()
                                .setId("terms")
                                .setEffectiveStartTime(PriceRequests.time("2026-01-01T00:00:00Z"))
                                .setTerms(terms))
                .build();
    }

    @Test
    void terms_are_kept_as_sent_and_price_and_explain_calls() {
        ProviderContract contract = operator.addContractPrices(add("openai-2026", terms().build()));
        assertThat(operator.addContractPrices(add("openai-2026", terms().build())))
                .isEqualTo(contract);
        assertThat(contract.getPriceVersions(1).getTerms()).isEqualTo(terms().build());
        assertThat(contract.getPriceVersions(0).hasTerms()).isFalse();

        pricing.meter(List.of(MeteredCalls.call("acme", "call-1", "openai", "gpt-5")));
        ExplainCallResponse explained = explained("call-1");

        assertThat(explained.getReproduced()).isTrue();
        assertThat(explained.getPrice().getBilledCost().getAmount()).isEqualTo("0.0027");
        assertThat(explained.getPrice().getLines(0).getMultiplier()).isEqualTo("1.2");
        assertThat(explained.getPrice().getFactorsList())
                .containsExactly(
                        factor("discount on gpt-*: 20 %", "0.8"),
                        factor("time 09:30 to 24:00 UTC", "1.5"));
    }

    private static PriceFactor factor(String rule, String value) {
        return PriceFactor.newBuilder().setRule(rule).setFactor(value).build();
    }

    private static ExplainCallResponse explained(String id) {
        ExplainCallRequest request =
                ExplainCallRequest.newBuilder().setName("tenants/acme/calls/" + id).build();
        await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_INITIAL) == 1);
        return operator.explainCall(request);
    }

    private static Arguments bad(
            String reason, String field, Consumer<ContractTerms.Builder> change) {
        ContractTerms.Builder terms = terms();
        change.accept(terms);
        return Arguments.of(reason, "price_version.terms." + field, terms.build());
    }

    static Stream<Arguments> badTerms() {
        return Stream.of(
                bad(
                        "INVALID_DISCOUNT",
                        "discounts[0].percent",
                        each -> each.getDiscountsBuilder(0).setPercent("100.1")),
                bad(
                        "INVALID_DISCOUNT",
                        "discounts[0].percent",
                        each -> each.getDiscountsBuilder(0).setPercent("0")),
                bad(
                        "INVALID_DECIMAL",
                        "discounts[0].percent",
                        each -> each.getDiscountsBuilder(0).setPercent("1e1")),
                bad(
                        "UNKNOWN_DISCOUNT_BASIS",
                        "discounts[0].basis",
                        each -> each.getDiscountsBuilder(0).setBasisValue(9)),
                bad(
                        "INVALID_MODEL",
                        "discounts[0].model",
                        each -> each.getDiscountsBuilder(0).setModel("a*b")),
                bad(
                        "DUPLICATE_DISCOUNT",
                        "discounts[1]",
                        each -> each.addDiscounts(each.getDiscounts(0))),
                bad(
                        "INVALID_REGION",
                        "region_surcharges[0].region",
                        each -> each.getRegionSurchargesBuilder(0).setRegion("")),
                bad(
                        "INVALID_MARKUP",
                        "region_surcharges[0].percent",
                        each -> each.getRegionSurchargesBuilder(0).setPercent("-100.5")),
                bad(
                        "DUPLICATE_SURCHARGE",
                        "region_surcharges[1]",
                        each -> each.addRegionSurcharges(each.getRegionSurcharges(0))),
                bad(
                        "INVALID_TIME_OF_DAY",
                        "time_bands[0].start",
                        each -> each.getTimeBandsBuilder(0).setStart("24:00")),
                bad(
                        "INVALID_TIME_OF_DAY",
                        "time_bands[0].end",
                        each -> each.getTimeBandsBuilder(0).setEnd("9:00")),
                bad(
                        "EMPTY_TIME_BAND",
                        "time_bands[0].end",
                        each -> each.getTimeBandsBuilder(0).setEnd("09:30")),
                bad(
                        "UNKNOWN_TIME_ZONE",
                        "time_bands[0].time_zone",
                        each -> each.getTimeBandsBuilder(0).setTimeZone("Mars/Olympus")),
                bad(
                        "INVALID_MULTIPLIER",
                        "time_bands[0].multiplier",
                        each -> each.getTimeBandsBuilder(0).setMultiplier("0")),
                bad(
                        "INVALID_RULE_ID",
                        "volume_rules[0].id",
                        each -> each.getVolumeRulesBuilder(0).setId("A b")),
                bad(
                        "DUPLICATE_RULE",
                        "volume_rules[2].id",
                        each -> each.addVolumeRules(tiered("searches"))),
                bad(
                        "NO_LEAVES",
                        "volume_rules[0].leaves",
                        each -> each.getVolumeRulesBuilder(0).clearLeaves()),
                bad(
                        "UNKNOWN_LEAF",
                        "volume_rules[0].leaves[1]",
                        each -> each.getVolumeRulesBuilder(0).addLeavesValue(120)),
                bad(
                        "DUPLICATE_LEAF",
                        "volume_rules[0].leaves[1]",
                        each -> each.getVolumeRulesBuilder(0).addLeaves(Leaf.LEAF_WEB_SEARCH)),
                bad(
                        "UNKNOWN_PERIOD",
                        "volume_rules[0].period",
                        each -> each.getVolumeRulesBuilder(0).setPeriodValue(9)),
                bad(
                        "INVALID_QUANTITY",
                        "volume_rules[0].free_quantity",
                        each -> each.getVolumeRulesBuilder(0).setFreeQuantity(-1)),
                bad(
                        "EMPTY_RULE",
                        "volume_rules[0]",
                        each -> each.getVolumeRulesBuilder(0).clearPrice()),
                bad(
                        "TIER_COUNT",
                        "volume_rules[0].whole_volume.tiers",
                        each -> each.getVolumeRulesBuilder(0).getWholeVolumeBuilder().clearTiers()),
                bad(
                        "TIER_ORDER",
                        "volume_rules[0].whole_volume.tiers[1].up_to",
                        each -> tier(each, 1).setUpTo(600)),
                bad(
                        "TIER_ORDER",
                        "volume_rules[0].whole_volume.tiers[0].up_to",
                        each -> tier(each, 0).setUpTo(-5)),
                bad(
                        "NEGATIVE_PRICE",
                        "volume_rules[0].whole_volume.tiers[0].amount",
                        each -> tier(each, 0).setAmount("-1")),
                bad(
                        "PRICE_WITHOUT_END",
                        "volume_rules[0].whole_volume.tiers[0].amount",
                        each -> each.getVolumeRulesBuilder(0).getWholeVolumeBuilder().setPer(3)),
                bad(
                        "INVALID_PER",
                        "volume_rules[0].whole_volume.per",
                        each -> each.getVolumeRulesBuilder(0).getWholeVolumeBuilder().setPer(-3)),
                bad(
                        "INVALID_QUANTITY",
                        "volume_rules[1].packages.size",
                        each -> each.getVolumeRulesBuilder(1).getPackagesBuilder().setSize(0)),
                bad(
                        "UNKNOWN_ROUNDING",
                        "volume_rules[1].packages.rounding",
                        each ->
                                each.getVolumeRulesBuilder(1)
                                        .getPackagesBuilder()
                                        .setRoundingValue(7)),
                bad(
                        "TOO_MANY_ENTRIES",
                        "time_bands",
                        each -> {
                            for (int i = 0; i < 24; i++) {
                                each.addTimeBands(each.getTimeBands(0));
                            }
                        }));
    }

    private static PriceTier.Builder tier(ContractTerms.Builder terms, int index) {
        return terms.getVolumeRulesBuilder(0).getWholeVolumeBuilder().getTiersBuilder(index);
    }

    @ParameterizedTest
    @MethodSource("badTerms")
    void bad_terms_are_refused_with_field_and_reason(
            String reason, String field, ContractTerms terms) {
        assertThat(Refusals.of(() -> operator.addContractPrices(add("openai-2026", terms))))
                .isEqualTo("INVALID_ARGUMENT " + reason);
        assertThat(Refusals.text(() -> operator.addContractPrices(add("openai-2026", terms))))
                .contains(field + ": ")
                .contains(" (expected: ");
    }

    private static ModelPrices banded(long above, long from) {
        return ModelPrices.newBuilder()
                .setModel("banded")
                .addPrices(PriceRequests.price(Leaf.LEAF_INPUT, "1"))
                .addPrices(
                        PriceRequests.price(Leaf.LEAF_INPUT, "2").toBuilder()
                                .setAboveInputTokens(above)
                                .setFromInputTokens(from))
                .build();
    }

    private static String quoted(long inputTokens) {
        return operator.quote(
                        QuoteRequest.newBuilder()
                                .setTenant("globex")
                                .setProvider("banded")
                                .setModel("banded")
                                .setUsage(
                                        Usage.newBuilder()
                                                .addQuantities(
                                                        LeafQuantity.newBuilder()
                                                                .setLeaf(Leaf.LEAF_INPUT)
                                                                .setQuantity(inputTokens)))
                                .build())
                .getPrice()
                .getBilledCost()
                .getAmount();
    }

    @Test
    void a_context_band_excludes_or_includes_its_bound_as_the_price_says() {
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract("banded", "banded", banded(200_000, 0)));
        assertThat(quoted(200_000)).isEqualTo("0.2");
        assertThat(quoted(200_001)).isEqualTo("0.400002");

        var _ =
                operator.addContractPrices(
                        PriceRequests.prices(
                                "banded", "from", "2026-01-01T00:00:00Z", banded(0, 200_000)));
        assertThat(quoted(199_999)).isEqualTo("0.199999");
        assertThat(quoted(200_000)).isEqualTo("0.4");

        assertThat(
                        Refusals.of(
                                () ->
                                        operator.addContractPrices(
                                                PriceRequests.prices(
                                                        "banded",
                                                        "both",
                                                        "2026-01-01T00:00:00Z",
                                                        banded(1, 2)))))
                .isEqualTo("INVALID_ARGUMENT TWO_BANDS");
    }

    private static CreateExchangeRateRequest rate(String id, String to, String value) {
        return CreateExchangeRateRequest.newBuilder()
                .setExchangeRateId(id)
                .setExchangeRate(
                        ExchangeRate.newBuilder()
                                .setFromCurrencyCode("USD")
                                .setToCurrencyCode(to)
                                .setRate(value)
                                .setEffectiveStartTime(PriceRequests.time("2026-01-01T00:00:00Z")))
                .build();
    }

    @Test
    void a_rate_that_arrives_frees_the_calls_that_waited_for_it_and_is_named_by_their_ratings()
            throws SQLException {
        try (RunningPricing other = RunningPricing.fresh()) {
            PricingServiceBlockingStub stub = other.as(RunningPricing.OPERATOR);
            var _ =
                    stub.createProviderContract(
                            PriceRequests.contract(
                                    "openai-2026",
                                    "openai",
                                    PriceRequests.table("gpt-5", "1.25", "10")));
            var _ = stub.setTenantPlan(PriceRequests.plan("acme", "20", "CHF"));
            other.meter(List.of(MeteredCalls.call("acme", "call-1", "openai", "gpt-5")));
            await().until(() -> other.ratedCalls(RatingKind.RATING_KIND_INITIAL) == 1);
            assertThat(other.ratings().getFirst().getCalls(0).getUnpricedReason())
                    .isEqualTo(UnpricedReason.UNPRICED_REASON_NO_PLAN);

            var _ = stub.createExchangeRate(rate("usd-chf-1", "CHF", "0.8"));
            await().until(() -> other.ratedCalls(RatingKind.RATING_KIND_LATE) == 1);

            ExplainCallResponse explained =
                    stub.explainCall(
                            ExplainCallRequest.newBuilder()
                                    .setName("tenants/acme/calls/call-1")
                                    .build());
            assertThat(explained.getReproduced()).isTrue();
            assertThat(explained.getRatings(1).getExchangeRate()).isEqualTo("usd-chf-1");
            assertThat(explained.getRatings(1).getCharge().getAmount()).isEqualTo("0.00216");
            assertThat(explained.getRatings(1).getCharge().getCurrencyCode()).isEqualTo("CHF");
            assertThat(explained.getPrice().getExchangeRate()).isEqualTo("usd-chf-1");
            assertThat(explained.getPrice().getExchangeRateValue()).isEqualTo("0.8");
        }
    }

    @Test
    void a_rate_is_the_operators_business_and_never_changes() {
        ExchangeRate first = operator.createExchangeRate(rate("usd-jpy-1", "JPY", "150.5"));
        assertThat(operator.createExchangeRate(rate("usd-jpy-1", "JPY", "150.50")))
                .isEqualTo(first);
        assertThat(first.getName()).isEqualTo("exchangeRates/usd-jpy-1");
        assertThat(
                        pricing.as(RunningPricing.ACME)
                                .listExchangeRates(ListExchangeRatesRequest.getDefaultInstance())
                                .getExchangeRatesList())
                .contains(first);
        assertThat(Refusals.of(() -> operator.createExchangeRate(rate("usd-jpy-1", "JPY", "151"))))
                .isEqualTo("ALREADY_EXISTS EXCHANGE_RATE_EXISTS");
        assertThat(
                        Refusals.of(
                                () ->
                                        pricing.as(RunningPricing.ACME)
                                                .createExchangeRate(rate("x", "JPY", "1"))))
                .isEqualTo("PERMISSION_DENIED OPERATOR_ONLY");
    }

    static Stream<Arguments> badRates() {
        return Stream.of(
                Arguments.of("INVALID_EXCHANGE_RATE_ID", rate("A b", "JPY", "1")),
                Arguments.of("INVALID_CURRENCY", rate("x", "XYZ", "1")),
                Arguments.of("SAME_CURRENCY", rate("x", "USD", "1")),
                Arguments.of("INVALID_EXCHANGE_RATE", rate("x", "JPY", "0")),
                Arguments.of("INVALID_EXCHANGE_RATE", rate("x", "JPY", "-1")),
                Arguments.of("INVALID_EXCHANGE_RATE", rate("x", "JPY", "0.123456789")),
                Arguments.of("INVALID_EXCHANGE_RATE", rate("x", "JPY", "much")));
    }

    @ParameterizedTest
    @MethodSource("badRates")
    void a_bad_rate_is_refused(String reason, CreateExchangeRateRequest request) {
        assertThat(Refusals.of(() -> operator.createExchangeRate(request)))
                .isEqualTo("INVALID_ARGUMENT " + reason);
    }
}
