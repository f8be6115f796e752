package dev.meterbook.pricing.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.pricing.MeteredCalls;
import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.pricing.projection.unpriced.UnpricedView;
import dev.meterbook.proto.pricing.v1.BatchGetRatingsRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsResponse;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.Rating;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.SummarizeUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.UnpricedCall;
import dev.meterbook.proto.pricing.v1.UnpricedGroup;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnpricedAndExplainTest {

    private RunningPricing pricing;
    private PricingServiceBlockingStub operator;
    private PricingServiceBlockingStub acme;
    private PricingServiceBlockingStub globex;

    /**
     * Six calls: positions 1, 3, 5 and 6 are acme's, 2 and 4 are globex's; 1 and 2 have a price.
     */
    @BeforeEach
    void start() throws SQLException {
        pricing = RunningPricing.fresh();
        operator = pricing.as(RunningPricing.OPERATOR);
        acme = pricing.as(RunningPricing.ACME);
        globex = pricing.as(RunningPricing.GLOBEX);
        var _ =
                operator.createProviderContract(
                        PriceRequests.contract(
                                "openai-2026",
                                "openai",
                                PriceRequests.table("gpt-5", "1.25", "10")));
        pricing.meter(
                List.of(
                        MeteredCalls.call("acme", "a-1", "openai", "gpt-5"),
                        MeteredCalls.call("globex", "g-2", "openai", "gpt-5"),
                        MeteredCalls.call("acme", "a-3", "openai", "unheard-of"),
                        MeteredCalls.call("globex", "g-4", "openai", "unheard-of"),
                        MeteredCalls.call("acme", "a-5", "nowhere", "unheard-of"),
                        MeteredCalls.call(
                                "acme",
                                "a-6",
                                "openai",
                                "gpt-5",
                                MeteredCalls.TIME,
                                Map.of(Leaf.WEB_SEARCH, 2L))));
        await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_INITIAL) == 6);
    }

    @AfterEach
    void stop() {
        pricing.close();
    }

    private static ListUnpricedCallsRequest.Builder of(String parent) {
        return ListUnpricedCallsRequest.newBuilder().setParent(parent);
    }

    private static List<String> names(ListUnpricedCallsResponse page) {
        return page.getUnpricedCallsList().stream().map(UnpricedCall::getName).toList();
    }

    @Test
    void a_tenant_sees_its_own_waiting_calls_only() {
        assertThat(names(acme.listUnpricedCalls(of("tenants/acme").build())))
                .containsExactly(
                        "tenants/acme/calls/a-3",
                        "tenants/acme/calls/a-5",
                        "tenants/acme/calls/a-6");
        assertThat(names(globex.listUnpricedCalls(of("tenants/globex").build())))
                .containsExactly("tenants/globex/calls/g-4");
        assertThat(Refusals.of(() -> globex.listUnpricedCalls(of("tenants/acme").build())))
                .isEqualTo("PERMISSION_DENIED TENANT_MISMATCH");
        assertThat(Refusals.of(() -> globex.listUnpricedCalls(of("tenants/-").build())))
                .isEqualTo("PERMISSION_DENIED OPERATOR_ONLY");
    }

    @Test
    void row_level_security_hides_the_others_whatever_the_query_says() {
        UnpricedView view = pricing.bean(UnpricedView.class);
        Database database = pricing.database();
        UnpricedView.Filter everything = new UnpricedView.Filter("", "", "");

        List<String> tenants =
                database.readAsTenant(
                        "globex",
                        connection ->
                                view.calls(connection, everything, 0, 100).stream()
                                        .map(each -> each.tenantId())
                                        .toList());
        int foreignGroups =
                database.readAsTenant(
                        "globex", connection -> view.groups(connection, "acme", 0, 100).size());

        assertThat(tenants).containsExactly("globex");
        assertThat(foreignGroups).isZero();
    }

    @Test
    void waiting_calls_say_why_they_wait() {
        UnpricedCall search =
                acme.listUnpricedCalls(of("tenants/acme").build()).getUnpricedCalls(2);

        assertThat(search.getReason()).isEqualTo(UnpricedReason.UNPRICED_REASON_NO_PRICE_FOR_LEAF);
        assertThat(search.getLeaf()).isEqualTo(dev.meterbook.proto.type.v1.Leaf.LEAF_WEB_SEARCH);
        assertThat(search.getUsagePosition()).isEqualTo(6);
        assertThat(search.getApplication()).isEqualTo("helpdesk");
        assertThat(search.getOccurTime()).isEqualTo(PriceRequests.time("2026-10-05T10:00:00Z"));
    }

    @Test
    void lists_page_by_page_and_by_provider_and_model() {
        ListUnpricedCallsResponse first =
                operator.listUnpricedCalls(of("tenants/-").setPageSize(3).build());
        ListUnpricedCallsResponse second =
                operator.listUnpricedCalls(
                        of("tenants/-")
                                .setPageSize(3)
                                .setPageToken(first.getNextPageToken())
                                .build());

        assertThat(names(first))
                .containsExactly(
                        "tenants/acme/calls/a-3",
                        "tenants/globex/calls/g-4",
                        "tenants/acme/calls/a-5");
        assertThat(names(second)).containsExactly("tenants/acme/calls/a-6");
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(
                        names(
                                operator.listUnpricedCalls(
                                        of("tenants/-").setProvider("nowhere").build())))
                .containsExactly("tenants/acme/calls/a-5");
        assertThat(names(operator.listUnpricedCalls(of("tenants/-").setModel("gpt-5").build())))
                .containsExactly("tenants/acme/calls/a-6");
    }

    @Test
    void counts_waiting_calls_by_reason() {
        assertThat(
                        operator.summarizeUnpricedCalls(
                                        SummarizeUnpricedCallsRequest.newBuilder()
                                                .setParent("tenants/-")
                                                .build())
                                .getGroupsList())
                .extracting(UnpricedGroup::getTenant, UnpricedGroup::getProvider)
                .containsExactly(
                        tuple("acme", "nowhere"),
                        tuple("acme", "openai"),
                        tuple("acme", "openai"),
                        tuple("globex", "openai"));
        List<UnpricedGroup> own =
                globex.summarizeUnpricedCalls(
                                SummarizeUnpricedCallsRequest.newBuilder()
                                        .setParent("tenants/globex")
                                        .build())
                        .getGroupsList();
        assertThat(own).hasSize(1);
        assertThat(own.getFirst().getCallCount()).isEqualTo(1);
        assertThat(own.getFirst().getModel()).isEqualTo("unheard-of");
    }

    private static BatchGetRatingsRequest positions(String parent, Long... positions) {
        return BatchGetRatingsRequest.newBuilder()
                .setParent(parent)
                .addAllPositions(List.of(positions))
                .build();
    }

    @Test
    void ratings_are_read_by_position_and_only_by_their_tenant() {
        List<Rating> ratings =
                acme.batchGetRatings(positions("tenants/acme", 1L, 2L, 3L, 99L)).getRatingsList();

        assertThat(ratings).extracting(Rating::getUsagePosition).containsExactly(1L, 3L);
        assertThat(ratings.getFirst().getBilledCost().getAmount()).isEqualTo("0.00225");
        assertThat(ratings.getFirst().getEffectiveCost().getAmount()).isEqualTo("0.00225");
        assertThat(ratings.getLast().hasBilledCost()).isFalse();
        assertThat(globex.batchGetRatings(positions("tenants/globex", 1L, 2L, 3L)).getRatingsList())
                .extracting(Rating::getUsagePosition)
                .containsExactly(2L);
        assertThat(Refusals.of(() -> globex.batchGetRatings(positions("tenants/acme", 1L))))
                .isEqualTo("PERMISSION_DENIED TENANT_MISMATCH");
        assertThat(Refusals.of(() -> acme.batchGetRatings(positions("tenants/acme"))))
                .isEqualTo("INVALID_ARGUMENT INVALID_POSITIONS");
    }

    private static ExplainCallRequest call(String name) {
        return ExplainCallRequest.newBuilder().setName(name).build();
    }

    @Test
    void a_call_is_explained_with_the_price_known_then() {
        var _ =
                operator.addContractPrices(
                        PriceRequests.prices(
                                "openai-2026",
                                "corrected",
                                "2026-01-01T00:00:00Z",
                                PriceRequests.table("gpt-5", "100", "100")));

        ExplainCallResponse explained = acme.explainCall(call("tenants/acme/calls/a-1"));

        assertThat(explained.getReproduced()).isTrue();
        assertThat(explained.getRatingsCount()).isEqualTo(1);
        assertThat(explained.getPrice().getPriceVersion()).isEqualTo("1");
        assertThat(explained.getPrice().getBilledCost().getAmount()).isEqualTo("0.00225");
        assertThat(explained.getPrice().getLinesList()).hasSize(2);
    }

    @Test
    void a_call_rated_late_shows_both_ratings() {
        var _ =
                operator.addContractPrices(
                        PriceRequests.prices(
                                "openai-2026",
                                "2",
                                "2026-01-01T00:00:00Z",
                                PriceRequests.table("unheard-of", "2", "4")));
        await().until(() -> pricing.ratedCalls(RatingKind.RATING_KIND_LATE) == 2);

        ExplainCallResponse explained = globex.explainCall(call("tenants/globex/calls/g-4"));

        assertThat(explained.getRatingsList())
                .extracting(Rating::getKind)
                .containsExactly(RatingKind.RATING_KIND_INITIAL, RatingKind.RATING_KIND_LATE);
        assertThat(explained.getReproduced()).isTrue();
        assertThat(explained.getPrice().getBilledCost().getAmount()).isEqualTo("0.0024");
        assertThat(names(globex.listUnpricedCalls(of("tenants/globex").build()))).isEmpty();
    }

    @Test
    void a_waiting_call_is_explained_by_its_reason() {
        ExplainCallResponse explained = acme.explainCall(call("tenants/acme/calls/a-6"));

        assertThat(explained.getReproduced()).isTrue();
        assertThat(explained.getPrice().getUnpricedReason())
                .isEqualTo(UnpricedReason.UNPRICED_REASON_NO_PRICE_FOR_LEAF);
    }

    @Test
    void the_operator_need_not_know_the_tenant_of_a_call() {
        ExplainCallResponse explained = operator.explainCall(call("tenants/-/calls/g-2"));

        assertThat(explained.getName()).isEqualTo("tenants/globex/calls/g-2");
        assertThat(explained.getPrice().getTable()).isEqualTo("gpt-5");
        assertThat(Refusals.of(() -> acme.explainCall(call("tenants/-/calls/a-1"))))
                .isEqualTo("PERMISSION_DENIED OPERATOR_ONLY");
        assertThat(Refusals.of(() -> operator.explainCall(call("tenants/-/calls/x-9"))))
                .isEqualTo("NOT_FOUND UNKNOWN_CALL");
    }

    @Test
    void an_id_of_two_tenants_is_explained_for_neither() {
        pricing.meter(List.of(MeteredCalls.call("globex", "a-1", "openai", "gpt-5")));

        assertThat(Refusals.of(() -> operator.explainCall(call("tenants/-/calls/a-1"))))
                .isEqualTo("FAILED_PRECONDITION AMBIGUOUS_CALL");
    }

    @Test
    void another_tenants_call_is_not_there() {
        assertThat(Refusals.of(() -> globex.explainCall(call("tenants/acme/calls/a-1"))))
                .isEqualTo("PERMISSION_DENIED TENANT_MISMATCH");
        assertThat(Refusals.of(() -> globex.explainCall(call("tenants/globex/calls/a-1"))))
                .isEqualTo("NOT_FOUND UNKNOWN_CALL");
        assertThat(Refusals.of(() -> globex.explainCall(call("calls/a-1"))))
                .isEqualTo("INVALID_ARGUMENT INVALID_NAME");
    }
}
