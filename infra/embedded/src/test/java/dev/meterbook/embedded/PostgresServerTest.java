package dev.meterbook.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresServerTest {
    @Test
    void starts_postgresql_18_and_leaves_nothing_behind() throws Exception {
        PostgresOptions options = PostgresOptions.temporary();
        try (PostgresServer server = PostgresServer.start(options)) {
            assertThat(query(server, "show server_version")).startsWith("18.");
            assertThat(query(server, "show server_encoding")).isEqualTo("UTF8");
        }
        assertThat(options.home()).doesNotExist();
    }

    @Test
    void keeps_its_data_and_its_password_from_start_to_start(@TempDir Path folder)
            throws Exception {
        String password;
        try (PostgresServer server = PostgresServer.start(PostgresOptions.kept(folder))) {
            password = server.password();
            execute(server, "create table kept as select 42 as answer");
        }
        try (PostgresServer server = PostgresServer.start(PostgresOptions.kept(folder))) {
            assertThat(query(server, "select answer from kept")).isEqualTo("42");
            assertThat(server.password()).isEqualTo(password);
            assertThat(query(server, "show fsync")).isEqualTo("on");
            assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void listens_on_the_loopback_address_only() throws Exception {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.temporary())) {
            assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "show unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void refuses_a_wrong_password() {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.temporary())) {
            String url = server.jdbcUrl("postgres");
            assertThatThrownBy(() -> DriverManager.getConnection(url, server.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void takes_further_settings() throws Exception {
        PostgresOptions options = PostgresOptions.temporary().with("work_mem", "7MB");
        try (PostgresServer server = PostgresServer.start(options)) {
            assertThat(query(server, "show work_mem")).isEqualTo("7MB");
        }
    }

    @Test
    void refuses_a_folder_that_is_in_use(@TempDir Path folder) {
        try (PostgresServer server = PostgresServer.start(PostgresOptions.kept(folder))) {
            assertThat(server.port()).isPositive();
            assertThatThrownBy(() -> PostgresServer.start(PostgresOptions.kept(folder)))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageEndingWith("is in use by another running Meterbook");
        }
    }

    @Test
    void refuses_data_of_another_major_version(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "17\n", StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> PostgresServer.start(PostgresOptions.kept(folder)))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageEndingWith("PostgreSQL 17 (expected: 18)");
    }

    @Test
    void says_why_it_did_not_start() {
        PostgresOptions options = PostgresOptions.temporary().with("work_mem", "much");
        assertThatThrownBy(() -> PostgresServer.start(options))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("invalid value for parameter \"work_mem\"");
        assertThat(options.home()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Privilege.class)
    void runs_with_every_privilege_that_this_machine_allows(Privilege privilege) throws Exception {
        if (!privilege.works()) {
            assertThat(privilege).isNotEqualTo(Privilege.SAME_USER);
            return;
        }
        boolean rootAsItself =
                privilege == Privilege.SAME_USER && Privilege.detect() != Privilege.SAME_USER;
        PostgresOptions options = PostgresOptions.temporary();
        if (rootAsItself) {
            assertThatThrownBy(() -> PostgresServer.start(options, privilege))
                    .hasMessageContaining("cannot be run as root");
            return;
        }
        try (PostgresServer server = PostgresServer.start(options, privilege)) {
            assertThat(query(server, "select 1")).isEqualTo("1");
        }
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.user(), server.password());
    }
}
