package dev.meterbook.allocation.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.allocation.application.CostPage;
import dev.meterbook.allocation.application.CostQuery;
import dev.meterbook.allocation.application.CostQuery.Direction;
import dev.meterbook.allocation.application.CostQuery.Granularity;
import dev.meterbook.allocation.application.CostQuery.Order;
import dev.meterbook.allocation.application.CostQuery.OrderField;
import dev.meterbook.allocation.application.CostQuery.RowKey;
import dev.meterbook.allocation.application.HourRange;
import dev.meterbook.allocation.application.TenantScope;
import dev.meterbook.allocation.domain.CostCenterTree.Node;
import dev.meterbook.allocation.domain.CostDimension;
import dev.meterbook.allocation.domain.CostSums;
import dev.meterbook.allocation.domain.RollUp;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.allocation.v1.CostCenterCosts;
import dev.meterbook.proto.allocation.v1.CostRow;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.allocation.v1.QueryCostsResponse;
import dev.meterbook.proto.type.v1.Dimension;
import dev.meterbook.proto.type.v1.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The messages about costs. */
final class CostProtos {

    private static final String ORDERS =
            "time, calls, input_tokens, output_tokens, billed_cost or charge, and \" desc\" behind it";

    private CostProtos() {}

    static CostQuery fromProto(QueryCostsRequest request, TenantScope scope) {
        Granularity granularity = granularity(request);
        HourRange range =
                range(
                        request.hasStartTime()
                                ? Optional.of(request.getStartTime())
                                : Optional.empty(),
                        request.hasEndTime() ? Optional.of(request.getEndTime()) : Optional.empty(),
                        granularity.maxDays());
        List<CostDimension> groupBy = groupBy(request.getGroupByList());
        Order order = order(request.getOrderBy());
        return new CostQuery(
                scope,
                range,
                granularity,
                groupBy,
                filters(request),
                order,
                new CostQuery.Page(
                        PageTokens.size(request.getPageSize()),
                        CostPageTokens.read(request, order, groupBy.size())));
    }

    static HourRange range(Optional<Timestamp> start, Optional<Timestamp> end, int maxDays) {
        Instant from = hour("start_time", start);
        Instant to = hour("end_time", end);
        if (!from.isBefore(to)) {
            throw Refusal.invalid(
                    "TIME_RANGE_EMPTY", "end_time", to.toString(), "after start_time " + from);
        }
        if (Duration.between(from, to).compareTo(Duration.ofDays(maxDays)) > 0) {
            throw Refusal.invalid(
                    "TIME_RANGE_TOO_LONG",
                    "end_time",
                    to.toString(),
                    "at most " + maxDays + " days after start_time " + from);
        }
        return new HourRange(from, to);
    }

    private static Instant hour(String field, Optional<Timestamp> value) {
        Instant moment =
                Checks.moment(
                        field,
                        value.orElseThrow(
                                () -> Refusal.invalid("TIME_REQUIRED", field, "", "a full hour")));
        if (!moment.equals(moment.truncatedTo(ChronoUnit.HOURS))) {
            throw Refusal.invalid("TIME_NOT_ON_THE_HOUR", field, moment.toString(), "a full hour");
        }
        return moment;
    }

    private static Granularity granularity(QueryCostsRequest request) {
        return switch (request.getGranularity()) {
            case GRANULARITY_HOUR -> Granularity.HOUR;
            case GRANULARITY_DAY -> Granularity.DAY;
            case GRANULARITY_MONTH -> Granularity.MONTH;
            case GRANULARITY_UNSPECIFIED, GRANULARITY_TOTAL -> Granularity.TOTAL;
            case UNRECOGNIZED ->
                    throw Refusal.invalid(
                            "UNKNOWN_GRANULARITY",
                            "granularity",
                            Integer.toString(request.getGranularityValue()),
                            "HOUR, DAY, MONTH or TOTAL");
        };
    }

    private static List<CostDimension> groupBy(List<Dimension> dimensions) {
        if (dimensions.size() > CostQuery.MAX_GROUP_BY) {
            throw Refusal.invalid(
                    "TOO_MANY_DIMENSIONS",
                    "group_by",
                    Integer.toString(dimensions.size()),
                    "at most " + CostQuery.MAX_GROUP_BY);
        }
        List<CostDimension> groupBy = new ArrayList<>();
        for (int i = 0; i < dimensions.size(); i++) {
            CostDimension dimension = dimension("group_by[" + i + "]", dimensions.get(i));
            if (groupBy.contains(dimension)) {
                throw Refusal.invalid(
                        "DUPLICATE_DIMENSION",
                        "group_by[" + i + "]",
                        dimension.name(),
                        "each dimension once");
            }
            groupBy.add(dimension);
        }
        return groupBy;
    }

    static CostDimension dimension(String field, Dimension dimension) {
        return switch (dimension) {
            case DIMENSION_TENANT -> CostDimension.TENANT;
            case DIMENSION_CUSTOMER -> CostDimension.CUSTOMER;
            case DIMENSION_USER -> CostDimension.USER;
            case DIMENSION_COST_CENTER -> CostDimension.COST_CENTER;
            case DIMENSION_APPLICATION -> CostDimension.APPLICATION;
            case DIMENSION_ENVIRONMENT -> CostDimension.ENVIRONMENT;
            case DIMENSION_USE_CASE -> CostDimension.USE_CASE;
            case DIMENSION_PROVIDER -> CostDimension.PROVIDER;
            case DIMENSION_MODEL -> CostDimension.MODEL;
            case DIMENSION_FEATURE,
                    DIMENSION_BUSINESS_PROCESS,
                    DIMENSION_REGION,
                    DIMENSION_WORKFLOW,
                    DIMENSION_RUN,
                    DIMENSION_AGENT ->
                    throw refused("DIMENSION_NOT_ROLLED_UP", field, dimension.name());
            case DIMENSION_UNSPECIFIED, UNRECOGNIZED ->
                    throw refused("UNKNOWN_DIMENSION", field, dimension.name());
        };
    }

    private static RuntimeException refused(String reason, String field, String value) {
        return Refusal.invalid(
                reason,
                field,
                value,
                "TENANT, CUSTOMER, USER, COST_CENTER, APPLICATION, ENVIRONMENT, USE_CASE, PROVIDER"
                        + " or MODEL");
    }

    private static Map<CostDimension, List<String>> filters(QueryCostsRequest request) {
        Map<CostDimension, List<String>> filters = new EnumMap<>(CostDimension.class);
        filter(filters, CostDimension.TENANT, "tenants", request.getTenantsList());
        filter(filters, CostDimension.CUSTOMER, "customers", request.getCustomersList());
        filter(filters, CostDimension.USER, "users", request.getUsersList());
        filter(filters, CostDimension.COST_CENTER, "cost_centers", request.getCostCentersList());
        filter(filters, CostDimension.APPLICATION, "applications", request.getApplicationsList());
        filter(filters, CostDimension.ENVIRONMENT, "environments", request.getEnvironmentsList());
        filter(filters, CostDimension.USE_CASE, "use_cases", request.getUseCasesList());
        filter(filters, CostDimension.PROVIDER, "providers", request.getProvidersList());
        filter(filters, CostDimension.MODEL, "models", request.getModelsList());
        return filters;
    }

    private static void filter(
            Map<CostDimension, List<String>> filters,
            CostDimension dimension,
            String field,
            List<String> values) {
        if (values.size() > CostQuery.MAX_FILTER_VALUES) {
            throw Refusal.invalid(
                    "TOO_MANY_FILTER_VALUES",
                    field,
                    Integer.toString(values.size()),
                    "at most " + CostQuery.MAX_FILTER_VALUES);
        }
        values.forEach(value -> Checks.sought(field, value));
        if (!values.isEmpty()) {
            filters.put(dimension, List.copyOf(values));
        }
    }

    private static Order order(String orderBy) {
        if (orderBy.isEmpty()) {
            return Order.BY_TIME;
        }
        boolean descending = orderBy.endsWith(" desc");
        String name = descending ? orderBy.substring(0, orderBy.length() - 5) : orderBy;
        for (OrderField field : OrderField.values()) {
            if (field.name().toLowerCase(Locale.ROOT).equals(name)) {
                return new Order(field, descending ? Direction.DESCENDING : Direction.ASCENDING);
            }
        }
        throw Refusal.invalid("INVALID_ORDER", "order_by", orderBy, ORDERS);
    }

    static QueryCostsResponse toProto(QueryCostsRequest request, CostPage page) {
        QueryCostsResponse.Builder response = QueryCostsResponse.newBuilder();
        page.rows().forEach(row -> response.addRows(toProto(row.key(), row.sums())));
        page.totals().forEach((currency, sums) -> response.addTotals(toProto(currency, sums)));
        page.next().ifPresent(next -> response.setNextPageToken(CostPageTokens.of(request, next)));
        return response.build();
    }

    private static CostRow toProto(RowKey key, CostSums sums) {
        return CostRow.newBuilder()
                .setTime(DirectoryProtos.toProto(key.time()))
                .addAllDimensionValues(key.values())
                .setSums(toProto(key.currency(), sums))
                .build();
    }

    static CostCenterCosts toProto(Node node) {
        CostCenterCosts.Builder costs =
                CostCenterCosts.newBuilder()
                        .setCostCenter(node.costCenter())
                        .setParentCostCenter(node.parent())
                        .setDepth(node.depth())
                        .setRegistered(node.registered());
        node.own().forEach((currency, sums) -> costs.addOwn(toProto(currency, sums)));
        node.rolledUp().forEach((currency, sums) -> costs.addRolledUp(toProto(currency, sums)));
        return costs.build();
    }

    static dev.meterbook.proto.allocation.v1.CostSums toProto(String currency, CostSums sums) {
        dev.meterbook.proto.allocation.v1.CostSums.Builder proto =
                dev.meterbook.proto.allocation.v1.CostSums.newBuilder()
                        .setCalls(sums.calls())
                        .setUnpricedCalls(sums.unpricedCalls())
                        .setInputTokens(sums.tokens().input())
                        .setCacheReadTokens(sums.tokens().cacheRead())
                        .setCacheWriteTokens(sums.tokens().cacheWrite())
                        .setOutputTokens(sums.tokens().output())
                        .setReasoningTokens(sums.tokens().reasoning());
        if (!currency.equals(RollUp.NO_CURRENCY)) {
            proto.setBilledCost(money(sums.billedCost(), currency));
            proto.setCharge(money(sums.charge(), currency));
        }
        return proto.build();
    }

    private static Money money(BigDecimal amount, String currency) {
        return Money.newBuilder()
                .setAmount(Decimals.plain(amount))
                .setCurrencyCode(currency)
                .build();
    }
}
