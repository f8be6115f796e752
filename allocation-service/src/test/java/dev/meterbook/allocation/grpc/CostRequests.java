package dev.meterbook.allocation.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.allocation.v1.Granularity;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.type.v1.Dimension;
import java.time.Instant;
import java.util.List;

/** Questions about costs, for tests. */
final class CostRequests {

    private CostRequests() {}

    static QueryCostsRequest.Builder ask(Granularity granularity, Dimension... groupBy) {
        return ask("2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z", granularity, groupBy);
    }

    static QueryCostsRequest.Builder ask(
            String from, String to, Granularity granularity, Dimension... groupBy) {
        return QueryCostsRequest.newBuilder()
                .setParent("tenants/acme")
                .setStartTime(time(from))
                .setEndTime(time(to))
                .setGranularity(granularity)
                .addAllGroupBy(List.of(groupBy));
    }

    static Timestamp time(String text) {
        Instant moment = Instant.parse(text);
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }
}
