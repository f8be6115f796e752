package dev.meterbook.allocation.grpc;

import static dev.meterbook.allocation.Refusals.refused;
import static dev.meterbook.allocation.RunningAllocation.ACME;
import static dev.meterbook.allocation.RunningAllocation.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.meterbook.allocation.Ratings;
import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.proto.allocation.v1.CostCenterCosts;
import dev.meterbook.proto.allocation.v1.CostSums;
import dev.meterbook.proto.allocation.v1.QueryCostCentersRequest;
import dev.meterbook.proto.allocation.v1.QueryCostCentersResponse;
import io.grpc.Status.Code;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryCostCentersTest {

    private static RunningAllocation running;

    @BeforeAll
    static void start() throws SQLException {
        running = RunningAllocation.fresh();
        running.costCenter("company", "");
        running.costCenter("research", "company");
        running.costCenter("research-ai", "research");
        running.costCenter("sales", "company");
        running.tenant("acme", "sales");
        running.tenant("globex");
        running.rule("acme", "chat", "research-ai", "2026-03-01T00:00:00Z");
        running.rule("acme", "chat", "", "2026-03-02T00:00:00Z");
        running.roll(
                Ratings.initial()
                        .call(1, "acme", "2026-03-01T10:00:00Z")
                        .priced("1", "2", "USD")
                        .and()
                        .call(2, "acme", "2026-03-02T10:00:00Z")
                        .priced("10", "20", "USD")
                        .and()
                        .call(3, "acme", "2026-03-01T10:00:00Z")
                        .costCenter("research")
                        .priced("100", "200", "USD")
                        .and()
                        .call(4, "acme", "2026-03-01T10:00:00Z")
                        .costCenter("their-own")
                        .priced("3", "4", "EUR")
                        .and()
                        .call(5, "globex", "2026-03-01T10:00:00Z")
                        .priced("5", "6", "USD")
                        .and()
                        .call(6, "globex", "2026-03-01T10:00:00Z")
                        .and());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static Timestamp time(String text) {
        return Timestamp.newBuilder().setSeconds(Instant.parse(text).getEpochSecond()).build();
    }

    private static QueryCostCentersRequest.Builder ask(String tenant) {
        return QueryCostCentersRequest.newBuilder()
                .setParent("tenants/" + tenant)
                .setStartTime(time("2026-03-01T00:00:00Z"))
                .setEndTime(time("2026-04-01T00:00:00Z"));
    }

    private static QueryCostCentersResponse query(QueryCostCentersRequest.Builder request) {
        return running.costs(ADMIN).queryCostCenters(request.build());
    }

    private static List<String> lines(QueryCostCentersResponse response) {
        return response.getCostCentersList().stream().map(QueryCostCentersTest::line).toList();
    }

    private static String line(CostCenterCosts node) {
        return "  ".repeat(node.getDepth())
                + node.getCostCenter()
                + (node.getRegistered() ? "" : "?")
                + " own "
                + charges(node.getOwnList())
                + " all "
                + charges(node.getRolledUpList());
    }

    private static List<String> charges(List<CostSums> sums) {
        return sums.stream()
                .map(
                        each ->
                                each.hasCharge()
                                        ? each.getCharge().getAmount()
                                                + each.getCharge().getCurrencyCode()
                                        : each.getUnpricedCalls() + " unpriced")
                .toList();
    }

    @Test
    void adds_costs_up_along_the_tree() {
        QueryCostCentersResponse response = query(ask("-"));

        assertThat(lines(response))
                .containsExactly(
                        "company own [] all [222USD]",
                        "  research own [200USD] all [202USD]",
                        "    research-ai own [2USD] all [2USD]",
                        "  sales own [20USD] all [20USD]",
                        "their-own? own [4EUR] all [4EUR]",
                        "unallocated? own [1 unpriced, 6USD] all [1 unpriced, 6USD]");
        assertThat(charges(response.getTotalsList()))
                .containsExactly("1 unpriced", "4EUR", "228USD");
    }

    @Test
    void shows_one_tenant_s_costs_on_the_tree() {
        assertThat(lines(query(ask("globex"))))
                .containsExactly(
                        "company own [] all []",
                        "  research own [] all []",
                        "    research-ai own [] all []",
                        "  sales own [] all []",
                        "unallocated? own [1 unpriced, 6USD] all [1 unpriced, 6USD]");
    }

    @Test
    void shows_a_branch() {
        assertThat(lines(query(ask("-").setRootCostCenter("costCenters/research"))))
                .containsExactly(
                        "  research own [200USD] all [202USD]",
                        "    research-ai own [2USD] all [2USD]");
        var _ =
                refused(
                        Code.NOT_FOUND,
                        "UNKNOWN_COST_CENTER",
                        () -> query(ask("-").setRootCostCenter("costCenters/nowhere")));
    }

    @Test
    void pages_through_the_tree() {
        QueryCostCentersRequest.Builder request = ask("-").setPageSize(4);
        List<String> paged = new ArrayList<>();
        QueryCostCentersResponse page = query(request);
        paged.addAll(lines(page));
        while (!page.getNextPageToken().isEmpty()) {
            page = query(request.setPageToken(page.getNextPageToken()));
            paged.addAll(lines(page));
        }

        assertThat(paged).isEqualTo(lines(query(ask("-")))).hasSize(6);
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "PAGE_TOKEN_MISMATCH",
                        () ->
                                query(
                                        ask("acme")
                                                .setPageToken(
                                                        query(ask("-").setPageSize(1))
                                                                .getNextPageToken())));
    }

    @Test
    void is_for_the_operator_only() {
        var _ =
                refused(
                        Code.PERMISSION_DENIED,
                        "OPERATOR_ONLY",
                        () -> running.costs(ACME).queryCostCenters(ask("acme").build()));
    }

    @Test
    void takes_a_hundred_thousand_cost_centers_with_costs_and_no_more() throws SQLException {
        running.run(
                """
                insert into allocation.cost_key (tenant_id, customer, user_id, cost_center,
                    application, environment, use_case, provider, model, currency)
                select 'many', '', '', 'cc-' || n, '', '', '', '', '', 'USD'
                from generate_series(1, 100001) n
                """);
        QueryCostCentersRequest.Builder request =
                ask("many")
                        .setStartTime(time("2027-03-01T00:00:00Z"))
                        .setEndTime(time("2027-04-01T00:00:00Z"))
                        .setPageSize(5_000);
        addOneCallTo("cost_center <> 'cc-100001'");
        QueryCostCentersResponse largest = query(request);
        assertThat(largest.getTotals(0).getCalls()).isEqualTo(100_000);
        assertThat(largest.getCostCentersCount()).isEqualTo(1_000);

        addOneCallTo("cost_center = 'cc-100001'");
        var _ = refused(Code.FAILED_PRECONDITION, "TOO_MANY_COST_CENTERS", () -> query(request));
    }

    private static void addOneCallTo(String keys) throws SQLException {
        running.run(
                "insert into allocation.cost_hour (tenant_id, hour, key_id, calls, unpriced_calls,"
                        + " input_tokens, cache_read_tokens, cache_write_tokens, output_tokens,"
                        + " reasoning_tokens, billed_cost, charge)"
                        + " select 'many', '2027-03-01T10:00Z', key_id, 1, 0, 0, 0, 0, 0, 0, 1, 1"
                        + " from allocation.cost_key where tenant_id = 'many' and "
                        + keys);
    }
}
