package dev.meterbook.allocation.grpc;

import static dev.meterbook.allocation.Refusals.refused;
import static dev.meterbook.allocation.RunningAllocation.ACME;
import static dev.meterbook.allocation.RunningAllocation.ADMIN;
import static dev.meterbook.allocation.grpc.DirectoryRequests.costCenter;
import static dev.meterbook.allocation.grpc.DirectoryRequests.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.proto.allocation.v1.AllocationRule;
import dev.meterbook.proto.allocation.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.meterbook.proto.allocation.v1.GetCostCenterRequest;
import dev.meterbook.proto.allocation.v1.ListAllocationRulesRequest;
import dev.meterbook.proto.allocation.v1.ListAllocationRulesResponse;
import dev.meterbook.proto.allocation.v1.SetAllocationRuleRequest;
import io.grpc.Status.Code;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CostCentersAndRulesTest {

    private RunningAllocation running;

    @BeforeEach
    void start() throws SQLException {
        running = RunningAllocation.fresh();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private DirectoryServiceBlockingStub admin() {
        return running.directory(ADMIN);
    }

    @Test
    void builds_a_tree_of_cost_centers_up_to_sixteen_levels() {
        running.costCenter("level-1", "");
        for (int level = 2; level <= 16; level++) {
            running.costCenter("level-" + level, "level-" + (level - 1));
        }

        var _ =
                refused(
                        Code.FAILED_PRECONDITION,
                        "COST_CENTER_TREE_TOO_DEEP",
                        () ->
                                admin().createCostCenter(
                                                costCenter("level-17", "costCenters/level-16")));
        var _ =
                refused(
                        Code.NOT_FOUND,
                        "UNKNOWN_COST_CENTER",
                        () -> admin().createCostCenter(costCenter("x", "costCenters/nowhere")));
        var _ =
                refused(
                        Code.ALREADY_EXISTS,
                        "COST_CENTER_EXISTS",
                        () -> admin().createCostCenter(costCenter("level-2", "")));
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "RESERVED_ID",
                        () -> admin().createCostCenter(costCenter("unallocated", "")));
        assertThat(
                        admin().getCostCenter(
                                        GetCostCenterRequest.newBuilder()
                                                .setName("costCenters/level-3")
                                                .build())
                                .getParentCostCenter())
                .isEqualTo("costCenters/level-2");
    }

    @Test
    void takes_ten_thousand_cost_centers_and_no_more() throws SQLException {
        running.run(
                "insert into allocation.cost_center"
                        + " select 'cc-' || n, '', now() from generate_series(1, 9999) n");
        running.costCenter("number-10000", "");

        var _ =
                refused(
                        Code.FAILED_PRECONDITION,
                        "COST_CENTER_TREE_FULL",
                        () -> admin().createCostCenter(costCenter("number-10001", "")));
        running.costCenter("number-10000", "");
    }

    @Test
    void sets_rules_and_shows_the_later_one_for_a_moment() throws SQLException {
        running.tenant("acme");
        running.costCenter("support", "");
        running.costCenter("sales", "");

        var _ =
                admin().setAllocationRule(
                                rule(
                                        "acme",
                                        "chat",
                                        "costCenters/support",
                                        "2026-03-01T00:00:00Z"));
        var _ =
                admin().setAllocationRule(
                                rule(
                                        "acme",
                                        "chat",
                                        "costCenters/support",
                                        "2026-03-01T00:00:00Z"));
        var _ =
                admin().setAllocationRule(
                                rule("acme", "chat", "costCenters/sales", "2026-03-01T00:00:00Z"));
        var _ =
                admin().setAllocationRule(
                                rule("acme", "", "costCenters/support", "2026-04-01T00:00:00Z"));
        AllocationRule gone =
                admin().setAllocationRule(rule("acme", "search", "", "2026-04-01T00:00:00Z"));

        assertThat(gone.getCostCenter()).isEmpty();
        ListAllocationRulesRequest request =
                ListAllocationRulesRequest.newBuilder()
                        .setParent("tenants/acme")
                        .setPageSize(2)
                        .build();
        ListAllocationRulesResponse one = running.directory(ACME).listAllocationRules(request);
        ListAllocationRulesResponse two =
                running.directory(ACME)
                        .listAllocationRules(
                                request.toBuilder().setPageToken(one.getNextPageToken()).build());
        assertThat(one.getAllocationRulesList())
                .extracting(AllocationRule::getApplication, AllocationRule::getCostCenter)
                .containsExactly(
                        tuple("", "costCenters/support"), tuple("chat", "costCenters/sales"));
        assertThat(two.getAllocationRulesList()).containsExactly(gone);
        assertThat(two.getNextPageToken()).isEmpty();
        assertThat(
                        running.number(
                                "select count(*) from allocation.event e"
                                        + " join allocation.event_type t on t.id = e.event_type"
                                        + " where t.name = 'allocation.AllocationRuleSet'"))
                .isEqualTo(4);
    }

    @Test
    void refuses_rules_for_what_is_not_there() {
        running.tenant("acme");
        var _ =
                refused(
                        Code.NOT_FOUND,
                        "UNKNOWN_COST_CENTER",
                        () ->
                                admin().setAllocationRule(
                                                rule(
                                                        "acme",
                                                        "chat",
                                                        "costCenters/nowhere",
                                                        "2026-03-01T00:00:00Z")));
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "TIME_TOO_FINE",
                        () ->
                                admin().setAllocationRule(
                                                rule(
                                                        "acme",
                                                        "chat",
                                                        "",
                                                        "2026-03-01T00:00:00.000000001Z")));
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "TIME_REQUIRED",
                        () ->
                                admin().setAllocationRule(
                                                SetAllocationRuleRequest.newBuilder()
                                                        .setParent("tenants/acme")
                                                        .build()));
    }
}
