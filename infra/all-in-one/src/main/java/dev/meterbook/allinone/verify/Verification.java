package dev.meterbook.allinone.verify;

import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.system.Service;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Recomputes what the stored data claim. Reads only, with the roles of the services; other work may
 * go on meanwhile, so the checks across services are tried again before they count as failed.
 */
public final class Verification {

    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 1_000;

    private final String postgresUrl;
    private final Secrets secrets;

    /** Checks a database. */
    public Verification(String postgresUrl, Secrets secrets) {
        this.postgresUrl = postgresUrl;
        this.secrets = secrets;
    }

    /** Told of progress. */
    public interface Listener {
        /** A log begins to be checked; the answer is told how many events were checked more. */
        LongConsumer checking(String log, long events);

        /** A check is done. */
        void found(Finding finding);
    }

    /**
     * Runs all checks.
     *
     * @throws CommandFailure if the database cannot be read
     */
    public List<Finding> run(Listener listener) {
        List<Finding> findings = new ArrayList<>();
        try {
            for (Service service : Service.values()) {
                findings.add(chain(service, listener));
                listener.found(findings.getLast());
            }
            for (Finding finding : untilTheyHold()) {
                findings.add(finding);
                listener.found(finding);
            }
        } catch (SQLException refused) {
            throw new CommandFailure(
                    "cannot read the database: "
                            + String.valueOf(refused.getMessage()).lines().findFirst().orElse(""),
                    refused);
        }
        return findings;
    }

    private Finding chain(Service service, Listener listener) throws SQLException {
        try (Connection connection = connect(service)) {
            return new ChainCheck(
                            service.id(),
                            connection,
                            listener.checking(service.id(), head(connection, service)))
                    .check();
        }
    }

    private static long head(Connection connection, Service service) throws SQLException {
        String sql = "select coalesce(max(position), 0) from " + service.id() + ".shard_head";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<Finding> untilTheyHold() throws SQLException {
        List<Finding> findings = acrossServices();
        for (int i = 1; i < TRIES && !findings.stream().allMatch(Finding::holds); i++) {
            pause();
            findings = acrossServices();
        }
        return findings;
    }

    private List<Finding> acrossServices() throws SQLException {
        try (Connection pricing = connect(Service.PRICING);
                Connection ledger = connect(Service.LEDGER);
                Connection allocation = connect(Service.ALLOCATION)) {
            RatedCheck rated = new RatedCheck(pricing);
            BookCheck book = new BookCheck(ledger, allocation);
            return List.of(
                    rated.check(),
                    book.balance(),
                    book.accounts(),
                    book.booked(rated.sums()),
                    book.allocated());
        }
    }

    /** Read-only and with one snapshot from the first question to the last. */
    private Connection connect(Service service) throws SQLException {
        Connection connection =
                DriverManager.getConnection(
                        postgresUrl, "meterbook_" + service.id(), secrets.password(service));
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
