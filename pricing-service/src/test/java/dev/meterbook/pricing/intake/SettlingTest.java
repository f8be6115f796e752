package dev.meterbook.pricing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.MeteredCalls;
import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.pricing.SpendRequests;
import dev.meterbook.proto.pricing.v1.PeriodSettled;
import dev.meterbook.proto.pricing.v1.PeriodSettlement;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.SettlePeriodsRequest;
import dev.meterbook.proto.pricing.v1.SettlementReason;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An output token costs 1 USD; what is settled is last month, which is over. */
class SettlingTest {

    private final YearMonth month = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
    private final Instant occurred = month.atDay(9).atTime(8, 0).toInstant(ZoneOffset.UTC);

    private RunningPricing pricing;
    private PricingServiceBlockingStub operator;
    private int rated;

    @BeforeEach
    void start() throws SQLException {
        pricing = RunningPricing.fresh();
        operator = pricing.as(RunningPricing.OPERATOR);
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "openai-2026",
                                "openai",
                                PriceRequests.table("gpt-5", "0", "1000000")));
    }

    @AfterEach
    void stop() {
        pricing.close();
    }

    private void spend(String tenant, String id, long dollars) {
        pricing.meter(
                List.of(
                        MeteredCalls.call(
                                tenant,
                                id,
                                "openai",
                                "gpt-5",
                                occurred,
                                Map.of(Leaf.OUTPUT, dollars))));
        int wanted = ++rated;
        await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_INITIAL) >= wanted);
    }

    private List<PeriodSettlement> settle() {
        return operator.settlePeriods(SettlePeriodsRequest.getDefaultInstance())
                .getSettlementsList();
    }

    private List<String> amounts(List<PeriodSettlement> settlements) {
        return settlements.stream()
                .map(each -> each.getOwner() + " " + each.getAmount().getAmount())
                .toList();
    }

    private List<PeriodSettled> events() {
        return pricing.ratingLog().stream()
                .filter(event -> event.type().name().equals("pricing.PeriodSettled"))
                .map(SettlingTest::parsed)
                .toList();
    }

    private static PeriodSettled parsed(StoredEvent event) {
        try {
            return PeriodSettled.parseFrom(event.payload());
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void minimum(String amount) {
        var _ =
                operator.addContractPrices(
                        SpendRequests.terms(
                                "openai-2026",
                                "least-" + amount,
                                SpendRequests.minimum("least", amount)));
    }

    @Test
    void what_is_missing_to_a_minimum_is_stored_once() {
        minimum("100");
        spend("acme", "one", 30);

        assertThat(
                        operator.settlePeriods(
                                        SettlePeriodsRequest.newBuilder().setDryRun(true).build())
                                .getSettlements(0)
                                .getAmount()
                                .getAmount())
                .isEqualTo("70");
        assertThat(events()).isEmpty();
        assertThat(amounts(settle())).containsExactly("contracts/openai-2026 70");
        assertThat(settle()).isEmpty();

        Instant first = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        assertThat(events())
                .containsExactly(
                        PeriodSettled.newBuilder()
                                .setContract("openai-2026")
                                .setTerm("least")
                                .setReason(SettlementReason.SETTLEMENT_REASON_MINIMUM)
                                .setPeriodStartTimeMicros(first.getEpochSecond() * 1_000_000)
                                .setPeriodEndTimeMicros(end.getEpochSecond() * 1_000_000)
                                .setVersion("least-100")
                                .setCurrencyCode("USD")
                                .setSpendAmount("30")
                                .setOwedAmount("70")
                                .setAmount("70")
                                .build());
    }

    @Test
    void late_usage_and_another_term_are_put_right_by_the_next_run_over_a_restart() {
        minimum("100");
        assertThat(amounts(settle())).containsExactly("contracts/openai-2026 100");
        spend("acme", "late", 30);
        pricing.stop();
        pricing.startAgain();
        operator = pricing.as(RunningPricing.OPERATOR);

        assertThat(amounts(settle())).containsExactly("contracts/openai-2026 -30");
        minimum("90");
        assertThat(amounts(settle())).containsExactly("contracts/openai-2026 -10");
        var _ = operator.addContractPrices(SpendRequests.terms("openai-2026", "none"));
        assertThat(amounts(settle())).containsExactly("contracts/openai-2026 -60");
        assertThat(settle()).isEmpty();
        assertThat(events())
                .extracting(PeriodSettled::getOwedAmount)
                .containsExactly("100", "70", "60", "0");
    }

    @Test
    void a_commitment_that_was_not_reached_is_owed() {
        var _ =
                operator.addContractPrices(
                        SpendRequests.terms(
                                "openai-2026",
                                "promise",
                                SpendRequests.commitment("promise", "1000", "2")));
        spend("acme", "one", 400);

        PeriodSettlement settled = settle().getFirst();

        assertThat(settled.getReason())
                .isEqualTo(SettlementReason.SETTLEMENT_REASON_COMMITMENT_SHORTFALL);
        assertThat(settled.getOwed().getAmount()).isEqualTo("600");
        assertThat(settled.getSpend().getAmount()).isEqualTo("400");
    }

    @Test
    void own_plans_owe_without_a_call_the_plan_of_all_only_with_one() {
        var _ =
                operator.setTenantPlan(
                        SpendRequests.plan("-", "0", SpendRequests.minimum("fee", "50")));
        var _ =
                operator.setTenantPlan(
                        SpendRequests.plan("acme", "10", SpendRequests.minimum("fee", "20")));
        spend("globex", "one", 8);

        List<PeriodSettlement> settled = settle();

        assertThat(amounts(settled))
                .containsExactly("tenants/acme/plan 20", "tenants/globex/plan 42");
        assertThat(settled)
                .extracting(PeriodSettlement::getVersion)
                .containsExactly("own-1", "default-1");
        assertThat(events()).extracting(PeriodSettled::getTenant).containsExactly("acme", "globex");
        assertThat(settle()).isEmpty();
    }

    @Test
    void four_at_once_settle_once() {
        minimum("100");

        IntStream.range(0, 4).parallel().forEach(any -> settle());

        assertThat(events()).extracting(PeriodSettled::getAmount).containsExactly("100");
    }

    @Test
    void pages_follow_each_other() {
        for (String tenant : List.of("a", "b", "c")) {
            var _ =
                    operator.setTenantPlan(
                            SpendRequests.plan(tenant, "0", SpendRequests.minimum("fee", "5")));
        }
        SettlePeriodsRequest two =
                SettlePeriodsRequest.newBuilder().setPageSize(2).setDryRun(true).build();

        var first = operator.settlePeriods(two);
        var second =
                operator.settlePeriods(
                        two.toBuilder().setPageToken(first.getNextPageToken()).build());

        assertThat(amounts(first.getSettlementsList()))
                .containsExactly("tenants/a/plan 5", "tenants/b/plan 5");
        assertThat(amounts(second.getSettlementsList())).containsExactly("tenants/c/plan 5");
        assertThat(second.getNextPageToken()).isEmpty();
    }
}
