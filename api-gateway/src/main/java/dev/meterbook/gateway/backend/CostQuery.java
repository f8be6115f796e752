package dev.meterbook.gateway.backend;

import dev.meterbook.gateway.domain.Period;
import dev.meterbook.proto.allocation.v1.CostRow;
import dev.meterbook.proto.allocation.v1.Granularity;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.allocation.v1.QueryCostsResponse;
import dev.meterbook.proto.type.v1.Dimension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A question about costs.
 *
 * @param request what is asked
 */
public record CostQuery(QueryCostsRequest request) {

    /** Rows of one part at most. */
    public static final int PAGE = 1_000;

    /**
     * One row of the answer.
     *
     * @param time start of its span
     * @param values of the dimensions asked for
     * @param sums what calls consumed and cost
     */
    public record Row(Instant time, List<String> values, Sums sums) {

        /** The first value; empty if nothing was grouped or calls have none. */
        public String first() {
            return values.isEmpty() ? "" : values.getFirst();
        }
    }

    /**
     * A part of the answer.
     *
     * @param rows in the order asked for
     * @param totals over all rows, one for each currency
     * @param nextPageToken for the next part; empty at the end
     */
    public record Answer(List<Row> rows, List<Sums> totals, String nextPageToken) {

        private static Answer of(QueryCostsResponse wire) {
            return new Answer(
                    wire.getRowsList().stream().map(Answer::row).toList(),
                    wire.getTotalsList().stream().map(Sums::of).toList(),
                    wire.getNextPageToken());
        }

        private static Row row(CostRow wire) {
            return new Row(
                    Wire.instant(wire.getTime()),
                    List.copyOf(wire.getDimensionValuesList()),
                    Sums.of(wire.getSums()));
        }
    }

    /** Sums over a period as a whole. */
    public static CostQuery total(String parent, Period period, List<Dimension> groups) {
        return of(parent, period, Granularity.GRANULARITY_TOTAL, groups);
    }

    /** Sums over each step of a period. */
    public static CostQuery stepped(String parent, Period period, List<Dimension> groups) {
        return of(parent, period, granularity(period.step()), groups);
    }

    /** Sums over spans of time. */
    public static CostQuery of(
            String parent, Period period, Granularity granularity, List<Dimension> groups) {
        return new CostQuery(
                QueryCostsRequest.newBuilder()
                        .setParent(parent)
                        .setStartTime(Wire.timestamp(period.start()))
                        .setEndTime(Wire.timestamp(period.end()))
                        .setGranularity(granularity)
                        .addAllGroupBy(groups)
                        .build());
    }

    /** The same in another order, such as {@code charge desc}, with a size of parts. */
    public CostQuery ordered(String orderBy, int size) {
        return new CostQuery(request.toBuilder().setOrderBy(orderBy).setPageSize(size).build());
    }

    /** One part of the answer. */
    public Answer ask(Services services, String pageToken) {
        return Answer.of(
                services.allocation()
                        .queryCosts(request.toBuilder().setPageToken(pageToken).build()));
    }

    /** The first part of the answer. */
    public Answer ask(Services services) {
        return ask(services, "");
    }

    /** The answer up to a number of rows, as one. */
    public Answer askAll(Services services, int maxRows) {
        var rows = new ArrayList<Row>();
        CostQuery sized = new CostQuery(request.toBuilder().setPageSize(PAGE).build());
        Answer part = sized.ask(services, "");
        rows.addAll(part.rows);
        while (!part.nextPageToken.isEmpty() && rows.size() < maxRows) {
            part = sized.ask(services, part.nextPageToken);
            rows.addAll(part.rows);
        }
        return new Answer(List.copyOf(rows), part.totals, part.nextPageToken);
    }

    private static Granularity granularity(Period.Step step) {
        return switch (step) {
            case HOUR -> Granularity.GRANULARITY_HOUR;
            case DAY -> Granularity.GRANULARITY_DAY;
            case MONTH -> Granularity.GRANULARITY_MONTH;
        };
    }
}
