package dev.meterbook.allocation.projection;

import dev.meterbook.allocation.domain.CallDimensions;
import dev.meterbook.allocation.domain.CostSums;
import dev.meterbook.allocation.domain.RollUp.Cell;
import dev.meterbook.allocation.projection.CostKeys.Combination;
import dev.meterbook.platform.jdbc.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the hourly roll-up: one statement for all cells of a batch, each row touched once, in the
 * order of the key, so that transactions that meet wait for each other and do not lock up. Used by
 * one thread at a time.
 */
public final class CostHourProjection {

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /**
     * Rows come in the order of the key. The arrays are unnested side by side: in a from clause
     * each would first be written to a store of its own.
     */
    private static final String ADD =
            """
            insert into cost_hour as total
                (tenant_id, hour, key_id, calls, unpriced_calls, input_tokens, cache_read_tokens,
                    cache_write_tokens, output_tokens, reasoning_tokens, billed_cost, charge)
            select unnest(?::text[]), unnest(?::timestamptz[]), unnest(?::integer[]),
                unnest(?::bigint[]), unnest(?::bigint[]), unnest(?::bigint[]), unnest(?::bigint[]),
                unnest(?::bigint[]), unnest(?::bigint[]), unnest(?::bigint[]),
                unnest(?::numeric[]), unnest(?::numeric[])
            on conflict (tenant_id, hour, key_id) do update set
                calls = total.calls + excluded.calls,
                unpriced_calls = total.unpriced_calls + excluded.unpriced_calls,
                input_tokens = total.input_tokens + excluded.input_tokens,
                cache_read_tokens = total.cache_read_tokens + excluded.cache_read_tokens,
                cache_write_tokens = total.cache_write_tokens + excluded.cache_write_tokens,
                output_tokens = total.output_tokens + excluded.output_tokens,
                reasoning_tokens = total.reasoning_tokens + excluded.reasoning_tokens,
                billed_cost = total.billed_cost + excluded.billed_cost,
                charge = total.charge + excluded.charge
            """;

    private static final String ALL =
            """
            select h.hour, h.tenant_id, k.customer, k.user_id, k.cost_center, k.application,
                k.environment, k.use_case, k.provider, k.model, k.currency, h.calls,
                h.unpriced_calls, h.input_tokens, h.cache_read_tokens, h.cache_write_tokens,
                h.output_tokens, h.reasoning_tokens, h.billed_cost, h.charge
            from cost_hour h join cost_key k on k.key_id = h.key_id
            order by h.hour, h.key_id
            """;

    private final CostKeys keys = new CostKeys();

    /**
     * Adds differences to the roll-up.
     *
     * @param transaction the caller's
     * @param cells what is to be added where
     */
    public void add(Connection transaction, Map<Cell, CostSums> cells) throws SQLException {
        List<Map.Entry<Cell, CostSums>> changed = new ArrayList<>(cells.size());
        List<Combination> combinations = new ArrayList<>(cells.size());
        for (Map.Entry<Cell, CostSums> cell : cells.entrySet()) {
            if (!cell.getValue().equals(CostSums.NONE)) {
                changed.add(cell);
                combinations.add(
                        new Combination(cell.getKey().dimensions(), cell.getKey().currency()));
            }
        }
        if (!changed.isEmpty()) {
            upsert(transaction, rows(changed, keys.numbersOf(transaction, combinations)));
        }
    }

    /** Empties the roll-up. */
    public void clear(Connection transaction) throws SQLException {
        try (PreparedStatement delete = transaction.prepareStatement("delete from cost_hour")) {
            delete.executeUpdate();
        }
    }

    /** The whole roll-up; rows that were emptied are left out. */
    public static Map<Cell, CostSums> all(Connection transaction) throws SQLException {
        Map<Cell, CostSums> all = new LinkedHashMap<>();
        Query.of(ALL).list(transaction, row -> all.put(cell(row), CostView.sums(row, 12)));
        all.values().removeIf(CostSums.NONE::equals);
        return all;
    }

    private static Cell cell(ResultSet row) throws SQLException {
        return new Cell(
                Query.instant(row, 1),
                new CallDimensions(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10)),
                row.getString(11));
    }

    private static CostRow[] rows(List<Map.Entry<Cell, CostSums>> changed, int[] numbers) {
        CostRow[] rows = new CostRow[numbers.length];
        for (int i = 0; i < rows.length; i++) {
            Cell cell = changed.get(i).getKey();
            rows[i] =
                    new CostRow(
                            cell.dimensions().tenant(),
                            cell.hour(),
                            numbers[i],
                            changed.get(i).getValue());
        }
        Arrays.sort(rows);
        return rows;
    }

    private void upsert(Connection transaction, CostRow[] rows) throws SQLException {
        try (PreparedStatement add = transaction.prepareStatement(ADD)) {
            new CostColumns(rows).bind(new SqlArrays(add));
            add.executeUpdate();
        } catch (SQLException refused) {
            forgetNumbersRolledBack(refused);
            throw refused;
        }
    }

    /**
     * A number that was given in a transaction rolled back later is not there: look it up again.
     */
    private void forgetNumbersRolledBack(SQLException refused) {
        if (FOREIGN_KEY_VIOLATION.equals(refused.getSQLState())) {
            keys.forget();
        }
    }
}
