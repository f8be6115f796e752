package dev.meterbook.pricing.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.GetProviderContractRequest;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ListProviderContractsRequest;
import dev.meterbook.proto.pricing.v1.ListProviderContractsResponse;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.pricing.v1.TierMultiplier;
import dev.meterbook.proto.type.v1.Leaf;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContractCallsTest {

    private static final ModelPrices GPT_5 = PriceRequests.table("gpt-5", "1.25", "10");

    private static RunningPricing pricing;
    private static PricingServiceBlockingStub operator;

    @BeforeAll
    static void start() throws SQLException {
        pricing = RunningPricing.fresh();
        operator = pricing.as(RunningPricing.OPERATOR);
    }

    @AfterAll
    static void stop() {
        pricing.close();
    }

    @Test
    void creates_a_contract_and_reads_it_again() {
        ProviderContract created =
                operator.createProviderContract(PriceRequests.contract("one", "openai", GPT_5));

        assertThat(created.getName()).isEqualTo("contracts/one");
        assertThat(created.getPriceVersions(0).getId()).isEqualTo("1");
        assertThat(created.getPriceVersions(0).getEffectiveStartTime())
                .isEqualTo(PriceRequests.time("2026-01-01T00:00:00Z"));
        assertThat(created.getPriceVersions(0).getModelPrices(0).getPrices(0).getPer())
                .isEqualTo(1_000_000);
        assertThat(created.hasCreateTime()).isTrue();
        assertThat(
                        pricing.as(RunningPricing.AUDITOR)
                                .getProviderContract(
                                        GetProviderContractRequest.newBuilder()
                                                .setName("contracts/one")
                                                .build()))
                .isEqualTo(created);
    }

    @Test
    void creating_it_again_gives_the_same_answer_and_another_is_refused() {
        CreateProviderContractRequest request = PriceRequests.contract("twice", "openai", GPT_5);
        ProviderContract first = operator.createProviderContract(request);

        assertThat(operator.createProviderContract(request)).isEqualTo(first);
        assertThat(
                        Refusals.of(
                                () ->
                                        operator.createProviderContract(
                                                PriceRequests.contract("twice", "anthropic"))))
                .isEqualTo("ALREADY_EXISTS CONTRACT_EXISTS");
    }

    @Test
    void adds_prices_once() {
        var _ = operator.createProviderContract(PriceRequests.contract("grows", "openai", GPT_5));
        AddContractPricesRequest request =
                PriceRequests.prices("grows", "july", "2026-07-01T00:00:00Z", GPT_5);

        ProviderContract grown = operator.addContractPrices(request);

        assertThat(grown.getPriceVersionsList())
                .extracting(ContractPriceVersion::getId)
                .containsExactly("1", "july");
        assertThat(operator.addContractPrices(request)).isEqualTo(grown);
        assertThat(
                        Refusals.of(
                                () ->
                                        operator.addContractPrices(
                                                PriceRequests.prices(
                                                        "grows",
                                                        "july",
                                                        "2026-08-01T00:00:00Z",
                                                        GPT_5))))
                .isEqualTo("ALREADY_EXISTS PRICE_VERSION_EXISTS");
    }

    @Test
    void a_contract_that_is_not_there_is_not_found() {
        assertThat(
                        Refusals.of(
                                () ->
                                        operator.addContractPrices(
                                                PriceRequests.prices(
                                                        "nowhere",
                                                        "1",
                                                        "2026-08-01T00:00:00Z",
                                                        GPT_5))))
                .isEqualTo("NOT_FOUND UNKNOWN_CONTRACT");
        assertThat(
                        Refusals.of(
                                () ->
                                        operator.getProviderContract(
                                                GetProviderContractRequest.newBuilder()
                                                        .setName("contracts/nowhere")
                                                        .build())))
                .isEqualTo("NOT_FOUND UNKNOWN_CONTRACT");
    }

    @Test
    void lists_page_by_page() {
        for (int i = 0; i < 5; i++) {
            var _ = operator.createProviderContract(PriceRequests.contract("page-" + i, "paged"));
        }
        ListProviderContractsRequest request =
                ListProviderContractsRequest.newBuilder()
                        .setProvider("paged")
                        .setPageSize(3)
                        .build();

        ListProviderContractsResponse first = operator.listProviderContracts(request);
        ListProviderContractsResponse second =
                operator.listProviderContracts(
                        request.toBuilder().setPageToken(first.getNextPageToken()).build());

        assertThat(
                        Stream.concat(
                                        first.getContractsList().stream(),
                                        second.getContractsList().stream())
                                .map(ProviderContract::getName))
                .containsExactly(
                        "contracts/page-0",
                        "contracts/page-1",
                        "contracts/page-2",
                        "contracts/page-3",
                        "contracts/page-4");
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void contracts_are_the_operators_own() {
        CreateProviderContractRequest create = PriceRequests.contract("mine", "openai", GPT_5);
        PricingServiceBlockingStub acme = pricing.as(RunningPricing.ACME);

        assertThat(Refusals.of(() -> acme.createProviderContract(create)))
                .isEqualTo("PERMISSION_DENIED OPERATOR_ONLY");
        assertThat(
                        Refusals.of(
                                () ->
                                        acme.listProviderContracts(
                                                ListProviderContractsRequest.getDefaultInstance())))
                .isEqualTo("PERMISSION_DENIED OPERATOR_ONLY");
        assertThat(
                        Refusals.of(
                                () ->
                                        pricing.as(RunningPricing.AUDITOR)
                                                .createProviderContract(create)))
                .isEqualTo("PERMISSION_DENIED SCOPE_MISSING");
        assertThat(Refusals.of(() -> pricing.anonymous().createProviderContract(create)))
                .isEqualTo("UNAUTHENTICATED CREDENTIAL_INVALID");
    }

    private static Arguments bad(
            String expected, Consumer<CreateProviderContractRequest.Builder> change) {
        CreateProviderContractRequest.Builder request =
                PriceRequests.contract("bad", "openai", GPT_5).toBuilder();
        change.accept(request);
        return Arguments.of(expected, request.build());
    }

    private static Arguments badTable(String expected, Consumer<ModelPrices.Builder> change) {
        return bad(
                expected,
                request ->
                        change.accept(
                                request.getContractBuilder()
                                        .getPriceVersionsBuilder(0)
                                        .getModelPricesBuilder(0)));
    }

    static Stream<Arguments> badContracts() {
        String table = "contract.price_versions[0].model_prices[0].";
        return Stream.of(
                bad("INVALID_CONTRACT_ID contract_id", each -> each.setContractId("Bad Id")),
                bad("INVALID_CONTRACT_ID contract_id", each -> each.setContractId("")),
                bad("INVALID_CONTRACT_ID contract_id", each -> each.setContractId("a".repeat(64))),
                bad(
                        "INVALID_PROVIDER contract.provider",
                        each -> each.getContractBuilder().clearProvider()),
                bad(
                        "INVALID_CURRENCY contract.currency_code",
                        each -> each.getContractBuilder().setCurrencyCode("usd")),
                bad(
                        "INVALID_TIME contract.effective_start_time",
                        each -> each.getContractBuilder().clearEffectiveStartTime()),
                bad(
                        "EMPTY_VALIDITY contract.effective_end_time",
                        each ->
                                each.getContractBuilder()
                                        .setEffectiveEndTime(
                                                PriceRequests.time("2026-01-01T00:00:00Z"))),
                bad(
                        "DUPLICATE_VERSION contract.price_versions[1].id",
                        each ->
                                each.getContractBuilder()
                                        .addPriceVersions(
                                                ContractPriceVersion.newBuilder()
                                                        .setId("1")
                                                        .addModelPrices(GPT_5))),
                bad(
                        "NO_PRICES contract.price_versions[1].model_prices",
                        each ->
                                each.getContractBuilder()
                                        .addPriceVersions(
                                                ContractPriceVersion.getDefaultInstance())),
                bad(
                        "DUPLICATE_MODEL contract.price_versions[0].model_prices[1]",
                        each ->
                                each.getContractBuilder()
                                        .getPriceVersionsBuilder(0)
                                        .addModelPrices(GPT_5)),
                badTable("INVALID_MODEL " + table + "model", each -> each.setModel("gpt 5")),
                badTable("NO_PRICES " + table + "prices", ModelPrices.Builder::clearPrices),
                badTable(
                        "UNKNOWN_LEAF " + table + "prices[0].leaf",
                        each -> each.getPricesBuilder(0).setLeafValue(999)),
                badTable(
                        "UNKNOWN_LEAF " + table + "prices[0].leaf",
                        each -> each.getPricesBuilder(0).setLeaf(Leaf.LEAF_UNSPECIFIED)),
                badTable(
                        "NEGATIVE_PRICE " + table + "prices[1].amount",
                        each -> each.getPricesBuilder(1).setAmount("-1")),
                badTable(
                        "INVALID_DECIMAL " + table + "prices[1].amount",
                        each -> each.getPricesBuilder(1).setAmount("1,5")),
                badTable(
                        "INVALID_PER " + table + "prices[1].per",
                        each -> each.getPricesBuilder(1).setPer(-1)),
                badTable(
                        "DUPLICATE_PRICE " + table + "prices[2]",
                        each ->
                                each.addPrices(
                                        LeafPrice.newBuilder()
                                                .setLeaf(Leaf.LEAF_INPUT)
                                                .setAmount("1"))),
                badTable(
                        "INVALID_MULTIPLIER " + table + "tier_multipliers[0].multiplier",
                        each ->
                                each.addTierMultipliers(
                                        TierMultiplier.newBuilder()
                                                .setServiceTier(ServiceTier.SERVICE_TIER_BATCH)
                                                .setMultiplier("0"))));
    }

    @ParameterizedTest
    @MethodSource("badContracts")
    void a_bad_contract_is_refused_with_field_and_reason(
            String expected, CreateProviderContractRequest request) {
        String[] reasonAndField = expected.split(" ", 2);

        assertThat(Refusals.of(() -> operator.createProviderContract(request)))
                .isEqualTo("INVALID_ARGUMENT " + reasonAndField[0]);
        assertThat(Refusals.text(() -> operator.createProviderContract(request)))
                .startsWith(reasonAndField[1] + ": ")
                .contains("(expected: ");
    }
}
