package dev.meterbook.allocation.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.meterbook.allocation.Ratings;
import dev.meterbook.allocation.RunningAllocation;
import dev.meterbook.proto.allocation.v1.CreateCustomerRequest;
import dev.meterbook.proto.allocation.v1.CreateUserRequest;
import dev.meterbook.proto.allocation.v1.Customer;
import dev.meterbook.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsolationTest {

    private static final String PERMISSION_DENIED = "42501";

    private static RunningAllocation running;

    @BeforeAll
    static void start() throws SQLException {
        running = RunningAllocation.fresh();
        running.costCenter("company", "");
        for (String tenant : List.of("acme", "globex")) {
            running.tenant(tenant);
            fill(tenant);
        }
        running.roll(
                Ratings.initial()
                        .call(1, "acme", "2026-03-01T10:00:00Z")
                        .priced("1", "2", "USD")
                        .and()
                        .call(2, "globex", "2026-03-01T10:00:00Z")
                        .priced("3", "4", "USD")
                        .and());
    }

    private static void fill(String tenant) {
        var directory = running.directory(RunningAllocation.ADMIN);
        var _ =
                directory.createCustomer(
                        CreateCustomerRequest.newBuilder()
                                .setParent("tenants/" + tenant)
                                .setCustomerId("c1")
                                .setCustomer(Customer.newBuilder().setDisplayName("of " + tenant))
                                .build());
        var _ =
                directory.createUser(
                        CreateUserRequest.newBuilder()
                                .setParent("tenants/" + tenant)
                                .setUserId("u1")
                                .build());
        running.rule(tenant, "search", "company", "2026-01-01T00:00:00Z");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant",
                "customer",
                "tenant_user",
                "allocation_rule",
                "display_name",
                "cost_key",
                "cost_hour",
                "event"
            })
    void a_tenant_s_read_sees_no_other_tenant_s_row_whatever_it_asks(String table) {
        List<String> asked =
                running.database()
                        .readAsTenant(
                                "acme",
                                transaction ->
                                        texts(
                                                transaction,
                                                "select tenant_id from "
                                                        + table
                                                        + " where tenant_id <> 'nobody' or true"));

        assertThat(asked).isNotEmpty().containsOnly("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cost_center", "allocated_batch"})
    void a_tenant_s_read_sees_nothing_of_the_operator_s_own(String table) {
        var refused =
                catchThrowableOfType(
                        dev.meterbook.platform.jdbc.DatabaseException.class,
                        () ->
                                running.database()
                                        .readAsTenant(
                                                "acme",
                                                transaction ->
                                                        texts(
                                                                transaction,
                                                                "select * from " + table)));

        assertThat(refused.sqlState()).isEqualTo(PERMISSION_DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update event set payload = ''",
                "delete from event",
                "truncate event",
                "update allocated_batch set directory_position = 0",
                "update cost_key set tenant_id = 'globex'",
                "delete from cost_key",
                "update allocated_batch set calls = 0",
                "delete from allocated_batch",
                "delete from tenant",
                "update customer set customer_id = 'x'",
                "update cost_center set parent_id = ''"
            })
    void the_service_itself_may_not_change_what_is_written_once(String sql) throws SQLException {
        try (Connection service =
                        running.server()
                                .connectAs("meterbook_allocation", TestDatabase.SERVICE_PASSWORD);
                Statement statement = service.createStatement()) {
            statement.execute("set search_path to allocation");

            SQLException refused =
                    catchThrowableOfType(
                            SQLException.class,
                            () -> {
                                var _ = statement.execute(sql);
                            });

            assertThat(refused.getSQLState()).isEqualTo(PERMISSION_DENIED);
        }
    }

    /** Partitions of the log may be read by nobody: row-level security stands in front of them. */
    @Test
    void every_table_with_a_tenant_that_can_be_read_is_under_row_level_security()
            throws SQLException {
        assertThat(
                        running.number(
                                "select count(*) from pg_class c join pg_attribute a"
                                        + " on a.attrelid = c.oid and a.attname = 'tenant_id'"
                                        + " where c.relnamespace = 'allocation'::regnamespace"
                                        + " and c.relkind in ('r', 'p') and not c.relrowsecurity"
                                        + " and exists (select from pg_roles r"
                                        + " where r.rolname like 'meterbook%'"
                                        + " and r.rolname not like '%_owner'"
                                        + " and has_table_privilege(r.oid, c.oid, 'select'))"))
                .isZero();
    }

    private static List<String> texts(Connection transaction, String sql) throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
