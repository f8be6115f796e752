package dev.meterbook.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.embedded.CommitCutter.Commit;
import dev.meterbook.embedded.CommitCutter.Cut;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitCutterTest {

    private static PostgresServer server;
    private CommitCutter door;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start(PostgresOptions.temporary());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() throws SQLException {
        door = CommitCutter.inFrontOf(server.port());
        try (Connection connection = directly();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists noted");
            statement.execute("create table noted (id integer)");
        }
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static Connection directly() throws SQLException {
        return connect(server.port());
    }

    private Connection throughTheDoor() throws SQLException {
        return connect(door.port());
    }

    private static Connection connect(int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                server.user(),
                server.password());
    }

    private static void note(Connection connection, int id) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into noted values (" + id + ")");
        }
        connection.commit();
    }

    private static String noted() throws SQLException {
        try (Connection connection = directly();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select coalesce(string_agg(id::text, ' ' order by id), '') from"
                                        + " noted")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void passes_everything_on_while_nothing_is_to_be_cut() throws SQLException {
        try (Connection connection = throughTheDoor()) {
            for (int id = 1; id <= 12; id++) {
                note(connection, id);
            }
        }
        assertThat(noted()).isEqualTo("1 2 3 4 5 6 7 8 9 10 11 12");
    }

    @Test
    void a_commit_that_the_server_never_hears_is_rolled_back() throws SQLException {
        try (Connection connection = throughTheDoor()) {
            note(connection, 1);
            door.cut(any -> Cut.BEFORE_THE_SERVER_HEARS);

            assertThatThrownBy(() -> note(connection, 2)).isInstanceOf(SQLException.class);
        }
        assertThat(noted()).isEqualTo("1");
    }

    @Test
    void a_commit_whose_answer_is_lost_stands() throws SQLException {
        try (Connection connection = throughTheDoor()) {
            note(connection, 1);
            door.cut(any -> Cut.BEFORE_THE_CLIENT_HEARS);

            assertThatThrownBy(() -> note(connection, 2)).isInstanceOf(SQLException.class);
        }
        assertThat(noted()).isEqualTo("1 2");
    }

    @Test
    void tells_the_role_and_whether_the_transaction_changes_something() throws SQLException {
        Queue<Commit> commits = new ConcurrentLinkedQueue<>();
        door.cut(
                commit -> {
                    commits.add(commit);
                    return Cut.NONE;
                });
        try (Connection connection = throughTheDoor();
                Statement statement = connection.createStatement()) {
            note(connection, 1);
            statement.execute("set transaction read only");
            statement.execute("select * from noted");
            connection.commit();
            statement.execute("set transaction read only");
            connection.rollback();
            note(connection, 2);
            connection.setReadOnly(true);
            statement.execute("select * from noted");
            connection.commit();
        }
        assertThat(List.copyOf(commits))
                .containsExactly(
                        new Commit("postgres", true),
                        new Commit("postgres", false),
                        new Commit("postgres", true),
                        new Commit("postgres", false));
    }

    @Test
    void a_server_that_is_down_is_no_more_than_a_refused_connection() throws SQLException {
        try (CommitCutter nowhere = CommitCutter.inFrontOf(FreePort.next())) {
            assertThatThrownBy(() -> connect(nowhere.port())).isInstanceOf(SQLException.class);
        }
    }
}
