package dev.meterbook.pricing.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.pricing.SpendRequests;
import dev.meterbook.proto.pricing.v1.GetProviderContractRequest;
import dev.meterbook.proto.pricing.v1.PackagePrice;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.SetTenantPlanRequest;
import dev.meterbook.proto.pricing.v1.SettlePeriodsRequest;
import dev.meterbook.proto.pricing.v1.SpendCommitment;
import dev.meterbook.proto.pricing.v1.SpendProration;
import dev.meterbook.proto.pricing.v1.SpendTerm;
import dev.meterbook.proto.pricing.v1.VolumePeriod;
import dev.meterbook.proto.pricing.v1.VolumeRule;
import dev.meterbook.proto.type.v1.Leaf;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpendCallsTest {

    private static final SpendTerm WHOLE =
            SpendTerm.newBuilder()
                    .setId("promise")
                    .setPeriod(VolumePeriod.VOLUME_PERIOD_YEAR)
                    .setMinimumAmount("10.25")
                    .setMaximumAmount("5000")
                    .setCommitment(
                            SpendCommitment.newBuilder()
                                    .setAmount("1200")
                                    .setOverageMultiplier("1.25")
                                    .setShortfall(SpendCommitment.Shortfall.SHORTFALL_WAIVED))
                    .setProration(SpendProration.SPEND_PRORATION_BY_DAYS)
                    .build();

    private static RunningPricing pricing;
    private static PricingServiceBlockingStub operator;

    @BeforeAll
    static void start() throws SQLException {
        pricing = RunningPricing.fresh();
        operator = pricing.as(RunningPricing.OPERATOR);
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "openai-2026", "openai", PriceRequests.table("gpt-5", "1", "10")));
        var _ = operator.addContractPrices(SpendRequests.terms("openai-2026", "t1", WHOLE));
    }

    @AfterAll
    static void stop() {
        pricing.close();
    }

    @Test
    void terms_of_a_contract_are_read_as_they_were_written() {
        var contract =
                operator.getProviderContract(
                        GetProviderContractRequest.newBuilder()
                                .setName("contracts/openai-2026")
                                .build());

        assertThat(contract.getPriceVersions(1).getTerms().getSpendTermsList())
                .containsExactly(WHOLE);
    }

    @Test
    void rules_and_terms_of_a_plan_are_read_as_they_were_written() {
        VolumeRule rule =
                VolumeRule.newBuilder()
                        .setId("included")
                        .setModel("*")
                        .addLeaves(Leaf.LEAF_OUTPUT)
                        .setPeriod(VolumePeriod.VOLUME_PERIOD_MONTH)
                        .setFreeQuantity(1_000)
                        .setPackages(
                                PackagePrice.newBuilder()
                                        .setSize(500)
                                        .setAmount("2.5")
                                        .setRounding(PackagePrice.Rounding.ROUNDING_DOWN))
                        .build();
        SetTenantPlanRequest.Builder plan = SpendRequests.plan("reader", "10", WHOLE).toBuilder();
        plan.getVersionBuilder().addVolumeRules(rule);

        var answer = operator.setTenantPlan(plan.build());

        assertThat(answer.getVersions(0).getVolumeRulesList()).containsExactly(rule);
        assertThat(answer.getVersions(0).getSpendTermsList()).containsExactly(WHOLE);
    }

    static Stream<Arguments> wrongTerms() {
        return Stream.of(
                Arguments.of(
                        "NEGATIVE_AMOUNT", "minimum_amount: -1", SpendRequests.minimum("t", "-1")),
                Arguments.of(
                        "NEGATIVE_AMOUNT", "maximum_amount: -1", SpendRequests.maximum("t", "-1")),
                Arguments.of(
                        "INVALID_AMOUNT", "maximum_amount: 0", SpendRequests.maximum("t", "0")),
                Arguments.of(
                        "INVALID_DECIMAL",
                        "minimum_amount: 1e3",
                        SpendRequests.minimum("t", "1e3")),
                Arguments.of(
                        "AMOUNT_OUT_OF_RANGE",
                        "minimum_amount: 1000000000000",
                        SpendRequests.minimum("t", "1000000000000")),
                Arguments.of(
                        "AMOUNT_TOO_FINE",
                        "minimum_amount: 0.001 (expected: at most 2 digits after the point in USD)",
                        SpendRequests.minimum("t", "0.001")),
                Arguments.of(
                        "MINIMUM_ABOVE_MAXIMUM",
                        "minimum_amount: 6 (expected: at most the maximum, 5)",
                        SpendRequests.minimum("t", "6").toBuilder().setMaximumAmount("5").build()),
                Arguments.of(
                        "COMMITMENT_ABOVE_MAXIMUM",
                        "commitment.amount: 6",
                        SpendRequests.commitment("t", "6", "1").toBuilder()
                                .setMaximumAmount("5")
                                .build()),
                Arguments.of(
                        "INVALID_AMOUNT",
                        "commitment.amount: 0",
                        SpendRequests.commitment("t", "0", "1")),
                Arguments.of(
                        "INVALID_MULTIPLIER",
                        "commitment.overage_multiplier: 1001",
                        SpendRequests.commitment("t", "6", "1001")),
                Arguments.of(
                        "INVALID_MULTIPLIER",
                        "commitment.overage_multiplier: -1",
                        SpendRequests.commitment("t", "6", "-1")),
                Arguments.of("EMPTY_TERM", "spend_terms[0]: t", SpendRequests.minimum("t", "")),
                Arguments.of("INVALID_TERM_ID", "id: T", SpendRequests.minimum("T", "1")),
                Arguments.of(
                        "PERIOD_CHANGED",
                        "period: MONTH (expected: YEAR",
                        SpendRequests.minimum("promise", "1")),
                Arguments.of(
                        "UNKNOWN_PERIOD",
                        "period: 9",
                        SpendRequests.minimum("t", "1").toBuilder().setPeriodValue(9).build()),
                Arguments.of(
                        "UNKNOWN_PRORATION",
                        "proration: 9",
                        SpendRequests.minimum("t", "1").toBuilder().setProrationValue(9).build()),
                Arguments.of(
                        "UNKNOWN_SHORTFALL",
                        "commitment.shortfall: 9",
                        SpendTerm.newBuilder()
                                .setId("t")
                                .setCommitment(
                                        SpendCommitment.newBuilder()
                                                .setAmount("1")
                                                .setShortfallValue(9))
                                .build()));
    }

    @ParameterizedTest
    @MethodSource("wrongTerms")
    void wrong_terms_are_refused_with_field_and_reason(String reason, String text, SpendTerm term) {
        var request = SpendRequests.terms("openai-2026", "wrong", term);

        assertThat(Refusals.of(() -> operator.addContractPrices(request)))
                .isEqualTo("INVALID_ARGUMENT " + reason);
        assertThat(Refusals.text(() -> operator.addContractPrices(request)))
                .startsWith("price_version.terms.spend_terms[0]")
                .contains(text);
    }

    @Test
    void terms_of_plans_are_checked_in_the_plans_currency() {
        SetTenantPlanRequest.Builder plan =
                SpendRequests.plan("wrong", "0", SpendRequests.minimum("t", "0.5")).toBuilder();
        plan.getVersionBuilder().setCurrencyCode("JPY");

        assertThat(Refusals.text(() -> operator.setTenantPlan(plan.build())))
                .startsWith("version.spend_terms[0].minimum_amount: 0.5");
    }

    @Test
    void a_hundred_terms_are_taken_and_one_more_is_not() {
        SpendTerm[] terms =
                IntStream.range(0, 101)
                        .mapToObj(i -> SpendRequests.minimum("t" + i, "1"))
                        .toArray(SpendTerm[]::new);

        assertThat(
                        Refusals.of(
                                () ->
                                        operator.setTenantPlan(
                                                SpendRequests.plan("many", "0", terms))))
                .isEqualTo("INVALID_ARGUMENT TOO_MANY_ENTRIES");
        assertThat(
                        Refusals.text(
                                () ->
                                        operator.setTenantPlan(
                                                SpendRequests.plan("many", "0", WHOLE, WHOLE))))
                .startsWith("version.spend_terms[1].id: promise");
    }

    @Test
    void a_month_must_be_one_that_has_begun() {
        String next = YearMonth.now(ZoneOffset.UTC).plusMonths(1).toString();

        assertThat(Refusals.of(() -> operator.settlePeriods(month(next))))
                .isEqualTo("INVALID_ARGUMENT FUTURE_MONTH");
        assertThat(Refusals.of(() -> operator.settlePeriods(month("2026-13"))))
                .isEqualTo("INVALID_ARGUMENT INVALID_MONTH");
        assertThat(Refusals.text(() -> operator.settlePeriods(month("October"))))
                .isEqualTo("month: October (expected: a month such as 2026-10)");
        assertThat(operator.settlePeriods(month("2020-12")).getSettlementsList()).isEmpty();
    }

    @Test
    void only_the_operator_settles() {
        assertThat(
                        Refusals.of(
                                () ->
                                        pricing.as(RunningPricing.ACME)
                                                .settlePeriods(month("2020-12"))))
                .startsWith("PERMISSION_DENIED");
    }

    private static SettlePeriodsRequest month(String month) {
        return SettlePeriodsRequest.newBuilder().setMonth(month).build();
    }
}
