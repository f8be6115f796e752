package dev.meterbook.pricing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.platform.axon.EventCodecs;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.pricing.MeteredCalls;
import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.pricing.axon.PricingCodecs;
import dev.meterbook.pricing.domain.PricingEvent.ContractPricesAdded;
import dev.meterbook.pricing.domain.Samples;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import dev.meterbook.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RatingFlowTest {

    private RunningPricing pricing;

    @BeforeEach
    void start() throws SQLException {
        pricing = RunningPricing.fresh();
    }

    @AfterEach
    void stop() {
        pricing.close();
    }

    private void createContract() {
        var _ =
                pricing.as(RunningPricing.OPERATOR)
                        .createProviderContract(
                                PriceRequests.contract(
                                        "openai-2026",
                                        "openai",
                                        PriceRequests.table("gpt-5", "1.25", "10")));
    }

    private void waitForFirstRatings(int calls) {
        await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_INITIAL) >= calls);
    }

    private void waitForLateRatings(int calls) {
        await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_LATE) >= calls);
    }

    private static List<NewEvent> calls(int from, int count, String model) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> MeteredCalls.call("acme", "call-" + i, "openai", model))
                .toList();
    }

    private static String text(UsageRated batch, int index) {
        return batch.getTexts(index);
    }

    @Test
    void a_metered_call_is_rated_with_the_contract_and_the_plan() {
        createContract();
        var _ = pricing.as(RunningPricing.OPERATOR).setTenantPlan(PriceRequests.plan("acme", "20"));

        pricing.meter(calls(0, 1, "gpt-5"));
        waitForFirstRatings(1);

        UsageRated batch = pricing.ratings().getFirst();
        RatedCall call = batch.getCalls(0);
        assertThat(call.getUsagePosition()).isEqualTo(1);
        assertThat(call.getBilledCost()).isEqualTo("0.00225");
        assertThat(call.getCharge()).isEqualTo("0.0027");
        assertThat(call.getListCost()).isEqualTo("0.00225");
        assertThat(call.getUnpricedReason()).isEqualTo(UnpricedReason.UNPRICED_REASON_UNSPECIFIED);
        assertThat(text(batch, call.getTenantText())).isEqualTo("acme");
        assertThat(text(batch, call.getModelText())).isEqualTo("gpt-5");
        assertThat(text(batch, call.getContractText())).isEqualTo("openai-2026");
        assertThat(text(batch, call.getPriceVersionText())).isEqualTo("1");
        assertThat(text(batch, call.getPlanText())).isEqualTo("own-1");
        assertThat(text(batch, call.getHoldText())).isEqualTo("hold-call-0");
        assertThat(text(batch, call.getAgentText())).isEmpty();
        assertThat(call.getInputTokens()).isEqualTo(1_000);
        assertThat(call.getOutputTokens()).isEqualTo(100);
        assertThat(batch.getBaseTimeMicros() + call.getOccurTimeOffsetMicros())
                .isEqualTo(1_791_194_400_000_000L);
    }

    @Test
    void every_call_is_rated_exactly_once_over_restarts() {
        createContract();
        for (int round = 0; round < 3; round++) {
            pricing.meter(calls(round * 1_500, 1_500, "gpt-5"));
            pricing.stop();
            pricing.startAgain();
        }
        waitForFirstRatings(4_500);

        List<Long> positions = new ArrayList<>();
        for (UsageRated batch : pricing.ratings()) {
            assertThat(batch.getCallsCount()).isLessThanOrEqualTo(1_000);
            batch.getCallsList().forEach(call -> positions.add(call.getUsagePosition()));
        }
        assertThat(positions)
                .isSorted()
                .hasSize(4_500)
                .startsWith(1L)
                .endsWith(4_500L)
                .doesNotHaveDuplicates();
    }

    @Test
    void the_price_of_the_moment_when_the_call_occurred_counts() {
        createContract();
        var _ =
                pricing.as(RunningPricing.OPERATOR)
                        .addContractPrices(
                                PriceRequests.prices(
                                        "openai-2026",
                                        "july",
                                        "2026-07-01T00:00:00Z",
                                        PriceRequests.table("gpt-5", "1", "9")));
        Map<Leaf, Long> million = Map.of(Leaf.INPUT, 1_000_000L);

        pricing.meter(
                List.of(
                        at("june", "2026-06-30T23:59:59.999999Z", million),
                        at("july", "2026-07-01T00:00:00Z", million)));
        waitForFirstRatings(2);

        assertThat(
                        pricing.ratings().stream()
                                .flatMap(batch -> batch.getCallsList().stream())
                                .map(RatedCall::getBilledCost))
                .containsExactly("1.25", "1");
    }

    private static NewEvent at(String id, String instant, Map<Leaf, Long> quantities) {
        return MeteredCalls.call("acme", id, "openai", "gpt-5", Instant.parse(instant), quantities);
    }

    @Test
    void a_call_without_price_waits_and_is_rated_once_when_the_price_arrives() throws SQLException {
        createContract();
        pricing.meter(calls(0, 3, "unheard-of"));
        waitForFirstRatings(3);

        UsageRated first = pricing.ratings().getFirst();
        assertThat(first.getCallsList())
                .allSatisfy(
                        call -> {
                            assertThat(call.getUnpricedReason())
                                    .isEqualTo(UnpricedReason.UNPRICED_REASON_UNKNOWN_MODEL);
                            assertThat(call.getBilledCost()).isEmpty();
                            assertThat(call.getCharge()).isEmpty();
                        });
        assertThat(count("late_rating_position is null")).isEqualTo(3);

        addUnheardOf("2");
        waitForLateRatings(3);

        assertThat(count("late_rating_position is null")).isZero();
        UsageRated late = pricing.ratings().getLast();
        assertThat(late.getKind()).isEqualTo(RatingKind.RATING_KIND_LATE);
        assertThat(late.getCallsList())
                .extracting(RatedCall::getBilledCost)
                .containsExactly("0.0024", "0.0024", "0.0024");

        addUnheardOf("3");
        pricing.stop();
        pricing.startAgain();
        pricing.bean(LateRating.class).rateWaiting();
        assertThat(pricing.ratedCalls(RatingKind.RATING_KIND_LATE)).isEqualTo(3);
    }

    private void addUnheardOf(String input) {
        var _ =
                pricing.as(RunningPricing.OPERATOR)
                        .addContractPrices(
                                PriceRequests.prices(
                                        "openai-2026",
                                        "unheard-of-" + input,
                                        "2026-01-01T00:00:00Z",
                                        PriceRequests.table("unheard-of", input, "4")));
    }

    private long count(String condition) throws SQLException {
        try (Connection superuser = pricing.server().connect();
                Statement statement = superuser.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select count(*) from pricing.unpriced_call where " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void thousands_of_waiting_calls_are_rated_in_batches() {
        createContract();
        pricing.meter(calls(0, 2_500, "unheard-of"));
        waitForFirstRatings(2_500);

        addUnheardOf("2");
        waitForLateRatings(2_500);

        Set<Long> positions = new HashSet<>();
        for (UsageRated batch : pricing.ratings()) {
            if (batch.getKind() == RatingKind.RATING_KIND_LATE) {
                assertThat(batch.getCallsCount()).isLessThanOrEqualTo(1_000);
                batch.getCallsList().forEach(call -> positions.add(call.getUsagePosition()));
            }
        }
        assertThat(positions).hasSize(2_500);
        assertThat(pricing.ratedCalls(RatingKind.RATING_KIND_LATE)).isEqualTo(2_500);
    }

    @Test
    void calls_whose_price_arrived_while_the_process_was_down_are_rated_at_its_start()
            throws SQLException {
        createContract();
        pricing.meter(calls(0, 2, "unheard-of"));
        waitForFirstRatings(2);

        pricing.stop();
        appendAsAnotherProcess(
                new ContractPricesAdded(
                        "openai-2026",
                        Samples.version(
                                "2", Samples.NEW_YEAR, Samples.table("unheard-of", "2", "4"))));
        pricing.startAgain();

        waitForLateRatings(2);
        assertThat(count("late_rating_position is null")).isZero();
    }

    private void appendAsAnotherProcess(ContractPricesAdded event) throws SQLException {
        try (Connection connection = anotherProcess()) {
            append(connection, event);
            connection.commit();
        }
    }

    private Connection anotherProcess() throws SQLException {
        Connection connection =
                pricing.server().connectAs("meterbook_pricing", TestDatabase.SERVICE_PASSWORD);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void append(Connection connection, ContractPricesAdded event)
            throws SQLException {
        EventCodecs.Encoded encoded = PricingCodecs.encode(event);
        NewEvent second =
                new NewEvent(
                        "",
                        new UUID(0, 1),
                        encoded.type(),
                        "contract/openai-2026",
                        1,
                        encoded.payload(),
                        null);
        var _ = new EventLog("pricing", Clock.systemUTC()).append(connection, List.of(second));
    }

    @Test
    void a_price_that_is_being_stored_is_waited_for() throws SQLException {
        createContract();
        try (Connection connection = anotherProcess()) {
            append(
                    connection,
                    new ContractPricesAdded(
                            "openai-2026",
                            Samples.version(
                                    "2",
                                    Samples.NEW_YEAR,
                                    Samples.table("being-stored", "2", "4"))));
            pricing.meter(calls(0, 1, "being-stored"));
            await().until(this::isIntakeWaiting);
            connection.commit();
        }
        waitForFirstRatings(1);

        assertThat(pricing.ratings().getFirst().getCalls(0).getBilledCost()).isEqualTo("0.0024");
    }

    private boolean isIntakeWaiting() throws SQLException {
        try (Connection superuser = pricing.server().connect();
                Statement statement = superuser.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select count(*) from pg_stat_activity where wait_event_type ="
                                        + " 'Lock' and datname = current_database()")) {
            row.next();
            return row.getLong(1) > 0;
        }
    }

    @Test
    void a_plan_in_the_currency_of_the_cost_frees_the_calls_that_waited_for_it() {
        createContract();
        var _ =
                pricing.as(RunningPricing.OPERATOR)
                        .setTenantPlan(PriceRequests.plan("acme", "20", "EUR"));
        pricing.meter(calls(0, 1, "gpt-5"));
        waitForFirstRatings(1);
        assertThat(pricing.ratings().getFirst().getCalls(0).getUnpricedReason())
                .isEqualTo(UnpricedReason.UNPRICED_REASON_NO_PLAN);

        var _ = pricing.as(RunningPricing.OPERATOR).setTenantPlan(PriceRequests.plan("acme", "20"));
        waitForLateRatings(1);

        assertThat(pricing.ratings().getLast().getCalls(0).getCharge()).isEqualTo("0.0027");
    }

    @Test
    void a_price_acknowledged_before_the_call_is_always_used() {
        createContract();
        for (int i = 1; i <= 20; i++) {
            var _ =
                    pricing.as(RunningPricing.OPERATOR)
                            .addContractPrices(
                                    PriceRequests.prices(
                                            "openai-2026",
                                            "v" + i,
                                            "2026-01-01T00:00:00Z",
                                            PriceRequests.table("model-" + i, "1", "1")));
            pricing.meter(calls(i, 1, "model-" + i));
        }
        waitForFirstRatings(20);

        assertThat(
                        pricing.ratings().stream()
                                .flatMap(batch -> batch.getCallsList().stream())
                                .map(RatedCall::getUnpricedReason))
                .hasSize(20)
                .containsOnly(UnpricedReason.UNPRICED_REASON_UNSPECIFIED);
    }

    @Test
    void calls_that_are_metered_while_prices_arrive_are_all_rated_in_the_end() throws SQLException {
        createContract();
        for (int i = 0; i < 10; i++) {
            pricing.meter(calls(i * 50, 50, "late-" + i));
            var _ =
                    pricing.as(RunningPricing.OPERATOR)
                            .addContractPrices(
                                    PriceRequests.prices(
                                            "openai-2026",
                                            "late-" + i,
                                            "2026-01-01T00:00:00Z",
                                            PriceRequests.table("late-" + i, "1", "1")));
        }
        waitForFirstRatings(500);
        await().until(() -> count("late_rating_position is null") == 0);

        long priced =
                pricing.ratings().stream()
                        .flatMap(batch -> batch.getCallsList().stream())
                        .filter(call -> !call.getBilledCost().isEmpty())
                        .count();
        assertThat(priced).isEqualTo(500);
    }
}
