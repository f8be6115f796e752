package dev.meterbook.allocation.grpc;

import static dev.meterbook.allocation.Refusals.refused;
import static dev.meterbook.allocation.RunningAllocation.ACME;
import static dev.meterbook.allocation.RunningAllocation.ADMIN;
import static dev.meterbook.allocation.RunningAllocation.GLOBEX;
import static dev.meterbook.allocation.RunningAllocation.INGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.Timestamp;
import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.proto.allocation.v1.AllocationRule;
import dev.meterbook.proto.allocation.v1.CostCenter;
import dev.meterbook.proto.allocation.v1.CreateCostCenterRequest;
import dev.meterbook.proto.allocation.v1.CreateCustomerRequest;
import dev.meterbook.proto.allocation.v1.CreateTenantRequest;
import dev.meterbook.proto.allocation.v1.CreateUserRequest;
import dev.meterbook.proto.allocation.v1.Customer;
import dev.meterbook.proto.allocation.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.meterbook.proto.allocation.v1.GetCostCenterRequest;
import dev.meterbook.proto.allocation.v1.GetCustomerRequest;
import dev.meterbook.proto.allocation.v1.GetTenantRequest;
import dev.meterbook.proto.allocation.v1.GetUserRequest;
import dev.meterbook.proto.allocation.v1.ListAllocationRulesRequest;
import dev.meterbook.proto.allocation.v1.ListAllocationRulesResponse;
import dev.meterbook.proto.allocation.v1.ListCostCentersRequest;
import dev.meterbook.proto.allocation.v1.ListTenantsRequest;
import dev.meterbook.proto.allocation.v1.ListUsersRequest;
import dev.meterbook.proto.allocation.v1.ListUsersResponse;
import dev.meterbook.proto.allocation.v1.ResumeTenantRequest;
import dev.meterbook.proto.allocation.v1.SetAllocationRuleRequest;
import dev.meterbook.proto.allocation.v1.SetDisplayNameRequest;
import dev.meterbook.proto.allocation.v1.SuspendTenantRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.allocation.v1.TenantState;
import dev.meterbook.proto.allocation.v1.User;
import io.grpc.Status.Code;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryEndpointTest {

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

    private static CreateTenantRequest tenant(String id, String displayName, String costCenter) {
        return CreateTenantRequest.newBuilder()
                .setTenantId(id)
                .setTenant(
                        Tenant.newBuilder()
                                .setDisplayName(displayName)
                                .setDefaultCostCenter(costCenter))
                .build();
    }

    private static CreateCustomerRequest customer(String tenant, String id, String displayName) {
        return CreateCustomerRequest.newBuilder()
                .setParent("tenants/" + tenant)
                .setCustomerId(id)
                .setCustomer(Customer.newBuilder().setDisplayName(displayName))
                .build();
    }

    private static CreateUserRequest user(String tenant, String id, String customer) {
        return CreateUserRequest.newBuilder()
                .setParent("tenants/" + tenant)
                .setUserId(id)
                .setUser(User.newBuilder().setCustomer(customer))
                .build();
    }

    private static CreateCostCenterRequest costCenter(String id, String parent) {
        return CreateCostCenterRequest.newBuilder()
                .setCostCenterId(id)
                .setCostCenter(CostCenter.newBuilder().setParentCostCenter(parent))
                .build();
    }

    private static SetAllocationRuleRequest rule(
            String application, String costCenter, String from) {
        return SetAllocationRuleRequest.newBuilder()
                .setParent("tenants/acme")
                .setAllocationRule(
                        AllocationRule.newBuilder()
                                .setApplication(application)
                                .setCostCenter(costCenter)
                                .setEffectiveTime(time(from)))
                .build();
    }

    private static Timestamp time(String text) {
        Instant moment = Instant.parse(text);
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }

    private Tenant get(ApiKey key, String tenant) {
        return running.directory(key)
                .getTenant(GetTenantRequest.newBuilder().setName("tenants/" + tenant).build());
    }

    @Test
    void registers_a_tenant_and_keeps_it_over_a_restart() {
        running.costCenter("research", "");
        Tenant created = admin().createTenant(tenant("acme", "Acme Inc.", "costCenters/research"));

        assertThat(created.getName()).isEqualTo("tenants/acme");
        assertThat(created.getDisplayName()).isEqualTo("Acme Inc.");
        assertThat(created.getDefaultCostCenter()).isEqualTo("costCenters/research");
        assertThat(created.getState()).isEqualTo(TenantState.TENANT_STATE_ACTIVE);
        assertThat(created.hasCreateTime()).isTrue();

        running.restart();
        assertThat(get(ADMIN, "acme")).isEqualTo(created);
        assertThat(admin().createTenant(tenant("acme", "Acme Inc.", "costCenters/research")))
                .isEqualTo(created);
    }

    @Test
    void takes_the_same_registration_again_and_refuses_another() throws SQLException {
        Tenant created = admin().createTenant(tenant("acme", "Acme", ""));
        running.costCenter("research", "");

        assertThat(admin().createTenant(tenant("acme", "Acme", ""))).isEqualTo(created);
        String text =
                refused(
                        Code.ALREADY_EXISTS,
                        "TENANT_EXISTS",
                        () -> admin().createTenant(tenant("acme", "Acme Ltd.", "")));
        assertThat(text).isEqualTo("tenants/acme: exists with other content");
        var _ =
                refused(
                        Code.ALREADY_EXISTS,
                        "TENANT_EXISTS",
                        () -> admin().createTenant(tenant("acme", "Acme", "costCenters/research")));
        assertThat(running.number("select count(*) from allocation.event")).isEqualTo(2);
    }

    @Test
    void many_who_register_the_same_tenant_at_once_all_get_it() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Tenant> create = () -> admin().createTenant(tenant("acme", "Acme", ""));
            for (var answer : threads.invokeAll(java.util.Collections.nCopies(16, create))) {
                assertThat(answer.get().getName()).isEqualTo("tenants/acme");
            }
        }
        assertThat(running.number("select count(*) from allocation.event")).isEqualTo(1);
    }

    @Test
    void keeps_names_out_of_the_log() throws SQLException {
        running.tenant("acme");
        var _ = admin().createCustomer(customer("acme", "c1", "Wile E. Coyote"));

        assertThat(
                        running.number(
                                "select count(*) from allocation.event"
                                        + " where position('Coyote'::bytea in payload) > 0"))
                .isZero();
        assertThat(
                        running.number(
                                "select count(*) from allocation.event"
                                        + " where tenant_id = 'acme' and payload is not null"))
                .isEqualTo(2);
    }

    @Test
    void suspends_and_resumes_a_tenant() throws SQLException {
        running.tenant("acme");
        var suspend = SuspendTenantRequest.newBuilder().setName("tenants/acme").build();
        var resume = ResumeTenantRequest.newBuilder().setName("tenants/acme").build();

        assertThat(admin().suspendTenant(suspend).getState())
                .isEqualTo(TenantState.TENANT_STATE_SUSPENDED);
        assertThat(admin().suspendTenant(suspend).getState())
                .isEqualTo(TenantState.TENANT_STATE_SUSPENDED);
        assertThat(admin().resumeTenant(resume).getState())
                .isEqualTo(TenantState.TENANT_STATE_ACTIVE);
        assertThat(running.number("select count(*) from allocation.event")).isEqualTo(3);
        var _ =
                refused(
                        Code.NOT_FOUND,
                        "UNKNOWN_TENANT",
                        () ->
                                admin().suspendTenant(
                                                SuspendTenantRequest.newBuilder()
                                                        .setName("tenants/nobody")
                                                        .build()));
    }

    @Test
    void registers_customers_and_users_whose_ids_hold_slashes() {
        running.tenant("acme");
        Customer customer = admin().createCustomer(customer("acme", "eu/berlin/7", "Berlin"));
        User user = admin().createUser(user("acme", "u/1", customer.getName()));

        assertThat(customer.getName()).isEqualTo("tenants/acme/customers/eu/berlin/7");
        assertThat(user.getCustomer()).isEqualTo("tenants/acme/customers/eu/berlin/7");
        assertThat(
                        running.directory(ACME)
                                .getCustomer(
                                        GetCustomerRequest.newBuilder()
                                                .setName(customer.getName())
                                                .build()))
                .isEqualTo(customer);
        assertThat(
                        running.directory(ACME)
                                .getUser(
                                        GetUserRequest.newBuilder()
                                                .setName("tenants/acme/users/u/1")
                                                .build()))
                .isEqualTo(user);
    }

    @Test
    void refuses_users_of_unknown_tenants_and_customers() {
        running.tenant("acme");
        running.tenant("globex");

        var _ =
                refused(
                        Code.NOT_FOUND,
                        "UNKNOWN_TENANT",
                        () -> admin().createUser(user("nobody", "u1", "")));
        var _ =
                refused(
                        Code.NOT_FOUND,
                        "UNKNOWN_CUSTOMER",
                        () -> admin().createUser(user("acme", "u1", "tenants/acme/customers/c9")));
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "CUSTOMER_OF_ANOTHER_TENANT",
                        () -> admin().createUser(user("acme", "u1", "tenants/globex/customers/c")));
    }

    @Test
    void pages_through_users_in_order_of_id() {
        running.tenant("acme");
        for (String id : List.of("u3", "u1", "U2", "u2", "u4")) {
            var _ = admin().createUser(user("acme", id, ""));
        }
        ListUsersRequest first =
                ListUsersRequest.newBuilder().setParent("tenants/acme").setPageSize(2).build();

        ListUsersResponse one = running.directory(ACME).listUsers(first);
        ListUsersResponse two = next(first, one);
        ListUsersResponse three = next(first, two);

        assertThat(names(one)).containsExactly("tenants/acme/users/U2", "tenants/acme/users/u1");
        assertThat(names(two)).containsExactly("tenants/acme/users/u2", "tenants/acme/users/u3");
        assertThat(names(three)).containsExactly("tenants/acme/users/u4");
        assertThat(three.getNextPageToken()).isEmpty();
    }

    private ListUsersResponse next(ListUsersRequest first, ListUsersResponse page) {
        return running.directory(ACME)
                .listUsers(first.toBuilder().setPageToken(page.getNextPageToken()).build());
    }

    private static List<String> names(ListUsersResponse page) {
        return page.getUsersList().stream().map(User::getName).toList();
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
                                rule("chat", "costCenters/support", "2026-03-01T00:00:00Z"));
        var _ =
                admin().setAllocationRule(
                                rule("chat", "costCenters/support", "2026-03-01T00:00:00Z"));
        var _ =
                admin().setAllocationRule(
                                rule("chat", "costCenters/sales", "2026-03-01T00:00:00Z"));
        var _ = admin().setAllocationRule(rule("", "costCenters/support", "2026-04-01T00:00:00Z"));
        AllocationRule gone = admin().setAllocationRule(rule("search", "", "2026-04-01T00:00:00Z"));

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

    @Test
    void replaces_and_erases_a_display_name() {
        running.tenant("acme");
        var _ = admin().createCustomer(customer("acme", "c1", "Coyote"));
        SetDisplayNameRequest request =
                SetDisplayNameRequest.newBuilder()
                        .setName("tenants/acme/customers/c1")
                        .setDisplayName("Road Runner")
                        .build();
        GetCustomerRequest get =
                GetCustomerRequest.newBuilder().setName("tenants/acme/customers/c1").build();

        var _ = admin().setDisplayName(request);
        assertThat(admin().getCustomer(get).getDisplayName()).isEqualTo("Road Runner");
        var _ = admin().setDisplayName(request.toBuilder().clearDisplayName().build());
        assertThat(admin().getCustomer(get).getDisplayName()).isEmpty();
        var _ =
                refused(
                        Code.NOT_FOUND,
                        "UNKNOWN_USER",
                        () ->
                                admin().setDisplayName(
                                                request.toBuilder()
                                                        .setName("tenants/acme/users/c1")
                                                        .build()));
    }

    @Test
    void a_tenant_reads_its_own_part_of_the_directory_and_changes_nothing() {
        running.tenant("acme");
        running.tenant("globex");

        assertThat(get(ACME, "acme").getName()).isEqualTo("tenants/acme");
        assertThat(
                        running.directory(ACME)
                                .listTenants(ListTenantsRequest.getDefaultInstance())
                                .getTenantsList())
                .extracting(Tenant::getName)
                .containsExactly("tenants/acme");
        assertThat(admin().listTenants(ListTenantsRequest.getDefaultInstance()).getTenantsList())
                .extracting(Tenant::getName)
                .containsExactly("tenants/acme", "tenants/globex");
        var _ = refused(Code.PERMISSION_DENIED, "TENANT_MISMATCH", () -> get(GLOBEX, "acme"));
        var _ = refused(Code.PERMISSION_DENIED, "SCOPE_MISSING", () -> get(INGEST, "acme"));
        var _ =
                refused(
                        Code.PERMISSION_DENIED,
                        "OPERATOR_ONLY",
                        () -> running.directory(ACME).createTenant(tenant("third", "", "")));
        var _ =
                refused(
                        Code.PERMISSION_DENIED,
                        "OPERATOR_ONLY",
                        () ->
                                running.directory(ACME)
                                        .listCostCenters(
                                                ListCostCentersRequest.getDefaultInstance()));
    }

    @Test
    void refuses_malformed_input_with_a_reason() {
        assertThat(
                        refused(
                                Code.INVALID_ARGUMENT,
                                "INVALID_ID",
                                () -> admin().createTenant(tenant("Acme Inc", "", ""))))
                .isEqualTo(
                        "tenant_id: Acme Inc"
                                + " (expected: 1 to 63 characters of a-z, 0-9 and -, not - first)");
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "INVALID_ID",
                        () -> admin().createTenant(tenant("a".repeat(64), "", "")));
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "INVALID_ID",
                        () -> admin().createCustomer(customer("acme", "c".repeat(65), "")));
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "INVALID_NAME",
                        () -> admin().createTenant(tenant("acme", "", "research")));
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "INVALID_DISPLAY_NAME",
                        () -> admin().createTenant(tenant("acme", "x".repeat(201), "")));
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "INVALID_DISPLAY_NAME",
                        () -> admin().createTenant(tenant("acme", "nul \u0000", "")));
        var _ =
                refused(
                        Code.INVALID_ARGUMENT,
                        "INVALID_PAGE_SIZE",
                        () ->
                                admin().listTenants(
                                                ListTenantsRequest.newBuilder()
                                                        .setPageSize(-1)
                                                        .build()));
        for (String token : List.of("???", "AAIA", "AAEA")) {
            var _ =
                    refused(
                            Code.INVALID_ARGUMENT,
                            "INVALID_PAGE_TOKEN",
                            () ->
                                    admin().listTenants(
                                                    ListTenantsRequest.newBuilder()
                                                            .setPageToken(token)
                                                            .build()));
        }
        var _ = refused(Code.NOT_FOUND, "UNKNOWN_TENANT", () -> get(ADMIN, "nobody"));
    }

    @Test
    void takes_ids_and_names_at_their_limits() {
        Tenant tenant = admin().createTenant(tenant("t".repeat(63), "x".repeat(200), ""));
        Customer customer = admin().createCustomer(customer("t".repeat(63), "c".repeat(64), ""));

        assertThat(tenant.getDisplayName()).hasSize(200);
        assertThat(customer.getName())
                .isEqualTo("tenants/" + "t".repeat(63) + "/customers/" + "c".repeat(64));
    }
}
