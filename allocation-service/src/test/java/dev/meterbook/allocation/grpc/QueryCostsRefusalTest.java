package dev.meterbook.allocation.grpc;

import static dev.meterbook.allocation.Refusals.refused;
import static dev.meterbook.allocation.RunningAllocation.ACME;
import static dev.meterbook.allocation.grpc.CostRequests.ask;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.meterbook.allocation.Ratings;
import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.proto.allocation.v1.Granularity;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.allocation.v1.QueryCostsResponse;
import dev.meterbook.proto.type.v1.Dimension;
import io.grpc.Status.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryCostsRefusalTest {

    private static RunningAllocation running;

    @BeforeAll
    static void start() throws SQLException {
        running = RunningAllocation.fresh();
        running.tenant("acme");
        running.roll(
                Ratings.initial()
                        .call(1, "acme", "2026-03-01T00:00:00Z")
                        .and()
                        .call(2, "acme", "2026-03-01T09:30:00Z")
                        .and()
                        .call(3, "acme", "2026-03-02T09:30:00Z")
                        .and());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static QueryCostsResponse query(QueryCostsRequest.Builder request) {
        return running.costs(ACME).queryCosts(request.build());
    }

    private static String refusal(String reason, QueryCostsRequest.Builder request) {
        return refused(Code.INVALID_ARGUMENT, reason, () -> query(request));
    }

    @Test
    void refuses_ranges_that_are_missing_crooked_empty_or_too_long() {
        Granularity hour = Granularity.GRANULARITY_HOUR;
        assertThat(refusal("TIME_REQUIRED", ask(hour).clearStartTime()))
                .isEqualTo("start_time:  (expected: a full hour)");
        assertThat(
                        refusal(
                                "TIME_NOT_ON_THE_HOUR",
                                ask("2026-03-01T00:30:00Z", "2026-03-02T00:00:00Z", hour)))
                .isEqualTo("start_time: 2026-03-01T00:30:00Z (expected: a full hour)");
        var _ =
                refusal(
                        "TIME_NOT_ON_THE_HOUR",
                        ask("2026-03-01T00:00:00Z", "2026-03-02T00:00:00.000001Z", hour));
        var _ =
                refusal(
                        "TIME_RANGE_EMPTY",
                        ask("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", hour));
        var _ =
                refusal(
                        "TIME_OUT_OF_RANGE",
                        ask("1999-12-31T23:00:00Z", "2026-03-01T00:00:00Z", hour));
        var _ =
                refusal(
                        "TIME_OUT_OF_RANGE",
                        ask(hour).setEndTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)));
        var _ =
                refusal(
                        "TIME_RANGE_TOO_LONG",
                        ask("2026-03-01T00:00:00Z", "2026-04-01T01:00:00Z", hour));
        assertThat(query(ask("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", hour)).getRowsList())
                .hasSize(3);
        var _ =
                refusal(
                        "TIME_RANGE_TOO_LONG",
                        ask(
                                "2026-01-01T00:00:00Z",
                                "2028-01-03T01:00:00Z",
                                Granularity.GRANULARITY_DAY));
        var _ =
                query(
                        ask(
                                "2026-01-01T00:00:00Z",
                                "2028-01-03T00:00:00Z",
                                Granularity.GRANULARITY_DAY));
    }

    @Test
    @SuppressWarnings("AvoidValueSetter") // a value that we do not know has no constant
    void refuses_bad_dimensions_filters_orders_and_parents() {
        Granularity total = Granularity.GRANULARITY_TOTAL;
        assertThat(refusal("DIMENSION_NOT_ROLLED_UP", ask(total, Dimension.DIMENSION_RUN)))
                .startsWith("group_by[0]: DIMENSION_RUN (expected: TENANT, CUSTOMER");
        var _ = refusal("UNKNOWN_DIMENSION", ask(total).addGroupByValue(99));
        var _ = refusal("UNKNOWN_DIMENSION", ask(total).addGroupByValue(0));
        var _ =
                refusal(
                        "DUPLICATE_DIMENSION",
                        ask(total, Dimension.DIMENSION_MODEL, Dimension.DIMENSION_MODEL));
        var _ =
                refusal(
                        "TOO_MANY_DIMENSIONS",
                        ask(
                                total,
                                Dimension.DIMENSION_MODEL,
                                Dimension.DIMENSION_USER,
                                Dimension.DIMENSION_CUSTOMER,
                                Dimension.DIMENSION_PROVIDER));
        var _ = refusal("UNKNOWN_GRANULARITY", ask(total).setGranularityValue(77));
        var _ =
                refusal(
                        "TOO_MANY_FILTER_VALUES",
                        ask(total).addAllModels(Collections.nCopies(11, "m")));
        var _ = query(ask(total).addAllModels(Collections.nCopies(10, "m".repeat(128))));
        var _ = refusal("INVALID_FILTER_VALUE", ask(total).addModels("m".repeat(129)));
        var _ = refusal("INVALID_FILTER_VALUE", ask(total).addModels("m\u0000"));
        var _ = refusal("INVALID_ORDER", ask(total).setOrderBy("charge; drop table cost_hour"));
        var _ = refusal("INVALID_PAGE_SIZE", ask(total).setPageSize(-1));
        var _ = refusal("INVALID_NAME", ask(total).setParent("acme"));
        var _ = refusal("INVALID_NAME", ask(total).setParent("tenants/acme/users/u1"));
    }

    @Test
    void refuses_a_token_that_is_not_this_request_s() {
        QueryCostsRequest.Builder request = ask(Granularity.GRANULARITY_DAY).setPageSize(1);
        String token = query(request).getNextPageToken();

        assertThat(query(request.clone().setPageSize(9).setPageToken(token)).getRowsList())
                .hasSize(1);
        var _ = refusal("PAGE_TOKEN_MISMATCH", request.clone().addModels("x").setPageToken(token));
        var _ = refusal("PAGE_TOKEN_MISMATCH", request.clone().setPageToken("AAFh"));
        var _ = refusal("INVALID_PAGE_TOKEN", request.clone().setPageToken("%%"));
        var _ = refusal("INVALID_PAGE_TOKEN", request.clone().setPageToken("A".repeat(5_000)));
    }

    @Test
    void gives_a_question_up_that_takes_too_long() throws SQLException {
        try (Connection superuser = running.server().connect();
                Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("lock table allocation.cost_hour in access exclusive mode");

            assertThat(
                            refused(
                                    Code.RESOURCE_EXHAUSTED,
                                    "QUERY_TOO_EXPENSIVE",
                                    () -> query(ask(Granularity.GRANULARITY_TOTAL))))
                    .startsWith("query: more than 2000 ms (expected: a shorter range");
        }
        assertThat(query(ask(Granularity.GRANULARITY_TOTAL)).getRowsCount()).isEqualTo(1);
    }
}
