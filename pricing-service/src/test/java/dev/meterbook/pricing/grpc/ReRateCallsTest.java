package dev.meterbook.pricing.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.pricing.MeteredCalls;
import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.proto.pricing.v1.BatchGetRatingsRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.Rating;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.ReRateCallsRequest;
import dev.meterbook.proto.pricing.v1.ReRateCallsResponse;
import dev.meterbook.proto.pricing.v1.UsageRated;
import dev.meterbook.proto.type.v1.Money;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of 1,000 input and 100 output tokens at 1.25 and 10 USD a million: 0.00225 USD each. */
class ReRateCallsTest {

    private RunningPricing pricing;
    private PricingServiceBlockingStub operator;

    @BeforeEach
    void start() throws SQLException {
        pricing = RunningPricing.fresh();
        connect();
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "openai-2026",
                                "openai",
                                PriceRequests.table("gpt-5", "1.25", "10")));
        var _ = operator.setTenantPlan(PriceRequests.plan("acme", "20"));
    }

    private void connect() {
        operator = pricing.as(RunningPricing.OPERATOR);
    }

    @AfterEach
    void stop() {
        pricing.close();
    }

    private static NewEvent call(String tenant, String id) {
        return MeteredCalls.call(tenant, id, "openai", "gpt-5");
    }

    private void meter(List<NewEvent> calls) {
        pricing.meter(calls);
        await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_INITIAL) >= calls.size());
    }

    private static List<NewEvent> calls(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> call(i % 2 == 0 ? "acme" : "globex", "call-" + i))
                .toList();
    }

    private void correctPrices(String version, String input, String output) {
        var _ =
                operator.addContractPrices(
                        PriceRequests.prices(
                                "openai-2026",
                                version,
                                "2026-01-01T00:00:00Z",
                                PriceRequests.table("gpt-5", input, output)));
    }

    private static ReRateCallsRequest.Builder october() {
        return ReRateCallsRequest.newBuilder()
                .setContract("contracts/openai-2026")
                .setOccurStartTime(PriceRequests.time("2026-10-01T00:00:00Z"))
                .setOccurEndTime(PriceRequests.time("2026-11-01T00:00:00Z"));
    }

    private List<UsageRated> corrections() {
        return pricing.ratings().stream()
                .filter(each -> each.getKind() == RatingKind.RATING_KIND_CORRECTION)
                .toList();
    }

    private static Money usd(String amount) {
        return Money.newBuilder().setAmount(amount).setCurrencyCode("USD").build();
    }

    private ExplainCallResponse explain(String tenant, String id) {
        return operator.explainCall(
                ExplainCallRequest.newBuilder()
                        .setName("tenants/" + tenant + "/calls/" + id)
                        .build());
    }

    @Test
    void a_corrected_contract_rates_the_difference() {
        meter(calls(2));
        correctPrices("2", "1", "8");

        ReRateCallsResponse done = operator.reRateCalls(october().build());

        assertThat(done.getExaminedCalls()).isEqualTo(2);
        assertThat(done.getCorrectedCalls()).isEqualTo(2);
        assertThat(done.getBilledCostDifferencesList()).containsExactly(usd("-0.0009"));
        assertThat(done.getChargeDifferencesList()).containsExactly(usd("-0.00099"));
        assertThat(done.getNextPageToken()).isEmpty();
        UsageRated stored = corrections().getFirst();
        RatedCall first = stored.getCalls(0);
        assertThat(first.getUsagePosition()).isEqualTo(1);
        assertThat(first.getBilledCost()).isEqualTo("-0.00045");
        assertThat(first.getCharge()).isEqualTo("-0.00054");
        assertThat(stored.getTexts(first.getPriceVersionText())).isEqualTo("2");
        assertThat(stored.getTexts(first.getCustomerText())).isEqualTo("customer-1");
        assertThat(stored.getCalls(1).getCharge()).isEqualTo("-0.00045");
    }

    @Test
    void a_second_run_finds_nothing_and_a_further_correction_builds_on_the_first() {
        meter(calls(3));
        correctPrices("2", "1", "8");
        var _ = operator.reRateCalls(october().build());

        ReRateCallsResponse again = operator.reRateCalls(october().build());

        assertThat(again.getExaminedCalls()).isEqualTo(3);
        assertThat(again.getCorrectedCalls()).isZero();
        assertThat(again.getBilledCostDifferencesList()).isEmpty();
        assertThat(corrections()).hasSize(1);
        correctPrices("3", "2", "8");
        assertThat(operator.reRateCalls(october().build()).getBilledCostDifferencesList())
                .containsExactly(usd("0.003"));
        assertThat(operator.reRateCalls(october().build()).getCorrectedCalls()).isZero();
    }

    @Test
    void a_dry_run_tells_the_same_and_stores_nothing() {
        meter(calls(2));
        correctPrices("2", "1", "8");
        long before = pricing.ratingLog().size();

        ReRateCallsResponse told = operator.reRateCalls(october().setDryRun(true).build());

        assertThat(pricing.ratingLog()).hasSize((int) before);
        assertThat(told).isEqualTo(operator.reRateCalls(october().build()));
        assertThat(told.getCorrectedCalls()).isEqualTo(2);
    }

    @Test
    void what_a_call_was_rated_before_stays_readable() {
        meter(calls(1));
        Instant before = now();
        correctPrices("2", "1", "8");
        var _ = operator.reRateCalls(october().build());

        ExplainCallResponse now = explain("acme", "call-0");
        ExplainCallResponse then =
                operator.explainCall(
                        ExplainCallRequest.newBuilder()
                                .setName("tenants/acme/calls/call-0")
                                .setKnownTime(PriceRequests.time(before.toString()))
                                .build());

        assertThat(now.getRatingsList())
                .extracting(Rating::getKind)
                .containsExactly(RatingKind.RATING_KIND_INITIAL, RatingKind.RATING_KIND_CORRECTION);
        assertThat(now.getReproduced()).isTrue();
        assertThat(now.getPrice().getPriceVersion()).isEqualTo("2");
        assertThat(now.getStanding().getBilledCost()).isEqualTo(usd("0.0018"));
        assertThat(now.getStanding().getCharge()).isEqualTo(usd("0.00216"));
        assertThat(then.getRatingsCount()).isEqualTo(1);
        assertThat(then.getReproduced()).isTrue();
        assertThat(then.getStanding().getBilledCost()).isEqualTo(usd("0.00225"));
    }

    /** The next full second, after which nothing was recorded yet. */
    private static Instant now() {
        Instant next = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 1);
        await().until(() -> Instant.now().isAfter(next));
        return next;
    }

    @Test
    void another_contract_reverses_the_old_rating_before_the_new_one() {
        meter(calls(2));
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "a-better-one",
                                "openai",
                                PriceRequests.table("gpt-5", "1.25", "10")));

        ReRateCallsResponse done =
                operator.reRateCalls(october().clearContract().setProvider("openai").build());

        assertThat(done.getCorrectedCalls()).isEqualTo(2);
        assertThat(done.getBilledCostDifferencesList()).containsExactly(usd("0"));
        List<UsageRated> stored = corrections();
        assertThat(stored).hasSize(2);
        assertThat(stored.getFirst().getCalls(0).getBilledCost()).isEqualTo("-0.00225");
        assertThat(stored.getLast().getCalls(0).getBilledCost()).isEqualTo("0.00225");
        ExplainCallResponse explained = explain("acme", "call-0");
        assertThat(explained.getStanding().getContract()).isEqualTo("a-better-one");
        assertThat(explained.getReproduced()).isTrue();
        assertThat(
                        operator.batchGetRatings(
                                        BatchGetRatingsRequest.newBuilder()
                                                .setParent("tenants/acme")
                                                .addPositions(1)
                                                .setStanding(true)
                                                .build())
                                .getRatingsList())
                .singleElement()
                .extracting(Rating::getBilledCost)
                .isEqualTo(usd("0.00225"));
    }

    @Test
    void only_calls_of_the_contract_tenant_and_time_are_touched() {
        List<NewEvent> calls = new ArrayList<>();
        calls.add(call("acme", "in"));
        calls.add(call("globex", "of-globex"));
        calls.add(at("first", "2026-10-01T00:00:00Z"));
        calls.add(at("before", "2026-09-30T23:59:59.999999Z"));
        calls.add(at("end", "2026-11-01T00:00:00Z"));
        calls.add(MeteredCalls.call("acme", "elsewhere", "anthropic", "claude-unheard-of"));
        meter(calls);
        correctPrices("2", "1", "8");

        ReRateCallsResponse done = operator.reRateCalls(october().setTenant("acme").build());

        assertThat(done.getCorrectedCalls()).isEqualTo(2);
        assertThat(corrections().getFirst().getCallsList())
                .extracting(RatedCall::getUsagePosition)
                .containsExactly(1L, 3L);
    }

    @Test
    void ratings_of_calls_that_occurred_at_other_times_are_passed_over() throws SQLException {
        meterOneByOne(
                List.of(at("late-july", "2026-07-31T23:59:59Z")),
                List.of(at("november", "2026-11-02T00:00:00Z"), at("june", "2026-06-02T00:00:00Z")),
                List.of(at("october", "2026-10-02T00:00:00Z")));
        correctPrices("2", "1", "8");

        ReRateCallsResponse first = operator.reRateCalls(october().setPageSize(1).build());
        // The second event begins before and ends after October, so it is looked at; the first not.
        assertThat(first.getPosition()).isEqualTo(3);
        assertThat(first.getExaminedCalls()).isZero();
        ReRateCallsResponse june =
                operator.reRateCalls(
                        october()
                                .setOccurStartTime(PriceRequests.time("2026-06-02T00:00:00Z"))
                                .setOccurEndTime(PriceRequests.time("2026-06-02T00:00:01Z"))
                                .build());
        assertThat(june.getCorrectedCalls()).isEqualTo(1);
        assertThat(june.getNextPageToken()).isEmpty();
        assertThat(june.getPosition()).isEqualTo(4);

        forgetWhenCallsOccurred();
        ReRateCallsResponse older = operator.reRateCalls(october().setPageSize(1).build());
        assertThat(older.getPosition()).isEqualTo(1);
        assertThat(operator.reRateCalls(october().build()).getCorrectedCalls()).isEqualTo(1);
    }

    @SafeVarargs
    private void meterOneByOne(List<NewEvent>... pages) {
        int rated = 0;
        for (List<NewEvent> page : pages) {
            pricing.meter(page);
            rated += page.size();
            int soFar = rated;
            await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_INITIAL) == soFar);
        }
    }

    /** Ranges as they were stored before their times were kept. */
    private void forgetWhenCallsOccurred() throws SQLException {
        try (var connection = pricing.server().connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate(
                    """
                    update pricing.rated_range
                    set first_occur_micros = null, last_occur_micros = null
                    """);
        }
    }

    private static NewEvent at(String id, String time) {
        return MeteredCalls.call(
                "acme",
                id,
                "openai",
                "gpt-5",
                Instant.parse(time),
                Map.of(Leaf.INPUT, 1_000L, Leaf.OUTPUT, 100L));
    }

    @Test
    void a_changed_plan_corrects_the_charge_of_its_tenant() {
        meter(calls(2));
        var _ = operator.setTenantPlan(PriceRequests.plan("acme", "50"));

        ReRateCallsResponse done =
                operator.reRateCalls(october().clearContract().setTenant("acme").build());

        assertThat(done.getBilledCostDifferencesList()).containsExactly(usd("0"));
        assertThat(done.getChargeDifferencesList()).containsExactly(usd("0.000675"));
    }

    @Test
    void a_call_that_would_have_no_price_keeps_its_rating_and_is_counted() {
        meter(calls(2));
        var _ = operator.setTenantPlan(PriceRequests.plan("acme", "20", "EUR"));

        ReRateCallsResponse done = operator.reRateCalls(october().build());

        assertThat(done.getUnpricedCalls()).isEqualTo(1);
        assertThat(done.getCorrectedCalls()).isZero();
        assertThat(explain("acme", "call-0").getStanding().getCharge()).isEqualTo(usd("0.0027"));
    }

    @Test
    void a_call_that_was_rated_late_is_corrected_and_one_that_waits_is_left() {
        meter(
                List.of(
                        MeteredCalls.call("acme", "late", "openai", "unheard-of"),
                        MeteredCalls.call("acme", "waits", "openai", "never-heard-of")));
        addTable("2", "2", "4");
        await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_LATE) == 1);
        addTable("3", "4", "4");

        ReRateCallsResponse done =
                operator.reRateCalls(october().clearContract().setProvider("openai").build());

        assertThat(done.getCorrectedCalls()).isEqualTo(1);
        assertThat(done.getWaitingCalls()).isEqualTo(1);
        assertThat(done.getBilledCostDifferencesList()).containsExactly(usd("0.002"));
        assertThat(explain("acme", "late").getReproduced()).isTrue();
    }

    private void addTable(String version, String input, String output) {
        var _ =
                operator.addContractPrices(
                        PriceRequests.prices(
                                "openai-2026",
                                version,
                                "2026-01-01T00:00:00Z",
                                PriceRequests.table("unheard-of", input, output)));
    }

    @Test
    void page_by_page_and_over_a_restart_each_call_is_corrected_once() {
        for (int i = 0; i < 4; i++) {
            int batch = i;
            pricing.meter(
                    IntStream.range(0, 700)
                            .mapToObj(each -> call("acme", "call-" + batch + "-" + each))
                            .toList());
            await().until(
                            () ->
                                    pricing.ratedCalls(RatingKind.RATING_KIND_INITIAL)
                                            == 700L * (batch + 1));
        }
        correctPrices("2", "1", "8");
        ReRateCallsResponse first = operator.reRateCalls(october().setPageSize(1).build());
        assertThat(first.getNextPageToken()).isNotEmpty();
        assertThat(first.getCorrectedCalls()).isBetween(1L, 1_000L);
        assertThat(first.getEndPosition()).isEqualTo(2_800);
        pricing.stop();
        pricing.startAgain();
        connect();

        long corrected = first.getCorrectedCalls();
        String page = "";
        do {
            ReRateCallsResponse next =
                    operator.reRateCalls(october().setPageSize(2).setPageToken(page).build());
            corrected += next.getCorrectedCalls();
            page = next.getNextPageToken();
        } while (!page.isEmpty());

        assertThat(corrected).isEqualTo(2_800);
        assertThat(pricing.ratedCalls(RatingKind.RATING_KIND_CORRECTION)).isEqualTo(2_800);
    }

    @Test
    void two_runs_at_once_correct_each_call_once() {
        meter(calls(600));
        correctPrices("2", "1", "8");

        List<CompletableFuture<ReRateCallsResponse>> runs =
                IntStream.range(0, 4)
                        .mapToObj(
                                _ ->
                                        CompletableFuture.supplyAsync(
                                                () -> operator.reRateCalls(october().build())))
                        .toList();

        assertThat(runs.stream().mapToLong(each -> each.join().getCorrectedCalls()).sum())
                .isEqualTo(600);
        assertThat(pricing.ratedCalls(RatingKind.RATING_KIND_CORRECTION)).isEqualTo(600);
    }

    @Test
    void bad_requests_are_refused() {
        assertThat(refusal(october().clearContract())).isEqualTo("INVALID_ARGUMENT SCOPE_MISSING");
        assertThat(refusal(october().setContract("contracts/nobody")))
                .isEqualTo("NOT_FOUND UNKNOWN_CONTRACT");
        assertThat(refusal(october().setProvider("anthropic")))
                .isEqualTo("INVALID_ARGUMENT PROVIDER_MISMATCH");
        assertThat(refusal(october().setOccurEndTime(PriceRequests.time("2026-10-01T00:00:00Z"))))
                .isEqualTo("INVALID_ARGUMENT EMPTY_RANGE");
        assertThat(refusal(october().clearOccurStartTime()))
                .isEqualTo("INVALID_ARGUMENT INVALID_TIME");
        assertThat(refusal(october().setTenant("No Tenant")))
                .isEqualTo("INVALID_ARGUMENT INVALID_TENANT");
        assertThat(
                        Refusals.of(
                                () ->
                                        pricing.as(RunningPricing.ACME)
                                                .reRateCalls(october().build())))
                .isEqualTo("PERMISSION_DENIED OPERATOR_ONLY");
        assertThat(
                        Refusals.of(
                                () ->
                                        pricing.as(RunningPricing.AUDITOR)
                                                .reRateCalls(october().build())))
                .isEqualTo("PERMISSION_DENIED SCOPE_MISSING");
    }

    private String refusal(ReRateCallsRequest.Builder request) {
        return Refusals.of(() -> operator.reRateCalls(request.build()));
    }
}
