package dev.meterbook.allocation.grpc;

import static dev.meterbook.allocation.Refusals.refused;
import static dev.meterbook.allocation.RunningAllocation.ACME;
import static dev.meterbook.allocation.RunningAllocation.ADMIN;
import static dev.meterbook.allocation.RunningAllocation.GLOBEX;
import static dev.meterbook.allocation.RunningAllocation.INGEST;
import static dev.meterbook.allocation.grpc.DirectoryRequests.customer;
import static dev.meterbook.allocation.grpc.DirectoryRequests.tenant;
import static dev.meterbook.allocation.grpc.DirectoryRequests.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.proto.allocation.v1.Customer;
import dev.meterbook.proto.allocation.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.meterbook.proto.allocation.v1.GetCustomerRequest;
import dev.meterbook.proto.allocation.v1.GetTenantRequest;
import dev.meterbook.proto.allocation.v1.GetUserRequest;
import dev.meterbook.proto.allocation.v1.ListCostCentersRequest;
import dev.meterbook.proto.allocation.v1.ListTenantsRequest;
import dev.meterbook.proto.allocation.v1.ListUsersRequest;
import dev.meterbook.proto.allocation.v1.ListUsersResponse;
import dev.meterbook.proto.allocation.v1.ResumeTenantRequest;
import dev.meterbook.proto.allocation.v1.SetDisplayNameRequest;
import dev.meterbook.proto.allocation.v1.SuspendTenantRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.allocation.v1.TenantState;
import dev.meterbook.proto.allocation.v1.User;
import io.grpc.Status.Code;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DirectoryEndpointTest {

    private static RunningAllocation running;

    @BeforeAll
    static void start() throws SQLException {
        running = RunningAllocation.fresh();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private DirectoryServiceBlockingStub admin() {
        return running.directory(ADMIN);
    }

    private Tenant get(ApiKey key, String tenant) {
        return running.directory(key)
                .getTenant(GetTenantRequest.newBuilder().setName("tenants/" + tenant).build());
    }

    @Test
    void registers_a_tenant_and_keeps_it_over_a_restart() {
        running.costCenter("research", "");
        Tenant created =
                admin().createTenant(tenant("restarted", "Acme Inc.", "costCenters/research"));

        assertThat(created.getName()).isEqualTo("tenants/restarted");
        assertThat(created.getDisplayName()).isEqualTo("Acme Inc.");
        assertThat(created.getDefaultCostCenter()).isEqualTo("costCenters/research");
        assertThat(created.getState()).isEqualTo(TenantState.TENANT_STATE_ACTIVE);
        assertThat(created.hasCreateTime()).isTrue();

        running.restart();
        assertThat(get(ADMIN, "restarted")).isEqualTo(created);
        assertThat(admin().createTenant(tenant("restarted", "Acme Inc.", "costCenters/research")))
                .isEqualTo(created);
    }

    @Test
    void takes_the_same_registration_again_and_refuses_another() throws SQLException {
        Tenant created = admin().createTenant(tenant("repeated", "Acme", ""));
        running.costCenter("research", "");

        assertThat(admin().createTenant(tenant("repeated", "Acme", ""))).isEqualTo(created);
        String text =
                refused(
                        Code.ALREADY_EXISTS,
                        "TENANT_EXISTS",
                        () -> admin().createTenant(tenant("repeated", "Acme Ltd.", "")));
        assertThat(text).isEqualTo("tenants/repeated: exists with other content");
        var _ =
                refused(
                        Code.ALREADY_EXISTS,
                        "TENANT_EXISTS",
                        () ->
                                admin().createTenant(
                                                tenant(
                                                        "repeated",
                                                        "Acme",
                                                        "costCenters/research")));
        assertThat(
                        running.number(
                                "select count(*) from allocation.event where tenant_id = 'repeated'"))
                .isEqualTo(1);
    }

    @Test
    void many_who_register_the_same_tenant_at_once_all_get_it() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Tenant> create = () -> admin().createTenant(tenant("crowded", "Acme", ""));
            for (var answer : threads.invokeAll(java.util.Collections.nCopies(16, create))) {
                assertThat(answer.get().getName()).isEqualTo("tenants/crowded");
            }
        }
        assertThat(
                        running.number(
                                "select count(*) from allocation.event where tenant_id = 'crowded'"))
                .isEqualTo(1);
    }

    @Test
    void keeps_names_out_of_the_log() throws SQLException {
        running.tenant("named");
        var _ = admin().createCustomer(customer("named", "c1", "Wile E. Coyote"));

        assertThat(
                        running.number(
                                "select count(*) from allocation.event"
                                        + " where position('Coyote'::bytea in payload) > 0"))
                .isZero();
        assertThat(
                        running.number(
                                "select count(*) from allocation.event"
                                        + " where tenant_id = 'named'"))
                .isEqualTo(2);
    }

    @Test
    void suspends_and_resumes_a_tenant() throws SQLException {
        running.tenant("paused");
        var suspend = SuspendTenantRequest.newBuilder().setName("tenants/paused").build();
        var resume = ResumeTenantRequest.newBuilder().setName("tenants/paused").build();

        assertThat(admin().suspendTenant(suspend).getState())
                .isEqualTo(TenantState.TENANT_STATE_SUSPENDED);
        assertThat(admin().suspendTenant(suspend).getState())
                .isEqualTo(TenantState.TENANT_STATE_SUSPENDED);
        assertThat(admin().resumeTenant(resume).getState())
                .isEqualTo(TenantState.TENANT_STATE_ACTIVE);
        assertThat(
                        running.number(
                                "select count(*) from allocation.event where tenant_id = 'paused'"))
                .isEqualTo(3);
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
        running.tenant("paged");
        for (String id : List.of("u3", "u1", "U2", "u2", "u4")) {
            var _ = admin().createUser(user("paged", id, ""));
        }
        ListUsersRequest first =
                ListUsersRequest.newBuilder().setParent("tenants/paged").setPageSize(2).build();

        ListUsersResponse one = running.directory(ADMIN).listUsers(first);
        ListUsersResponse two = next(first, one);
        ListUsersResponse three = next(first, two);

        assertThat(names(one)).containsExactly("tenants/paged/users/U2", "tenants/paged/users/u1");
        assertThat(names(two)).containsExactly("tenants/paged/users/u2", "tenants/paged/users/u3");
        assertThat(names(three)).containsExactly("tenants/paged/users/u4");
        assertThat(three.getNextPageToken()).isEmpty();
    }

    private ListUsersResponse next(ListUsersRequest first, ListUsersResponse page) {
        return running.directory(ADMIN)
                .listUsers(first.toBuilder().setPageToken(page.getNextPageToken()).build());
    }

    private static List<String> names(ListUsersResponse page) {
        return page.getUsersList().stream().map(User::getName).toList();
    }

    @Test
    void replaces_and_erases_a_display_name() {
        running.tenant("renamed");
        var _ = admin().createCustomer(customer("renamed", "c1", "Coyote"));
        SetDisplayNameRequest request =
                SetDisplayNameRequest.newBuilder()
                        .setName("tenants/renamed/customers/c1")
                        .setDisplayName("Road Runner")
                        .build();
        GetCustomerRequest get =
                GetCustomerRequest.newBuilder().setName("tenants/renamed/customers/c1").build();

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
                                                        .setName("tenants/renamed/users/c1")
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
                .contains("tenants/acme", "tenants/globex");
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
