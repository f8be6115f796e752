package dev.meterbook.allinone.verify;

import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.allocation.axon.DirectoryCodecs;
import dev.meterbook.allocation.intake.RollUpAudit;
import dev.meterbook.platform.axon.EventCodecs;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
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
    private final List<Anchor> anchors;

    /**
     * Checks a database.
     *
     * @param anchors what is known of its logs outside of it
     */
    public Verification(String postgresUrl, Secrets secrets, List<Anchor> anchors) {
        this.postgresUrl = postgresUrl;
        this.secrets = secrets;
        this.anchors = List.copyOf(anchors);
    }

    /** Told of progress. */
    public interface Listener {
        /** A check of a log begins; the answer is told how many events were checked more. */
        LongConsumer checking(String what, long events);

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
            for (Finding finding : untilTheyHold(listener)) {
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
                            anchors,
                            listener.checking(service.id() + " events", head(connection, service)))
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

    /** Other work may go on meanwhile; where nothing moves any more, nothing will change. */
    private List<Finding> untilTheyHold(Listener listener) throws SQLException {
        List<Finding> findings = acrossServices(listener);
        String before = heads();
        for (int i = 1; i < TRIES && !findings.stream().allMatch(Finding::holds); i++) {
            pause();
            String now = heads();
            if (now.equals(before)) {
                return findings;
            }
            before = now;
            findings = acrossServices(listener);
        }
        return findings;
    }

    /** Where each log ends and each reader of the rating log stands. */
    private String heads() throws SQLException {
        StringBuilder heads = new StringBuilder();
        for (Service service : Service.values()) {
            try (Connection connection = connect(service);
                    Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery(
                                    "select (select string_agg(position::text, ',') from %1$s.shard_head),"
                                                    .formatted(service.id())
                                            + "(select string_agg(token::text, ',' order by"
                                            + " processor_name) from %1$s.token_entry)"
                                                    .formatted(service.id()))) {
                rows.next();
                heads.append(rows.getString(1)).append(' ').append(rows.getString(2)).append('\n');
            }
        }
        return heads.toString();
    }

    private List<Finding> acrossServices(Listener listener) throws SQLException {
        try (Connection pricing = connect(Service.PRICING);
                Connection ledger = connect(Service.LEDGER);
                Connection allocation = connect(Service.ALLOCATION)) {
            long head = head(pricing, Service.PRICING);
            RatedCheck rated = new RatedCheck(pricing, listener.checking("ratings", head));
            BookCheck book = new BookCheck(ledger, allocation);
            return List.of(
                    rated.check(),
                    new PostingCheck(ledger, listener.checking("ratings posted", head)).check(),
                    new SettlementCheck(ledger).check(),
                    book.balance(),
                    book.accounts(),
                    book.toInvoice(),
                    book.credits(),
                    book.booked(rated.sums()),
                    rolledUp(listener.checking("ratings rolled up", head)),
                    book.allocated());
        }
    }

    private Finding rolledUp(LongConsumer progress) throws SQLException {
        String what = "the roll-up is the ratings";
        AtomicLong position = new AtomicLong();
        try (Connection allocation = connect(Service.ALLOCATION)) {
            RollUpAudit.Report report =
                    RollUpAudit.audit(
                            allocation,
                            new EventCodecs(DirectoryCodecs.all()),
                            now -> progress.accept(now - position.getAndSet(now)));
            return report.firstProblem()
                    .map(problem -> Finding.wrong(what, problem))
                    .orElseGet(() -> outcome(what, report));
        } catch (IllegalStateException unreadable) {
            return Finding.wrong(what, String.valueOf(unreadable.getMessage()));
        }
    }

    private static Finding outcome(String what, RollUpAudit.Report report) {
        String detail =
                "%,d calls in %,d events; %,d events behind, %,d parts set aside"
                        .formatted(
                                report.calls(),
                                report.events(),
                                report.eventsBehind(),
                                report.partsSetAside());
        return report.eventsBehind() == 0 && report.partsSetAside() == 0
                ? Finding.ok(what, detail)
                : Finding.wrong(what, detail);
    }

    /** Read-only and with one snapshot from the first question to the last. */
    private Connection connect(Service service) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", "meterbook_" + service.id());
        login.setProperty("password", secrets.password(service));
        login.setProperty("currentSchema", service.id());
        Connection connection = DriverManager.getConnection(postgresUrl, login);
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
