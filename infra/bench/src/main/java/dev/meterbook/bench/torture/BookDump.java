package dev.meterbook.bench.torture;

import dev.meterbook.bench.RedisCounters;
import dev.meterbook.bench.Servers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The books of a system as text, without what depends on the order in which calls arrived: two
 * systems that took the same calls have the same text, to the last digit.
 */
final class BookDump {

    private static final int PAGE = 5_000;

    private static final List<String> QUERIES =
            List.of(
                    """
                    select concat_ws(' ', 'posting', e.event_key, e.tenant_id,
                        extract(epoch from p.occur_time), trim_scale(p.cost), trim_scale(p.charge),
                        d.type, d.tenant_id, d.currency, c.type, c.contract, c.currency,
                        u.type, u.tenant_id, u.currency, r.type, r.tenant_id, r.currency)
                    from ledger.posting p
                    join metering.event e on e.shard = 0 and e.position = p.usage_position
                    join ledger.posting_route t on t.id = p.route
                    join ledger.account d on d.id = t.cost_debit
                    join ledger.account c on c.id = t.cost_credit
                    join ledger.account u on u.id = t.charge_debit
                    join ledger.account r on r.id = t.charge_credit
                    order by e.event_key
                    """,
                    """
                    select concat_ws(' ', 'balance', type, tenant_id, contract, currency,
                        trim_scale(debits), trim_scale(credits))
                    from ledger.account order by type, tenant_id, contract, currency
                    """,
                    """
                    select concat_ws(' ', 'billable', tenant_id, currency, service_month, provider, model,
                        application, calls, input_tokens, output_tokens, trim_scale(charge))
                    from ledger.billable
                    order by tenant_id, currency, service_month, provider, model, application
                    """,
                    """
                    select concat_ws(' ', 'roll-up', extract(epoch from h.hour), k.tenant_id, k.customer,
                        k.user_id, k.cost_center, k.application, k.environment, k.use_case, k.provider,
                        k.model, k.currency, h.calls, h.unpriced_calls, h.input_tokens,
                        h.cache_read_tokens, h.cache_write_tokens, h.output_tokens, h.reasoning_tokens,
                        trim_scale(h.billed_cost), trim_scale(h.charge)) as line
                    from allocation.cost_hour h join allocation.cost_key k using (key_id)
                    order by line
                    """);

    private BookDump() {}

    /**
     * Writes the books to a file.
     *
     * @param budgets whose counters belong to them
     * @return how many lines it has
     */
    static long write(Servers servers, Collection<String> budgets, Path file) {
        long lines = 0;
        try (Connection connection = servers.administrator();
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(file));
                RedisCounters redis = new RedisCounters(servers.redisUri())) {
            connection.setAutoCommit(false);
            for (String query : QUERIES) {
                lines += write(connection, query, out);
            }
            for (String budget : budgets) {
                RedisCounters.Counted counted = redis.of(budget);
                out.printf(
                        "counter %s %s %d%n",
                        budget, ExpectedBooks.plain(counted.spent()), counted.calls());
                lines++;
            }
        } catch (SQLException refused) {
            throw new TortureFailure("cannot read the books", refused);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        return lines;
    }

    private static long write(Connection connection, String query, PrintWriter out)
            throws SQLException {
        long lines = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(PAGE);
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    out.println(rows.getString(1));
                    lines++;
                }
            }
        }
        return lines;
    }

    /** The first line that differs, as it is in both; empty if none does. */
    static Optional<String> difference(Path first, Path second) {
        try (BufferedReader one = Files.newBufferedReader(first);
                BufferedReader other = Files.newBufferedReader(second)) {
            while (true) {
                String here = one.readLine();
                String there = other.readLine();
                if (!Objects.equals(here, there)) {
                    return Optional.of("%s | %s".formatted(here, there));
                }
                if (here == null) {
                    return Optional.empty();
                }
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
