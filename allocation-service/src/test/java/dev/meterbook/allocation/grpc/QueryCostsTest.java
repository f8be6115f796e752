package dev.meterbook.allocation.grpc;

import static dev.meterbook.allocation.Refusals.refused;
import static dev.meterbook.allocation.RunningAllocation.ACME;
import static dev.meterbook.allocation.RunningAllocation.ADMIN;
import static dev.meterbook.allocation.RunningAllocation.GLOBEX;
import static dev.meterbook.allocation.RunningAllocation.INGEST;
import static dev.meterbook.allocation.grpc.CostRequests.ask;
import static dev.meterbook.allocation.grpc.CostRequests.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allocation.Ratings;
import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.proto.allocation.v1.CostRow;
import dev.meterbook.proto.allocation.v1.CostSums;
import dev.meterbook.proto.allocation.v1.Granularity;
import dev.meterbook.proto.allocation.v1.ListDimensionValuesRequest;
import dev.meterbook.proto.allocation.v1.ListDimensionValuesResponse;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.allocation.v1.QueryCostsResponse;
import dev.meterbook.proto.type.v1.Dimension;
import io.grpc.Status.Code;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryCostsTest {

    private static RunningAllocation running;

    @BeforeAll
    static void start() throws SQLException {
        running = RunningAllocation.fresh();
        running.tenant("acme");
        running.tenant("globex");
        running.roll(
                Ratings.initial()
                        .call(1, "acme", "2026-02-28T23:59:59.999999Z")
                        .customer("c1")
                        .user("u1")
                        .environment("prod")
                        .useCase("support")
                        .tokens(100, 40, 10, 20, 5)
                        .priced("0.10", "0.12", "USD")
                        .and()
                        .call(2, "acme", "2026-03-01T00:00:00Z")
                        .customer("c1")
                        .user("u2")
                        .tokens(200, 0, 0, 40, 0)
                        .priced("0.20", "0.24", "USD")
                        .and()
                        .call(3, "acme", "2026-03-01T09:30:00Z")
                        .customer("c2")
                        .user("u1")
                        .model("anthropic", "claude-4")
                        .tokens(300, 0, 0, 60, 0)
                        .priced("0.003000001", "0.0036", "EUR")
                        .and()
                        .call(4, "acme", "2026-03-02T09:30:00Z")
                        .application("search")
                        .model("acme-labs", "brand-new")
                        .tokens(7, 0, 0, 9, 0)
                        .and()
                        .call(5, "globex", "2026-03-01T09:30:00Z")
                        .customer("c1")
                        .tokens(1000, 0, 0, 1000, 0)
                        .priced("5", "6", "USD")
                        .and());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static QueryCostsResponse query(QueryCostsRequest.Builder request) {
        return query(ACME, request);
    }

    private static QueryCostsResponse query(ApiKey key, QueryCostsRequest.Builder request) {
        return running.costs(key).queryCosts(request.build());
    }

    /** "time [values] calls cost charge". */
    private static String line(CostRow row) {
        return Instant.ofEpochSecond(row.getTime().getSeconds())
                + " "
                + row.getDimensionValuesList()
                + " "
                + line(row.getSums());
    }

    private static String line(CostSums sums) {
        return sums.getCalls()
                + " "
                + (sums.hasBilledCost()
                        ? sums.getBilledCost().getAmount()
                                + " "
                                + sums.getCharge().getAmount()
                                + " "
                                + sums.getCharge().getCurrencyCode()
                        : "unpriced=" + sums.getUnpricedCalls());
    }

    private static List<String> lines(QueryCostsResponse response) {
        return response.getRowsList().stream().map(QueryCostsTest::line).toList();
    }

    @Test
    void sums_by_month_with_its_edge_at_midnight_utc() {
        assertThat(lines(query(ask(Granularity.GRANULARITY_MONTH))))
                .containsExactly(
                        "2026-02-01T00:00:00Z [] 1 0.1 0.12 USD",
                        "2026-03-01T00:00:00Z [] 1 unpriced=1",
                        "2026-03-01T00:00:00Z [] 1 0.003000001 0.0036 EUR",
                        "2026-03-01T00:00:00Z [] 1 0.2 0.24 USD");
    }

    @Test
    void sums_by_day_and_hour() {
        assertThat(lines(query(ask(Granularity.GRANULARITY_DAY))))
                .containsExactly(
                        "2026-02-28T00:00:00Z [] 1 0.1 0.12 USD",
                        "2026-03-01T00:00:00Z [] 1 0.003000001 0.0036 EUR",
                        "2026-03-01T00:00:00Z [] 1 0.2 0.24 USD",
                        "2026-03-02T00:00:00Z [] 1 unpriced=1");
        assertThat(
                        lines(
                                query(
                                        ask(
                                                "2026-02-28T23:00:00Z",
                                                "2026-03-01T01:00:00Z",
                                                Granularity.GRANULARITY_HOUR))))
                .containsExactly(
                        "2026-02-28T23:00:00Z [] 1 0.1 0.12 USD",
                        "2026-03-01T00:00:00Z [] 1 0.2 0.24 USD");
    }

    @Test
    void a_span_that_starts_before_the_range_shows_the_range_s_start() {
        assertThat(
                        lines(
                                query(
                                        ask(
                                                "2026-02-28T12:00:00Z",
                                                "2026-03-01T01:00:00Z",
                                                Granularity.GRANULARITY_MONTH))))
                .containsExactly(
                        "2026-02-28T12:00:00Z [] 1 0.1 0.12 USD",
                        "2026-03-01T00:00:00Z [] 1 0.2 0.24 USD");
    }

    @Test
    void sums_everything_with_all_its_tokens() {
        CostSums usd =
                query(ask(Granularity.GRANULARITY_UNSPECIFIED)).getRowsList().stream()
                        .map(CostRow::getSums)
                        .filter(sums -> sums.getBilledCost().getCurrencyCode().equals("USD"))
                        .findFirst()
                        .orElseThrow();

        assertThat(usd.getCalls()).isEqualTo(2);
        assertThat(usd.getUnpricedCalls()).isZero();
        assertThat(usd.getInputTokens()).isEqualTo(300);
        assertThat(usd.getCacheReadTokens()).isEqualTo(40);
        assertThat(usd.getCacheWriteTokens()).isEqualTo(10);
        assertThat(usd.getOutputTokens()).isEqualTo(60);
        assertThat(usd.getReasoningTokens()).isEqualTo(5);
        assertThat(usd.getBilledCost().getAmount()).isEqualTo("0.3");
        assertThat(usd.getCharge().getAmount()).isEqualTo("0.36");
    }

    @Test
    void groups_by_up_to_three_dimensions_in_the_order_asked_for() {
        assertThat(
                        lines(
                                query(
                                        ask(
                                                Granularity.GRANULARITY_TOTAL,
                                                Dimension.DIMENSION_MODEL,
                                                Dimension.DIMENSION_CUSTOMER,
                                                Dimension.DIMENSION_USER))))
                .containsExactly(
                        "2026-02-01T00:00:00Z [brand-new, , ] 1 unpriced=1",
                        "2026-02-01T00:00:00Z [claude-4, c2, u1] 1 0.003000001 0.0036 EUR",
                        "2026-02-01T00:00:00Z [gpt-5, c1, u1] 1 0.1 0.12 USD",
                        "2026-02-01T00:00:00Z [gpt-5, c1, u2] 1 0.2 0.24 USD");
    }

    @Test
    void knows_every_dimension_of_the_roll_up() {
        assertThat(valuesBy(Dimension.DIMENSION_TENANT)).containsExactly("acme");
        assertThat(valuesBy(Dimension.DIMENSION_CUSTOMER)).containsExactly("", "c1", "c2");
        assertThat(valuesBy(Dimension.DIMENSION_USER)).containsExactly("", "u1", "u2");
        assertThat(valuesBy(Dimension.DIMENSION_COST_CENTER)).containsExactly("unallocated");
        assertThat(valuesBy(Dimension.DIMENSION_APPLICATION)).containsExactly("chat", "search");
        assertThat(valuesBy(Dimension.DIMENSION_ENVIRONMENT)).containsExactly("", "prod");
        assertThat(valuesBy(Dimension.DIMENSION_USE_CASE)).containsExactly("", "support");
        assertThat(valuesBy(Dimension.DIMENSION_PROVIDER))
                .containsExactly("acme-labs", "anthropic", "openai");
        assertThat(valuesBy(Dimension.DIMENSION_MODEL))
                .containsExactly("brand-new", "claude-4", "gpt-5");
    }

    private static List<String> valuesBy(Dimension dimension) {
        return query(ask(Granularity.GRANULARITY_TOTAL, dimension)).getRowsList().stream()
                .map(row -> row.getDimensionValues(0))
                .distinct()
                .toList();
    }

    @Test
    void filters_by_several_dimensions_at_once() {
        assertThat(
                        lines(
                                query(
                                        ask(Granularity.GRANULARITY_TOTAL)
                                                .addCustomers("c1")
                                                .addCustomers("c2")
                                                .addUsers("u1"))))
                .containsExactly(
                        "2026-02-01T00:00:00Z [] 1 0.003000001 0.0036 EUR",
                        "2026-02-01T00:00:00Z [] 1 0.1 0.12 USD");
        assertThat(lines(query(ask(Granularity.GRANULARITY_TOTAL).addCustomers(""))))
                .containsExactly("2026-02-01T00:00:00Z [] 1 unpriced=1");
        assertThat(
                        lines(
                                query(
                                        ask(Granularity.GRANULARITY_TOTAL)
                                                .addApplications("search")
                                                .addModels("brand-new")
                                                .addProviders("acme-labs")
                                                .addEnvironments("")
                                                .addUseCases("")
                                                .addCostCenters("unallocated")
                                                .addTenants("acme"))))
                .containsExactly("2026-02-01T00:00:00Z [] 1 unpriced=1");
        assertThat(query(ask(Granularity.GRANULARITY_TOTAL).addModels("gpt-4")))
                .isEqualTo(QueryCostsResponse.getDefaultInstance());
    }

    @Test
    void a_text_in_a_filter_is_never_more_than_a_text() {
        assertThat(
                        lines(
                                query(
                                        ask(Granularity.GRANULARITY_TOTAL)
                                                .addModels("' or 1=1 --")
                                                .addModels("%"))))
                .isEmpty();
    }

    @Test
    void orders_by_amount_and_pages_without_loss() {
        QueryCostsRequest.Builder request =
                ask(Granularity.GRANULARITY_DAY, Dimension.DIMENSION_MODEL)
                        .setOrderBy("charge desc")
                        .setPageSize(1);
        List<String> paged = new ArrayList<>();
        QueryCostsResponse page = query(request);
        paged.addAll(lines(page));
        while (!page.getNextPageToken().isEmpty()) {
            assertThat(page.getTotalsList())
                    .extracting(QueryCostsTest::line)
                    .containsExactly("1 unpriced=1", "1 0.003000001 0.0036 EUR", "2 0.3 0.36 USD");
            page = query(request.setPageToken(page.getNextPageToken()));
            paged.addAll(lines(page));
        }

        assertThat(paged)
                .containsExactly(
                        "2026-03-01T00:00:00Z [gpt-5] 1 0.2 0.24 USD",
                        "2026-02-28T00:00:00Z [gpt-5] 1 0.1 0.12 USD",
                        "2026-03-01T00:00:00Z [claude-4] 1 0.003000001 0.0036 EUR",
                        "2026-03-02T00:00:00Z [brand-new] 1 unpriced=1");
    }

    @Test
    void pages_the_same_in_every_order() {
        for (String field :
                List.of(
                        "time",
                        "calls",
                        "input_tokens",
                        "output_tokens",
                        "billed_cost",
                        "charge")) {
            for (String orderBy : List.of(field, field + " desc")) {
                QueryCostsRequest.Builder request =
                        ask(Granularity.GRANULARITY_HOUR, Dimension.DIMENSION_USER)
                                .setStartTime(time("2026-02-28T00:00:00Z"))
                                .setEndTime(time("2026-03-03T00:00:00Z"))
                                .setOrderBy(orderBy);
                List<String> atOnce = lines(query(request));
                assertThat(atOnce).hasSize(4);

                List<String> paged = new ArrayList<>();
                QueryCostsResponse page = query(request.setPageSize(1));
                paged.addAll(lines(page));
                while (!page.getNextPageToken().isEmpty()) {
                    page = query(request.setPageToken(page.getNextPageToken()));
                    paged.addAll(lines(page));
                }
                assertThat(paged).as(orderBy).isEqualTo(atOnce);
            }
        }
    }

    @Test
    void the_operator_sees_all_tenants_and_each_of_them() {
        assertThat(
                        lines(
                                query(
                                        ADMIN,
                                        ask(
                                                        Granularity.GRANULARITY_TOTAL,
                                                        Dimension.DIMENSION_TENANT)
                                                .setParent("tenants/-")
                                                .setOrderBy("charge desc")
                                                .setPageSize(2))))
                .containsExactly(
                        "2026-02-01T00:00:00Z [globex] 1 5 6 USD",
                        "2026-02-01T00:00:00Z [acme] 2 0.3 0.36 USD");
        assertThat(
                        lines(
                                query(
                                        ADMIN,
                                        ask(Granularity.GRANULARITY_TOTAL)
                                                .setParent("tenants/globex"))))
                .containsExactly("2026-02-01T00:00:00Z [] 1 5 6 USD");
        assertThat(
                        lines(
                                query(
                                        ADMIN,
                                        ask(Granularity.GRANULARITY_TOTAL)
                                                .setParent("tenants/-")
                                                .addTenants("globex"))))
                .containsExactly("2026-02-01T00:00:00Z [] 1 5 6 USD");
    }

    @Test
    void a_tenant_sees_its_own_costs_only() {
        QueryCostsRequest.Builder total = ask(Granularity.GRANULARITY_TOTAL);
        var _ =
                refused(
                        Code.PERMISSION_DENIED,
                        "TENANT_MISMATCH",
                        () -> query(GLOBEX, total.clone()));
        var _ =
                refused(
                        Code.PERMISSION_DENIED,
                        "TENANT_MISMATCH",
                        () -> query(GLOBEX, total.clone().setParent("tenants/-")));
        var _ =
                refused(
                        Code.PERMISSION_DENIED,
                        "SCOPE_MISSING",
                        () -> query(INGEST, total.clone()));
        assertThat(
                        lines(
                                query(
                                        GLOBEX,
                                        total.clone()
                                                .setParent("tenants/globex")
                                                .addTenants("acme"))))
                .isEmpty();
    }

    @Test
    void lists_values_of_a_dimension_for_filters() {
        ListDimensionValuesRequest request =
                ListDimensionValuesRequest.newBuilder()
                        .setParent("tenants/acme")
                        .setDimension(Dimension.DIMENSION_MODEL)
                        .setPageSize(2)
                        .build();

        ListDimensionValuesResponse one = running.costs(ACME).listDimensionValues(request);
        ListDimensionValuesResponse two =
                running.costs(ACME)
                        .listDimensionValues(
                                request.toBuilder().setPageToken(one.getNextPageToken()).build());

        assertThat(one.getValuesList()).containsExactly("brand-new", "claude-4");
        assertThat(two.getValuesList()).containsExactly("gpt-5");
        assertThat(two.getNextPageToken()).isEmpty();
        assertThat(
                        running.costs(ACME)
                                .listDimensionValues(request.toBuilder().setPrefix("gpt").build())
                                .getValuesList())
                .containsExactly("gpt-5");
        assertThat(
                        running.costs(ADMIN)
                                .listDimensionValues(
                                        request.toBuilder()
                                                .setParent("tenants/-")
                                                .setDimension(Dimension.DIMENSION_TENANT)
                                                .build())
                                .getValuesList())
                .containsExactly("acme", "globex");
    }
}
