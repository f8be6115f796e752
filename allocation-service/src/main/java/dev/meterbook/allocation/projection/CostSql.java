package dev.meterbook.allocation.projection;

import dev.meterbook.allocation.application.CostQuery;
import dev.meterbook.allocation.application.CostQuery.Direction;
import dev.meterbook.allocation.application.CostQuery.Granularity;
import dev.meterbook.allocation.application.CostQuery.OrderField;
import dev.meterbook.allocation.application.CostQuery.RowKey;
import dev.meterbook.allocation.application.HourRange;
import dev.meterbook.allocation.application.TenantScope;
import dev.meterbook.allocation.application.TenantScope.One;
import dev.meterbook.allocation.domain.CostDimension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the statement of a {@link CostQuery}. Every value of the caller is an argument; only names
 * from the enums below get into the text.
 */
final class CostSql {

    private static final String SUMS =
            """
            sum(h.calls)::bigint as calls, sum(h.unpriced_calls)::bigint as unpriced_calls,
            sum(h.input_tokens)::bigint as input_tokens,
            sum(h.cache_read_tokens)::bigint as cache_read_tokens,
            sum(h.cache_write_tokens)::bigint as cache_write_tokens,
            sum(h.output_tokens)::bigint as output_tokens,
            sum(h.reasoning_tokens)::bigint as reasoning_tokens,
            sum(h.billed_cost) as billed_cost, sum(h.charge) as charge
            """;

    private static final String SUMS_OF_LINES = SUMS.replace("h.", "line.");

    /** What is left when a late price moved all calls of a row elsewhere is not a row. */
    private static final String NOT_EMPTY =
            " having sum(h.calls) <> 0 or sum(h.billed_cost) <> 0 or sum(h.charge) <> 0";

    private final StringBuilder text = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    private CostSql() {}

    /**
     * Rows of a page (one more than asked for, if there is one) and totals. Columns: true for a row
     * and false for a total, time, dimension values, currency, sums.
     */
    static Query page(CostQuery query) {
        CostSql sql = new CostSql();
        sql.lines(query);
        sql.pageOfLines(query);
        sql.totals(query);
        return new Query(sql.text.toString(), sql.arguments);
    }

    /** Sums by cost center and currency. Columns: cost center, currency, sums. */
    static Query byCostCenter(TenantScope scope, HourRange range, int limit) {
        CostSql sql = new CostSql();
        sql.append("select k.cost_center, k.currency, " + SUMS);
        sql.fromRange(scope, range);
        sql.append(" group by 1, 2" + NOT_EMPTY + " order by 1, 2 limit ?", limit);
        return new Query(sql.text.toString(), sql.arguments);
    }

    /** Values of a dimension. Column: value. */
    static Query values(TenantScope scope, CostDimension dimension, String prefix) {
        CostSql sql = new CostSql();
        sql.append(
                "select distinct "
                        + column(dimension)
                        + " from cost_key k where starts_with("
                        + column(dimension)
                        + ", ?)",
                prefix);
        sql.andTenant(scope, "k");
        return new Query(sql.text.toString(), sql.arguments);
    }

    static String column(CostDimension dimension) {
        return switch (dimension) {
            case TENANT -> "k.tenant_id";
            case CUSTOMER -> "k.customer";
            case USER -> "k.user_id";
            case COST_CENTER -> "k.cost_center";
            case APPLICATION -> "k.application";
            case ENVIRONMENT -> "k.environment";
            case USE_CASE -> "k.use_case";
            case PROVIDER -> "k.provider";
            case MODEL -> "k.model";
        };
    }

    private void lines(CostQuery query) {
        append("with line as materialized (select ");
        time(query);
        for (int i = 0; i < query.groupBy().size(); i++) {
            append(", " + column(query.groupBy().get(i)) + " as value_" + i);
        }
        append(", k.currency, " + SUMS);
        fromRange(query.scope(), query.range());
        query.filters()
                .forEach(
                        (dimension, values) ->
                                append(" and " + column(dimension) + " = any (?)", values));
        String groups =
                IntStream.rangeClosed(1, query.groupBy().size() + 2)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", "));
        append(" group by " + groups + NOT_EMPTY + ")");
    }

    private void time(CostQuery query) {
        switch (query.granularity()) {
            case HOUR -> append("h.hour as time");
            case DAY, MONTH ->
                    append(
                            "greatest(date_trunc('"
                                    + unit(query.granularity())
                                    + "', h.hour, 'UTC'), ?::timestamptz) as time",
                            query.range().start());
            case TOTAL -> append("?::timestamptz as time", query.range().start());
        }
    }

    private static String unit(Granularity granularity) {
        return granularity == Granularity.DAY ? "day" : "month";
    }

    private void fromRange(TenantScope scope, HourRange range) {
        append(
                " from cost_hour h join cost_key k on k.key_id = h.key_id"
                        + " where h.hour >= ? and h.hour < ?",
                range.start(),
                range.end());
        andTenant(scope, "h");
    }

    private void andTenant(TenantScope scope, String table) {
        if (scope instanceof One(String tenant)) {
            append(" and " + table + ".tenant_id = ?", tenant);
        }
    }

    private void pageOfLines(CostQuery query) {
        append(", page as (select * from line");
        query.page().after().ifPresent(after -> behind(query, after));
        append(" order by " + order(query) + " limit ?)", query.page().size() + 1);
        append(" select true as is_row, page.* from page");
    }

    private void behind(CostQuery query, RowKey after) {
        OrderField field = query.order().field();
        String place =
                ordered(field) + " %s ?::" + (field == OrderField.TIME ? "timestamptz" : "numeric");
        String beyond = query.order().direction() == Direction.ASCENDING ? ">" : "<";
        append(" where " + place.formatted(beyond), after.ordered());
        append(" or " + place.formatted("="), after.ordered());
        append(" and (" + ties(query) + ") > (?", after.time());
        after.values().forEach(value -> append(", ?", value));
        append(", ?)", after.currency());
    }

    private void totals(CostQuery query) {
        append(" union all select false, null::timestamptz");
        query.groupBy().forEach(_ -> append(", null::text"));
        append(", line.currency, " + SUMS_OF_LINES + " from line group by line.currency");
        append(" order by is_row desc, " + order(query));
    }

    private static String order(CostQuery query) {
        String direction = query.order().direction() == Direction.ASCENDING ? " asc, " : " desc, ";
        return ordered(query.order().field()) + direction + ties(query);
    }

    private static String ties(CostQuery query) {
        StringBuilder ties = new StringBuilder("time");
        for (int i = 0; i < query.groupBy().size(); i++) {
            ties.append(", value_").append(i);
        }
        return ties.append(", currency").toString();
    }

    private static String ordered(OrderField field) {
        return switch (field) {
            case TIME -> "time";
            case CALLS -> "calls";
            case INPUT_TOKENS -> "input_tokens";
            case OUTPUT_TOKENS -> "output_tokens";
            case BILLED_COST -> "billed_cost";
            case CHARGE -> "charge";
        };
    }

    private void append(String sql, Object... values) {
        text.append(sql);
        arguments.addAll(List.of(values));
    }
}
