package dev.meterbook.pricing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.pricing.MeteredCalls;
import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.ContractTerms;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.PriceTier;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.ReRateCallsRequest;
import dev.meterbook.proto.pricing.v1.RuleCount;
import dev.meterbook.proto.pricing.v1.TermOwner;
import dev.meterbook.proto.pricing.v1.TieredPrice;
import dev.meterbook.proto.pricing.v1.UsageRated;
import dev.meterbook.proto.pricing.v1.VolumeRule;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each call has 100 output tokens: free up to 10,000, then 0.001 each, beyond 100,000 half of it.
 */
class RunningVolumeTest {

    private RunningPricing pricing;
    private PricingServiceBlockingStub operator;

    @BeforeEach
    void start() throws SQLException {
        pricing = RunningPricing.fresh();
        operator = pricing.as(RunningPricing.OPERATOR);
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "openai-2026", "openai", PriceRequests.table("gpt-5", "0", "10")));
        var _ = operator.addContractPrices(terms());
    }

    @AfterEach
    void stop() {
        pricing.close();
    }

    private static AddContractPricesRequest terms() {
        TieredPrice tiers =
                TieredPrice.newBuilder()
                        .setPer(1_000)
                        .addTiers(PriceTier.newBuilder().setUpTo(90_000).setAmount("1"))
                        .addTiers(PriceTier.newBuilder().setAmount("0.5"))
                        .build();
        return AddContractPricesRequest.newBuilder()
                .setName("contracts/openai-2026")
                .setPriceVersion(
                        ContractPriceVersion.newBuilder()
                                .setId("tiers")
                                .setEffectiveStartTime(PriceRequests.time("2026-01-01T00:00:00Z"))
                                .setTerms(
                                        ContractTerms.newBuilder()
                                                .addVolumeRules(
                                                        VolumeRule.newBuilder()
                                                                .setId("output")
                                                                .addLeaves(Leaf.LEAF_OUTPUT)
                                                                .setFreeQuantity(10_000)
                                                                .setGraduated(tiers))))
                .build();
    }

    private void meter(int from, int count, String model) {
        pricing.meter(
                IntStream.range(from, from + count)
                        .mapToObj(i -> MeteredCalls.call("acme", "call-" + i, "openai", model))
                        .toList());
    }

    private void waitFor(RatingKind kind, int calls) {
        await().until(() -> pricing.ratedCalls(kind) >= calls);
    }

    private BigDecimal billed() {
        BigDecimal sum = BigDecimal.ZERO;
        for (UsageRated batch : pricing.ratings()) {
            for (RatedCall call : batch.getCallsList()) {
                sum = sum.add(new BigDecimal(call.getBilledCost()));
            }
        }
        return sum;
    }

    @Test
    void every_call_is_counted_once_and_in_order_over_restarts() {
        for (int round = 0; round < 3; round++) {
            meter(round * 700, 700, "gpt-5");
            pricing.stop();
            pricing.startAgain();
        }
        waitFor(RatingKind.RATING_KIND_INITIAL, 2_100);

        List<Long> before = new ArrayList<>();
        for (UsageRated batch : pricing.ratings()) {
            batch.getCallsList().forEach(call -> before.add(call.getRuleQuantitiesBefore(0)));
        }
        assertThat(before).isEqualTo(IntStream.range(0, 2_100).mapToObj(i -> i * 100L).toList());
        assertThat(billed()).isEqualByComparingTo("145");
    }

    @Test
    void a_rating_says_what_was_counted_and_is_explained_by_it_for_ever() {
        meter(0, 102, "gpt-5");
        waitFor(RatingKind.RATING_KIND_INITIAL, 102);

        ExplainCallResponse free = explained("call-99");
        ExplainCallResponse paid = explained("call-100");

        assertThat(free.getReproduced()).isTrue();
        assertThat(free.getPrice().getBilledCost().getAmount()).isEqualTo("0");
        assertThat(paid.getReproduced()).isTrue();
        assertThat(paid.getPrice().getBilledCost().getAmount()).isEqualTo("0.1");
        assertThat(paid.getRatings(0).getRuleCountsList())
                .containsExactly(
                        RuleCount.newBuilder()
                                .setRule("output")
                                .setQuantityBefore(10_000)
                                .setQuantity(100)
                                .setOwner(TermOwner.TERM_OWNER_CONTRACT)
                                .build());
        assertThat(paid.getPrice().getLines(1).getRule()).isEqualTo("output");
        assertThat(paid.getPrice().getLines(1).getQuantityBefore()).isEqualTo(10_000);
        assertThat(paid.getPrice().getLines(1).getParts(0).getAmount()).isEqualTo("0.1");
    }

    private ExplainCallResponse explained(String id) {
        return operator.explainCall(
                ExplainCallRequest.newBuilder().setName("tenants/acme/calls/" + id).build());
    }

    @Test
    void a_call_that_waited_is_counted_when_it_is_rated() {
        meter(0, 1, "unheard-of");
        meter(1, 100, "gpt-5");
        waitFor(RatingKind.RATING_KIND_INITIAL, 101);

        var _ =
                operator.addContractPrices(
                        PriceRequests.prices(
                                "openai-2026",
                                "unheard-of",
                                "2026-01-01T00:00:00Z",
                                PriceRequests.table("unheard-of", "0", "10")));
        waitFor(RatingKind.RATING_KIND_LATE, 1);

        RatedCall late = pricing.ratings().getLast().getCalls(0);
        assertThat(late.getRuleQuantitiesBeforeList()).containsExactly(10_000L);
        assertThat(late.getBilledCost()).isEqualTo("0.1");
        assertThat(explained("call-0").getReproduced()).isTrue();
    }

    @Test
    void calls_that_are_rated_anew_are_counted_once() {
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "mistral-2026",
                                "mistral",
                                PriceRequests.table("large", "0", "10")));
        meterOf("mistral", 0, 3);
        waitFor(RatingKind.RATING_KIND_INITIAL, 3);
        var _ =
                operator.addContractPrices(
                        terms().toBuilder().setName("contracts/mistral-2026").build());

        assertThat(operator.reRateCalls(mistral()).getCorrectedCalls()).isEqualTo(3);
        assertThat(operator.reRateCalls(mistral()).getCorrectedCalls()).isZero();
        meterOf("mistral", 3, 1);
        waitFor(RatingKind.RATING_KIND_INITIAL, 4);

        List<UsageRated> batches = pricing.ratings();
        assertThat(batches.get(1).getCallsList())
                .extracting(call -> call.getRuleQuantitiesBefore(0))
                .containsExactly(0L, 100L, 200L);
        assertThat(batches.getLast().getCalls(0).getRuleQuantitiesBefore(0)).isEqualTo(300);
        assertThat(billed()).isEqualByComparingTo("0");
        assertThat(explained("mistral-1").getReproduced()).isTrue();
    }

    private void meterOf(String provider, int from, int count) {
        pricing.meter(
                IntStream.range(from, from + count)
                        .mapToObj(
                                i ->
                                        MeteredCalls.call(
                                                "acme", provider + "-" + i, provider, "large"))
                        .toList());
    }

    private static ReRateCallsRequest mistral() {
        return ReRateCallsRequest.newBuilder()
                .setContract("contracts/mistral-2026")
                .setOccurStartTime(PriceRequests.time("2026-10-01T00:00:00Z"))
                .setOccurEndTime(PriceRequests.time("2026-11-01T00:00:00Z"))
                .build();
    }

    @Test
    void a_quote_goes_on_from_what_was_counted() {
        meter(0, 100, "gpt-5");
        waitFor(RatingKind.RATING_KIND_INITIAL, 100);

        var quote =
                operator.quote(
                        QuoteRequest.newBuilder()
                                .setTenant("acme")
                                .setProvider("openai")
                                .setModel("gpt-5")
                                .setOccurTime(PriceRequests.time("2026-10-31T00:00:00Z"))
                                .setUsage(
                                        Usage.newBuilder()
                                                .addQuantities(
                                                        LeafQuantity.newBuilder()
                                                                .setLeaf(Leaf.LEAF_OUTPUT)
                                                                .setQuantity(1_000)))
                                .build());

        assertThat(quote.getPrice().getBilledCost().getAmount()).isEqualTo("1");
        assertThat(quote.getPrice().getLines(0).getQuantityBefore()).isEqualTo(10_000);
    }
}
