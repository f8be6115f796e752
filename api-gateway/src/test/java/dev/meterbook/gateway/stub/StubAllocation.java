package dev.meterbook.gateway.stub;

import dev.meterbook.proto.allocation.v1.AllocationServiceGrpc.AllocationServiceImplBase;
import dev.meterbook.proto.allocation.v1.CostRow;
import dev.meterbook.proto.allocation.v1.CostSums;
import dev.meterbook.proto.allocation.v1.Granularity;
import dev.meterbook.proto.allocation.v1.ListDimensionValuesRequest;
import dev.meterbook.proto.allocation.v1.ListDimensionValuesResponse;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.allocation.v1.QueryCostsResponse;
import dev.meterbook.proto.type.v1.Dimension;
import io.grpc.stub.StreamObserver;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Costs that are the same for every period: charges of 1,234.5678 USD in total, of which the
 * provider bills 987.65424, and 3 calls without a price.
 */
final class StubAllocation extends AllocationServiceImplBase {

    private static final BigDecimal MARK_UP = new BigDecimal("0.8");

    /** Values of a dimension with their charges; each list sums to the same. */
    private static final Map<Dimension, List<Share>> SHARES =
            Map.of(
                    Dimension.DIMENSION_MODEL,
                    List.of(
                            new Share("gpt-4.1", "612.4078"),
                            new Share("claude-sonnet-4-5", "398.01"),
                            new Share("gemini-2.5-flash", "151.125"),
                            new Share("gpt-4.1-mini", "73.0250")),
                    Dimension.DIMENSION_APPLICATION,
                    List.of(
                            new Share("support-chat", "790.1278"),
                            new Share("code-assist", "401.44"),
                            new Share("nightly-batch", "43")),
                    Dimension.DIMENSION_TENANT,
                    List.of(new Share("acme", "834.5678"), new Share("globex", "400")));

    private final BooleanSupplier isEmpty;

    StubAllocation(BooleanSupplier isEmpty) {
        this.isEmpty = isEmpty;
    }

    private record Share(String value, String charge) {}

    @Override
    public void queryCosts(QueryCostsRequest request, StreamObserver<QueryCostsResponse> answer) {
        StubServices.answer(
                answer,
                () ->
                        isEmpty.getAsBoolean()
                                ? QueryCostsResponse.getDefaultInstance()
                                : costs(request));
    }

    @Override
    public void listDimensionValues(
            ListDimensionValuesRequest request,
            StreamObserver<ListDimensionValuesResponse> answer) {
        ListDimensionValuesResponse.Builder values = ListDimensionValuesResponse.newBuilder();
        SHARES.getOrDefault(request.getDimension(), List.of())
                .forEach(share -> values.addValues(share.value));
        StubServices.answer(answer, values::build);
    }

    private static QueryCostsResponse costs(QueryCostsRequest request) {
        Dimension dimension =
                request.getGroupByCount() == 0
                        ? Dimension.DIMENSION_UNSPECIFIED
                        : request.getGroupBy(0);
        List<Share> shares = SHARES.getOrDefault(dimension, List.of(new Share("", "1234.5678")));
        QueryCostsResponse.Builder answer = QueryCostsResponse.newBuilder();
        List<Instant> steps = steps(request);
        for (Share share : shares) {
            for (int i = 0; i < steps.size(); i++) {
                // A wave, so that a chart of it looks like one.
                BigDecimal part =
                        new BigDecimal(share.charge)
                                .multiply(
                                        BigDecimal.valueOf(3 + (i * 7L + share.value.length()) % 5))
                                .movePointLeft(2);
                BigDecimal charge = steps.size() == 1 ? new BigDecimal(share.charge) : part;
                answer.addRows(row(request, steps.get(i), share.value, charge));
            }
        }
        return answer.addTotals(sums(new BigDecimal("1234.5678"), 28_185))
                .addTotals(
                        CostSums.newBuilder().setCalls(3).setUnpricedCalls(3).setInputTokens(900))
                .build();
    }

    private static CostRow row(
            QueryCostsRequest request, Instant time, String value, BigDecimal charge) {
        CostRow.Builder row = CostRow.newBuilder().setTime(Texts.at(time));
        if (request.getGroupByCount() > 0) {
            row.addDimensionValues(value);
        }
        if (request.getGroupByCount() > 1) {
            row.addDimensionValues("prod");
        }
        return row.setSums(sums(charge, 9_000)).build();
    }

    private static CostSums sums(BigDecimal charge, long calls) {
        return CostSums.newBuilder()
                .setCalls(calls)
                .setInputTokens(40_421_844)
                .setCacheReadTokens(1_200_000)
                .setOutputTokens(4_334_561)
                .setCharge(Texts.usd(charge))
                .setBilledCost(Texts.usd(charge.multiply(MARK_UP)))
                .build();
    }

    private static List<Instant> steps(QueryCostsRequest request) {
        Instant start = Texts.instant(request.getStartTime());
        Instant end = Texts.instant(request.getEndTime());
        ChronoUnit unit =
                request.getGranularity() == Granularity.GRANULARITY_HOUR
                        ? ChronoUnit.HOURS
                        : ChronoUnit.DAYS;
        boolean whole =
                request.getGranularity() == Granularity.GRANULARITY_TOTAL
                        || request.getGranularity() == Granularity.GRANULARITY_MONTH;
        var steps = new ArrayList<Instant>();
        for (Instant time = start;
                time.isBefore(end) && steps.size() < 40;
                time = time.plus(1, unit)) {
            steps.add(time);
            if (whole) {
                break;
            }
        }
        return steps;
    }
}
