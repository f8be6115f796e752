package dev.meterbook.pricing.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.pricing.v1.Catalogue;
import dev.meterbook.proto.pricing.v1.CataloguePrice;
import dev.meterbook.proto.pricing.v1.GetCatalogueRequest;
import dev.meterbook.proto.pricing.v1.GetTenantPlanRequest;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesRequest;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesResponse;
import dev.meterbook.proto.pricing.v1.PlanVersion;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.pricing.v1.SetTenantPlanRequest;
import dev.meterbook.proto.pricing.v1.TenantPlan;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlanAndQuoteTest {

    private static RunningPricing pricing;
    private static PricingServiceBlockingStub operator;
    private static PricingServiceBlockingStub acme;

    @BeforeAll
    static void start() throws SQLException {
        pricing = RunningPricing.fresh();
        operator = pricing.as(RunningPricing.OPERATOR);
        acme = pricing.as(RunningPricing.ACME);
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "openai-2026", "openai", PriceRequests.table("gpt-5", "1", "8")));
        var _ = operator.setTenantPlan(PriceRequests.plan("acme", "15"));
        var _ = operator.setTenantPlan(PriceRequests.plan("initech", "0", "EUR"));
    }

    @AfterAll
    static void stop() {
        pricing.close();
    }

    private static QuoteRequest.Builder quote(String tenant) {
        return QuoteRequest.newBuilder()
                .setTenant(tenant)
                .setProvider("openai")
                .setModel("gpt-5")
                .setOccurTime(PriceRequests.time("2026-10-05T10:00:00Z"))
                .setUsage(
                        Usage.newBuilder()
                                .setTokens(
                                        TokenCounts.newBuilder()
                                                .setConvention(
                                                        CountingConvention
                                                                .COUNTING_CONVENTION_INCLUSIVE)
                                                .setInputTokens(1_000)
                                                .setCacheReadTokens(400)
                                                .setOutputTokens(100)
                                                .setReasoningTokens(30)));
    }

    @Test
    void a_quote_shows_each_multiplication() {
        PriceBreakdown price = acme.quote(quote("").build()).getPrice();

        assertThat(price.getContract()).isEqualTo("openai-2026");
        assertThat(price.getPriceVersion()).isEqualTo("1");
        assertThat(price.getPlan()).isEqualTo("own-1");
        assertThat(price.getMarkupPercent()).isEqualTo("15");
        assertThat(price.getBilledCost().getAmount()).isEqualTo("0.0018");
        assertThat(price.getBilledCost().getCurrencyCode()).isEqualTo("USD");
        assertThat(price.getListCost().getAmount()).isEqualTo("0.0018");
        assertThat(price.getCharge().getAmount()).isEqualTo("0.00207");
        assertThat(price.getLinesList())
                .extracting(
                        PriceLine::getLeaf,
                        PriceLine::getPricedLeaf,
                        PriceLine::getQuantity,
                        PriceLine::getUnitAmount,
                        PriceLine::getPer,
                        PriceLine::getMultiplier,
                        PriceLine::getAmount,
                        PriceLine::getCharge)
                .containsExactly(
                        line(Leaf.LEAF_INPUT, Leaf.LEAF_INPUT, 600, "1", "0.0006", "0.00069"),
                        line(
                                Leaf.LEAF_INPUT_CACHE_READ,
                                Leaf.LEAF_INPUT,
                                400,
                                "1",
                                "0.0004",
                                "0.00046"),
                        line(Leaf.LEAF_OUTPUT, Leaf.LEAF_OUTPUT, 70, "8", "0.00056", "0.000644"),
                        line(
                                Leaf.LEAF_OUTPUT_REASONING,
                                Leaf.LEAF_OUTPUT,
                                30,
                                "8",
                                "0.00024",
                                "0.000276"));
    }

    private static Tuple line(
            Leaf leaf, Leaf priced, long quantity, String unit, String amount, String charge) {
        return tuple(leaf, priced, quantity, unit, 1_000_000L, "1", amount, charge);
    }

    @Test
    void a_quote_without_price_says_why() {
        assertThat(acme.quote(quote("").setModel("unheard-of").build()).getPrice())
                .isEqualTo(
                        PriceBreakdown.newBuilder()
                                .setUnpricedReason(UnpricedReason.UNPRICED_REASON_UNKNOWN_MODEL)
                                .build());
        assertThat(operator.quote(quote("initech").build()).getPrice().getUnpricedReason())
                .isEqualTo(UnpricedReason.UNPRICED_REASON_NO_PLAN);
        PriceBreakdown search =
                acme.quote(quote("").setUsage(quantity(Leaf.LEAF_WEB_SEARCH, 1)).build())
                        .getPrice();
        assertThat(search.getUnpricedReason())
                .isEqualTo(UnpricedReason.UNPRICED_REASON_NO_PRICE_FOR_LEAF);
        assertThat(search.getUnpricedLeaf()).isEqualTo(Leaf.LEAF_WEB_SEARCH);
    }

    private static Usage quantity(Leaf leaf, long quantity) {
        return Usage.newBuilder()
                .addQuantities(LeafQuantity.newBuilder().setLeaf(leaf).setQuantity(quantity))
                .build();
    }

    @Test
    void a_quote_is_for_the_credentials_own_tenant() {
        assertThat(Refusals.of(() -> acme.quote(quote("globex").build())))
                .isEqualTo("PERMISSION_DENIED TENANT_MISMATCH");
        assertThat(Refusals.of(() -> operator.quote(quote("").build())))
                .isEqualTo("INVALID_ARGUMENT TENANT_REQUIRED");
        assertThat(pricing.as(RunningPricing.INGEST).quote(quote("").build()).getPrice().getPlan())
                .isEqualTo("own-1");
        assertThat(
                        pricing.as(RunningPricing.GLOBEX)
                                .quote(quote("globex").build())
                                .getPrice()
                                .getPlan())
                .isEqualTo("none");
    }

    private static Arguments bad(String reason, Consumer<QuoteRequest.Builder> change) {
        QuoteRequest.Builder request = quote("acme");
        change.accept(request);
        return Arguments.of(reason, request.build());
    }

    private static TokenCounts.Builder tokens(QuoteRequest.Builder request) {
        return request.getUsageBuilder().getTokensBuilder();
    }

    static Stream<Arguments> badQuotes() {
        return Stream.of(
                bad("INVALID_PROVIDER", each -> each.setProvider("")),
                bad("INVALID_MODEL", each -> each.setModel("a".repeat(129))),
                bad("UNKNOWN_SERVICE_TIER", each -> each.setServiceTierValue(77)),
                bad(
                        "INVALID_TIME",
                        each -> each.setOccurTime(PriceRequests.time("1999-12-31T23:59:59Z"))),
                bad("USAGE_MISSING", QuoteRequest.Builder::clearUsage),
                bad("NEGATIVE_COUNT", each -> tokens(each).setOutputTokens(-1)),
                bad("COUNT_TOO_LARGE", each -> tokens(each).setInputTokens(1_000_000_001)),
                bad("CACHED_ABOVE_INPUT", each -> tokens(each).setCacheReadTokens(1_001)),
                bad("REASONING_ABOVE_OUTPUT", each -> tokens(each).setReasoningTokens(101)),
                bad("AUDIO_ABOVE_INPUT", each -> tokens(each).setInputAudioTokens(601)),
                bad("AUDIO_ABOVE_OUTPUT", each -> tokens(each).setOutputAudioTokens(71)),
                bad("UNKNOWN_CONVENTION", each -> tokens(each).setConventionValue(7)),
                bad(
                        "COUNT_TOO_LARGE",
                        each -> each.setUsage(quantity(Leaf.LEAF_INPUT, 1_000_000_001))),
                bad("CONVENTION_REQUIRED", each -> tokens(each).clearConvention()),
                bad(
                        "TOKENS_AND_QUANTITIES",
                        each ->
                                each.getUsageBuilder()
                                        .addQuantities(
                                                LeafQuantity.newBuilder()
                                                        .setLeaf(Leaf.LEAF_INPUT)
                                                        .setQuantity(1))),
                bad(
                        "UNKNOWN_LEAF",
                        each ->
                                each.getUsageBuilder()
                                        .addQuantities(LeafQuantity.newBuilder().setLeafValue(99))),
                bad(
                        "COUNT_TOO_LARGE",
                        each -> each.setUsage(quantity(Leaf.LEAF_IMAGE, 1_000_000_000_001L))),
                bad(
                        "DUPLICATE_LEAF",
                        each ->
                                each.setUsage(
                                        quantity(Leaf.LEAF_IMAGE, 1).toBuilder()
                                                .mergeFrom(quantity(Leaf.LEAF_IMAGE, 2)))));
    }

    @ParameterizedTest
    @MethodSource("badQuotes")
    void a_bad_quote_is_refused_with_its_reason(String reason, QuoteRequest request) {
        assertThat(Refusals.of(() -> operator.quote(request)))
                .isEqualTo("INVALID_ARGUMENT " + reason);
        assertThat(Refusals.text(() -> operator.quote(request))).contains(" (expected: ");
    }

    private static GetTenantPlanRequest plan(String name) {
        return GetTenantPlanRequest.newBuilder().setName(name).build();
    }

    @Test
    void a_plan_has_versions_and_setting_the_newest_again_changes_nothing() {
        SetTenantPlanRequest ten = PriceRequests.plan("hooli", "10");
        TenantPlan first = operator.setTenantPlan(ten);
        assertThat(operator.setTenantPlan(ten)).isEqualTo(first);

        TenantPlan second = operator.setTenantPlan(PriceRequests.plan("hooli", "12"));

        assertThat(second.getVersionsList())
                .extracting(PlanVersion::getNumber)
                .containsExactly(1, 2);
        assertThat(operator.getTenantPlan(plan("tenants/hooli/plan"))).isEqualTo(second);
    }

    @Test
    void a_tenant_reads_its_own_plan_only_and_sets_none() {
        assertThat(acme.getTenantPlan(plan("tenants/acme/plan")).getVersions(0).getMarkupPercent())
                .isEqualTo("15");
        assertThat(Refusals.of(() -> acme.getTenantPlan(plan("tenants/initech/plan"))))
                .isEqualTo("PERMISSION_DENIED TENANT_MISMATCH");
        assertThat(Refusals.of(() -> acme.getTenantPlan(plan("tenants/-/plan"))))
                .isEqualTo("PERMISSION_DENIED OPERATOR_ONLY");
        assertThat(Refusals.of(() -> acme.setTenantPlan(PriceRequests.plan("acme", "0"))))
                .isEqualTo("PERMISSION_DENIED OPERATOR_ONLY");
        assertThat(Refusals.of(() -> operator.getTenantPlan(plan("tenants/nobody/plan"))))
                .isEqualTo("NOT_FOUND NO_PLAN");
    }

    @Test
    void a_bad_plan_is_refused() {
        assertThat(Refusals.of(() -> operator.setTenantPlan(PriceRequests.plan("acme", "lots"))))
                .isEqualTo("INVALID_ARGUMENT INVALID_DECIMAL");
        assertThat(Refusals.of(() -> operator.setTenantPlan(PriceRequests.plan("acme", "-101"))))
                .isEqualTo("INVALID_ARGUMENT INVALID_MARKUP");
        assertThat(
                        Refusals.of(
                                () ->
                                        operator.setTenantPlan(
                                                PriceRequests.plan("acme", "1", "XYZ"))))
                .isEqualTo("INVALID_ARGUMENT INVALID_CURRENCY");
        assertThat(Refusals.of(() -> operator.setTenantPlan(PriceRequests.plan("A b", "1"))))
                .isEqualTo("INVALID_ARGUMENT INVALID_TENANT");
        assertThat(Refusals.of(() -> operator.getTenantPlan(plan("plans/acme"))))
                .isEqualTo("INVALID_ARGUMENT INVALID_NAME");
    }

    @Test
    void the_operators_plan_for_all_applies_to_tenants_without_one() throws SQLException {
        try (RunningPricing other = RunningPricing.fresh()) {
            PricingServiceBlockingStub stub = other.as(RunningPricing.OPERATOR);
            assertThat(stub.quote(quote("umbrella").build()).getPrice().getPlan())
                    .isEqualTo("none");

            var _ = stub.setTenantPlan(PriceRequests.plan("-", "5"));

            PriceBreakdown price = stub.quote(quote("umbrella").build()).getPrice();
            assertThat(price.getPlan()).isEqualTo("default-1");
            assertThat(price.getMarkupPercent()).isEqualTo("5");
        }
    }

    @Test
    void the_catalogue_is_open_to_every_reader() {
        Catalogue catalogue = acme.getCatalogue(GetCatalogueRequest.getDefaultInstance());
        assertThat(catalogue.getId()).isEqualTo("starter");
        assertThat(catalogue.getModelCount()).isGreaterThanOrEqualTo(40);

        List<String> names = new ArrayList<>();
        ListCataloguePricesResponse page = ListCataloguePricesResponse.getDefaultInstance();
        do {
            page =
                    acme.listCataloguePrices(
                            ListCataloguePricesRequest.newBuilder()
                                    .setPageSize(30)
                                    .setPageToken(page.getNextPageToken())
                                    .build());
            for (CataloguePrice price : page.getPricesList()) {
                names.add(price.getProvider() + " " + price.getPrices().getModel());
                assertThat(price.getSourceUri()).startsWith("https://");
            }
        } while (!page.getNextPageToken().isEmpty());

        assertThat(names).hasSize(catalogue.getModelCount()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_foreign_page_token_is_refused() {
        assertThat(
                        Refusals.of(
                                () ->
                                        acme.listCataloguePrices(
                                                ListCataloguePricesRequest.newBuilder()
                                                        .setPageToken("%%%")
                                                        .build())))
                .isEqualTo("INVALID_ARGUMENT INVALID_PAGE_TOKEN");
        assertThat(
                        Refusals.of(
                                () ->
                                        acme.listCataloguePrices(
                                                ListCataloguePricesRequest.newBuilder()
                                                        .setPageSize(-1)
                                                        .build())))
                .isEqualTo("INVALID_ARGUMENT INVALID_PAGE_SIZE");
    }
}
