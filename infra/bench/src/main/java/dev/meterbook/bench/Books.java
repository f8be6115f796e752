package dev.meterbook.bench;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the books of all services against each other and against what the generators were answered:
 * as an administrator, with sums made anew. A speed counts only if all of it holds.
 */
public final class Books {

    private final Servers servers;
    private final int tenants;

    /**
     * The books of a system.
     *
     * @param servers where they are kept
     * @param shape of the workload, which tells the tenants
     */
    public Books(Servers servers, Shape shape) {
        this.servers = servers;
        this.tenants = shape.tenants();
    }

    /**
     * Everything that is wrong; empty if nothing is.
     *
     * @param answered what the generators were answered
     * @param expected what they must have been answered
     */
    public List<String> faults(Answers answered, Answers expected) {
        List<String> faults = new ArrayList<>();
        if (!answered.equals(expected)) {
            faults.add("answers: %s (expected: %s)".formatted(answered, expected));
        }
        try (Connection connection = servers.administrator();
                Statement statement = connection.createStatement()) {
            Sums sums = new Sums(statement, faults);
            dense(sums);
            counts(sums, answered.recorded());
            amounts(sums);
        } catch (SQLException refused) {
            throw new BenchFailure("cannot read the books", refused);
        }
        return faults;
    }

    /** Asks and compares. */
    private record Sums(Statement statement, List<String> faults) {

        BigDecimal of(String sql) throws SQLException {
            try (ResultSet row = statement.executeQuery("select coalesce((" + sql + "), 0)")) {
                row.next();
                return row.getBigDecimal(1);
            }
        }

        void same(String what, BigDecimal found, BigDecimal expected) {
            if (found.compareTo(expected) != 0) {
                faults.add(
                        "%s: %s (expected: %s)"
                                .formatted(what, found.toPlainString(), expected.toPlainString()));
            }
        }

        void same(String what, String sql, BigDecimal expected) throws SQLException {
            same(what, of(sql), expected);
        }
    }

    /**
     * Position and key are unique, so positions are dense if there are as many as the last says.
     */
    private static void dense(Sums sums) throws SQLException {
        for (String log : List.of("metering", "pricing", "ledger", "allocation", "budget")) {
            BigDecimal events = sums.of("select count(*) from " + log + ".event");
            sums.same(
                    "last position of the " + log + " log",
                    "select max(position) from " + log + ".event",
                    events);
            sums.same(
                    "head of the " + log + " log",
                    "select position from " + log + ".shard_head",
                    events);
        }
    }

    private void counts(Sums sums, long recorded) throws SQLException {
        BigDecimal calls = BigDecimal.valueOf(recorded);
        sums.same("calls in the usage log", "select count(*) from metering.event", calls);
        sums.same(
                "calls rated",
                "select sum(last_usage_position - first_usage_position + 1) from"
                        + " pricing.rated_range",
                calls);
        sums.same(
                "calls posted or unpriced",
                "(select count(*) from ledger.posting)"
                        + " + (select count(*) from ledger.unpriced_posting)",
                calls);
        sums.same(
                "calls said to be posted or unpriced",
                "select booked_calls + unpriced_calls from ledger.posting_progress",
                calls);
        sums.same("calls rolled up", "select sum(calls) from allocation.cost_hour", calls);
        sums.same(
                "unpriced calls rolled up",
                "select sum(unpriced_calls) from allocation.cost_hour",
                sums.of("select count(*) from ledger.unpriced_posting"));
        sums.same(
                "events set aside",
                "(select count(*) from pricing.dead_letter)"
                        + " + (select count(*) from ledger.dead_letter)"
                        + " + (select count(*) from allocation.dead_letter)",
                BigDecimal.ZERO);
    }

    private void amounts(Sums sums) throws SQLException {
        sums.same(
                "debits of the ledger",
                "select sum(debits) from ledger.account",
                sums.of("select sum(credits) from ledger.account"));
        BigDecimal cost = sums.of("select sum(cost) from ledger.posting");
        BigDecimal charge = sums.of("select sum(charge) from ledger.posting");
        sums.same(
                "credits of the ledger",
                "select sum(credits) from ledger.account",
                cost.add(charge));
        sums.same("cost in the roll-up", "select sum(billed_cost) from allocation.cost_hour", cost);
        sums.same("charges in the roll-up", "select sum(charge) from allocation.cost_hour", charge);
        sums.same("charges to invoice", "select sum(charge) from ledger.billable", charge);
        BigDecimal booked = sums.of("select booked_calls from ledger.posting_progress");
        counters(sums, booked, charge);
    }

    private void counters(Sums sums, BigDecimal booked, BigDecimal charge) {
        try (RedisCounters redis = new RedisCounters(servers.redisUri())) {
            RedisCounters.Counted all = redis.of("-/" + Market.ALL);
            RedisCounters.Counted byTenant = RedisCounters.Counted.NOTHING;
            for (int tenant = 0; tenant < tenants; tenant++) {
                byTenant = byTenant.plus(redis.of(Market.tenant(tenant) + "/" + Market.SPEND));
            }
            sums.same("charges counted in Redis", all.spent(), charge);
            sums.same("calls counted in Redis", BigDecimal.valueOf(all.calls()), booked);
            sums.same("charges counted in Redis by tenant", byTenant.spent(), charge);
            sums.same(
                    "calls counted in Redis by tenant",
                    BigDecimal.valueOf(byTenant.calls()),
                    booked);
        }
    }
}
