package dev.meterbook.bench.torture;

import dev.meterbook.bench.RedisCounters;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds balances, roll-up and the budgets' counters against the sums made from the calls alone. */
final class SumChecks {

    private static final String ACCOUNTS =
            """
            select case type when 1 then 'provider_payable' when 2 then 'usage_cost'
                    when 5 then 'unbilled_receivable' when 7 then 'chargeback_revenue'
                    else 'type ' || type end
                || ' of ' || case type when 1 then contract else tenant_id end as account,
                sum(case when type in (1, 7) then credits else debits end),
                sum(case when type in (1, 7) then debits else credits end)
            from ledger.account group by account
            """;

    private static final String ROLL_UP =
            """
            select concat_ws(' ', (extract(epoch from h.hour) / 3600)::bigint, k.tenant_id, k.customer,
                    k.user_id, k.cost_center, k.application, k.environment, k.use_case, k.provider,
                    k.model),
                h.calls, h.input_tokens, h.cache_read_tokens, h.output_tokens, h.reasoning_tokens,
                h.billed_cost, h.charge
            from allocation.cost_hour h join allocation.cost_key k using (key_id)
            """;

    private final Connection connection;
    private final ExpectedBooks expected;

    SumChecks(Connection connection, ExpectedBooks expected) {
        this.connection = connection;
        this.expected = expected;
    }

    /** Every balance, and nothing on the other side of any account. */
    Finding balances() throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ACCOUNTS)) {
            while (rows.next()) {
                BigDecimal other = rows.getBigDecimal(3);
                found.put(
                        rows.getString(1),
                        ExpectedBooks.plain(rows.getBigDecimal(2))
                                + (other.signum() == 0 ? "" : " against " + other));
            }
        }
        Map<String, String> wanted = new TreeMap<>();
        expected.accounts()
                .forEach((account, sum) -> wanted.put(account, ExpectedBooks.plain(sum)));
        return compare("every balance is the sum of the calls", found, wanted);
    }

    /** Every line of the roll-up. */
    Finding rollUp() throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ROLL_UP)) {
            while (rows.next()) {
                found.put(rows.getString(1), sums(rows).toString());
            }
        }
        Map<String, String> wanted = new TreeMap<>();
        expected.rollUp().forEach((line, sums) -> wanted.put(line, sums.toString()));
        return compare("every line of the roll-up is the sum of its calls", found, wanted);
    }

    private static ExpectedBooks.Sums sums(ResultSet row) throws SQLException {
        return new ExpectedBooks.Sums(
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getBigDecimal(7),
                row.getBigDecimal(8));
    }

    /** Every budget's counter in Redis. */
    Finding counters(String redisUri) {
        Map<String, String> found = new TreeMap<>();
        Map<String, String> wanted = new TreeMap<>();
        try (RedisCounters redis = new RedisCounters(redisUri)) {
            expected.budgets()
                    .forEach(
                            (budget, spend) -> {
                                RedisCounters.Counted counted = redis.of(budget);
                                found.put(
                                        budget,
                                        new ExpectedBooks.Spend(counted.spent(), counted.calls())
                                                .toString());
                                wanted.put(budget, spend.toString());
                            });
        }
        return compare("every budget's counter is the sum of its calls", found, wanted);
    }

    private static Finding compare(
            String what, Map<String, String> found, Map<String, String> wanted) {
        TreeSet<String> keys = new TreeSet<>(found.keySet());
        keys.addAll(wanted.keySet());
        for (String key : keys) {
            String is = found.getOrDefault(key, "nothing");
            String must = wanted.getOrDefault(key, "nothing");
            if (!is.equals(must)) {
                return Finding.wrong(what, "%s: %s (expected: %s)".formatted(key, is, must));
            }
        }
        return Finding.ok(what, "%,d of them".formatted(keys.size()));
    }
}
