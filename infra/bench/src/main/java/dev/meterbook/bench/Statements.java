package dev.meterbook.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's own count of what statements take. */
final class Statements {

    private static final int LINES = 16;
    private static final int TEXT_LENGTH = 110;
    private static final String COSTLIEST =
            """
            select (sum(total_exec_time) * 1000)::bigint, sum(calls)::bigint, sum(rows)::bigint,
                replace(rolname, 'meterbook_', ''), regexp_replace(query, '\\s+', ' ', 'g')
            from pg_stat_statements s join pg_roles r on r.oid = s.userid
            where rolname <> 'postgres'
            group by rolname, query order by 1 desc limit
            """
                    + LINES;

    private final BenchSystem system;
    private final boolean counted;

    /**
     * Statements of a system.
     *
     * @param counted whether its PostgreSQL counts them
     */
    Statements(BenchSystem system, boolean counted) {
        this.system = system;
        this.counted = counted;
    }

    /**
     * A statement.
     *
     * @param micros time that it took in all, waiting for locks and disks included
     * @param times how often it ran
     * @param rows rows that it touched or gave
     * @param role whose it is
     * @param text its beginning
     */
    record Cost(long micros, long times, long rows, String role, String text) {}

    /** Begins to count anew. */
    void forget() {
        if (counted) {
            system.execute("create extension if not exists pg_stat_statements");
            system.execute("select pg_stat_statements_reset()");
        }
    }

    /** The costliest since then; empty if they are not counted. */
    List<Cost> costliest() {
        List<Cost> costs = new ArrayList<>();
        if (!counted) {
            return costs;
        }
        try (Connection connection = system.administrator();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(COSTLIEST)) {
            while (rows.next()) {
                String text = rows.getString(5).strip();
                costs.add(
                        new Cost(
                                rows.getLong(1),
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getString(4),
                                text.substring(0, Math.min(TEXT_LENGTH, text.length()))));
            }
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the statements", refused);
        }
        return costs;
    }
}
