package dev.meterbook.pricing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.pricing.MeteredCalls;
import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.pricing.SpendRequests;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.Rating;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.ReRateCallsRequest;
import dev.meterbook.proto.pricing.v1.SpendCount;
import dev.meterbook.proto.pricing.v1.SpendLine;
import dev.meterbook.proto.pricing.v1.SpendTerm;
import dev.meterbook.proto.pricing.v1.TermOwner;
import dev.meterbook.proto.pricing.v1.UsageRated;
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

/** Each call has 100 output tokens at 1,000 USD a million: it costs 0.1 USD. */
class RunningSpendTest {

    private RunningPricing pricing;
    private PricingServiceBlockingStub operator;

    @BeforeEach
    void start() throws SQLException {
        pricing = RunningPricing.fresh();
        operator = pricing.as(RunningPricing.OPERATOR);
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "openai-2026", "river", PriceRequests.table("delta", "0", "1000")));
    }

    @AfterEach
    void stop() {
        pricing.close();
    }

    private void terms(String version, SpendTerm... terms) {
        var _ = operator.addContractPrices(SpendRequests.terms("openai-2026", version, terms));
    }

    /**
     * A commitment of 1 USD, three times the price beyond it; twice the cost is charged, up to 3.
     */
    private void promiseAndCap() {
        terms("promise", SpendRequests.commitment("promise", "1", "3"));
        var _ =
                operator.setTenantPlan(
                        SpendRequests.plan("acme", "100", SpendRequests.maximum("cap", "3")));
    }

    private void meter(int from, int count) {
        pricing.meter(
                IntStream.range(from, from + count)
                        .mapToObj(i -> MeteredCalls.call("acme", "call-" + i, "river", "delta"))
                        .toList());
    }

    private void waitFor(int calls) {
        await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_INITIAL) >= calls);
    }

    private List<RatedCall> rated() {
        List<RatedCall> calls = new ArrayList<>();
        for (UsageRated batch : pricing.ratings()) {
            calls.addAll(batch.getCallsList());
        }
        return calls;
    }

    private BigDecimal billed() {
        return rated().stream()
                .map(call -> new BigDecimal(call.getBilledCost()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private ExplainCallResponse explained(String id) {
        return operator.explainCall(
                ExplainCallRequest.newBuilder().setName("tenants/acme/calls/" + id).build());
    }

    private long corrected() {
        return operator.reRateCalls(
                        ReRateCallsRequest.newBuilder()
                                .setContract("contracts/openai-2026")
                                .setOccurStartTime(PriceRequests.time("2026-10-01T00:00:00Z"))
                                .setOccurEndTime(PriceRequests.time("2026-11-01T00:00:00Z"))
                                .build())
                .getCorrectedCalls();
    }

    @Test
    void a_cap_is_kept_to_the_digit_over_pages_and_restarts() {
        // Of 2,100 calls worth 210 USD, 123 USD are owed.
        terms("cap", SpendRequests.maximum("cap", "123"));
        for (int round = 0; round < 3; round++) {
            meter(round * 700, 700);
            pricing.stop();
            pricing.startAgain();
        }
        waitFor(2_100);

        assertThat(billed()).isEqualByComparingTo("123");
        assertThat(rated().get(2_099).getSpends(0).getAmountBefore()).isEqualTo("209.9");
        assertThat(rated().get(1_230).getBilledCost()).isEqualTo("0");
        assertThat(rated().get(1_230).getListCost()).isEqualTo("0.1");
    }

    @Test
    void each_of_many_tenants_in_a_page_has_a_count_of_its_own() {
        // Each of 500 tenants calls three times, 0.2 USD each by a mark-up of 100 %, and owes 0.5.
        var _ =
                operator.setTenantPlan(
                        SpendRequests.plan("-", "100", SpendRequests.maximum("cap", "0.5")));
        for (int round = 0; round < 3; round++) {
            int from = round * 500;
            pricing.meter(
                    IntStream.range(0, 500)
                            .mapToObj(
                                    i ->
                                            MeteredCalls.call(
                                                    "tenant-" + i,
                                                    "call-" + (from + i),
                                                    "river",
                                                    "delta"))
                            .toList());
        }
        waitFor(1_500);

        assertThat(rated().subList(0, 1_000))
                .allMatch(call -> call.getCharge().equals("0.2"))
                .hasSize(1_000);
        assertThat(rated().subList(1_000, 1_500))
                .allMatch(call -> call.getCharge().equals("0.1"))
                .allMatch(call -> call.getSpends(0).getAmountBefore().equals("0.4"));
    }

    @Test
    void a_rating_says_what_was_spent_and_is_explained_by_it_for_ever() {
        promiseAndCap();
        meter(0, 20);
        waitFor(20);

        // Ten calls cost 0.1 and are charged twice that; then 0.3, charged 0.6 up to 3.
        ExplainCallResponse call = explained("call-11");

        assertThat(call.getReproduced()).isTrue();
        assertThat(call.getPrice().getBilledCost().getAmount()).isEqualTo("0.3");
        assertThat(call.getPrice().getCharge().getAmount()).isEqualTo("0.4");
        assertThat(call.getPrice().getSpendLinesList())
                .extracting(SpendLine::getEffect)
                .containsExactly("overage", "cap");
        assertThat(call.getPrice().getSpendLinesList())
                .extracting(each -> each.getSpendBefore().getAmount())
                .containsExactly("1.1", "2.6");
        assertThat(call.getRatings(0).getSpendCountsList())
                .extracting(SpendCount::getOwner)
                .containsExactly(TermOwner.TERM_OWNER_CONTRACT, TermOwner.TERM_OWNER_PLAN);
        assertThat(explained("call-19").getPrice().getCharge().getAmount()).isEqualTo("0");
        assertThat(explained("call-19").getReproduced()).isTrue();
    }

    @Test
    void a_tenant_is_told_what_was_spent_under_its_plan_but_not_under_the_contract() {
        promiseAndCap();
        meter(0, 12);
        waitFor(12);

        ExplainCallResponse call =
                pricing.as(RunningPricing.ACME)
                        .explainCall(
                                ExplainCallRequest.newBuilder()
                                        .setName("tenants/acme/calls/call-11")
                                        .build());

        assertThat(call.getPrice().getCharge().getAmount()).isEqualTo("0.4");
        assertThat(call.getPrice().getSpendLinesList())
                .extracting(each -> each.getSpendBefore().getAmount())
                .containsExactly("", "2.6");
        assertThat(call.getPrice().getSpendLines(0).getCommitmentAmount()).isEmpty();
        assertThat(call.getPrice().getSpendLines(1).getMaximumAmount()).isEqualTo("3");
        for (Rating rating : List.of(call.getRatings(0), call.getStanding())) {
            assertThat(rating.getSpendCountsList())
                    .extracting(each -> each.getSpendBefore().getAmount())
                    .containsExactly("", "2.6");
        }
        assertThat(call.getReproduced()).isTrue();
    }

    @Test
    void a_correction_moves_what_the_period_comes_to_and_the_call_keeps_its_place() {
        terms("cap", SpendRequests.maximum("cap", "1"));
        meter(0, 6);
        waitFor(6);
        // Each call costs twice as much at its own place, where the cap was not reached.
        var _ =
                operator.addContractPrices(
                        PriceRequests.prices(
                                "openai-2026",
                                "dearer",
                                "2026-01-01T00:00:00Z",
                                PriceRequests.table("delta", "0", "2000")));

        assertThat(corrected()).isEqualTo(6);
        assertThat(corrected()).isZero();
        assertThat(billed()).isEqualByComparingTo("1.2");
        meter(6, 1);
        waitFor(7);

        assertThat(rated().getLast().getSpends(0).getAmountBefore()).isEqualTo("1.2");
        assertThat(rated().getLast().getBilledCost()).isEqualTo("0");
        assertThat(explained("call-3").getReproduced()).isTrue();
    }

    @Test
    void a_term_for_the_past_counts_the_calls_when_they_are_rated_anew() {
        meter(0, 5);
        waitFor(5);
        terms("cap", SpendRequests.maximum("cap", "1"), SpendRequests.minimum("least", "9"));
        terms("lower", SpendRequests.commitment("promise", "0.2", "2"));

        // 0.2 within, 0.3 at twice the price
        assertThat(corrected()).isEqualTo(5);
        assertThat(corrected()).isZero();
        assertThat(billed()).isEqualByComparingTo("0.8");
        meter(5, 1);
        waitFor(6);
        assertThat(rated().getLast().getSpends(0).getAmountBefore()).isEqualTo("0.5");
        assertThat(explained("call-2").getReproduced()).isTrue();
    }

    @Test
    void a_term_that_no_longer_holds_gives_back_what_it_counted() {
        terms("cap", SpendRequests.maximum("cap", "0.2"));
        meter(0, 5);
        waitFor(5);
        terms("none");

        assertThat(corrected()).isEqualTo(5);
        assertThat(billed()).isEqualByComparingTo("0.5");
        terms("again", SpendRequests.maximum("cap", "0.2"));
        meter(5, 1);
        waitFor(6);

        assertThat(rated().getLast().getSpends(0).getAmountBefore()).isEqualTo("0");
        assertThat(rated().getLast().getBilledCost()).isEqualTo("0.1");
    }

    @Test
    void a_hundred_terms_fit_into_a_rating() {
        SpendTerm[] all =
                IntStream.range(0, 100)
                        .mapToObj(i -> SpendRequests.maximum("term-" + i, "1000000"))
                        .toArray(SpendTerm[]::new);
        terms("all", all);
        var _ = operator.setTenantPlan(SpendRequests.plan("acme", "12.3456", all));
        meter(0, 3);
        waitFor(3);

        assertThat(rated()).extracting(RatedCall::getSpendsCount).containsExactly(200, 200, 200);
        assertThat(explained("call-2").getReproduced()).isTrue();
    }

    @Test
    void a_quote_goes_on_from_what_was_spent() {
        terms("cap", SpendRequests.maximum("cap", "1"));
        meter(0, 7);
        waitFor(7);

        var quote =
                operator.quote(
                        QuoteRequest.newBuilder()
                                .setTenant("acme")
                                .setProvider("river")
                                .setModel("delta")
                                .setOccurTime(PriceRequests.time("2026-10-31T00:00:00Z"))
                                .setUsage(
                                        dev.meterbook.proto.metering.v1.Usage.newBuilder()
                                                .addQuantities(
                                                        LeafQuantity.newBuilder()
                                                                .setLeaf(Leaf.LEAF_OUTPUT)
                                                                .setQuantity(1_000)))
                                .build());

        assertThat(quote.getPrice().getBilledCost().getAmount()).isEqualTo("0.3");
        assertThat(quote.getPrice().getSpendLines(0).getEffect()).isEqualTo("cap");
    }
}
