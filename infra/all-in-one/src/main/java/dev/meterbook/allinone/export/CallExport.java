package dev.meterbook.allinone.export;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.ListCallsRequest;
import dev.meterbook.proto.metering.v1.ListCallsResponse;
import dev.meterbook.proto.pricing.v1.BatchGetRatingsRequest;
import dev.meterbook.proto.pricing.v1.Rating;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes every metered call of a tenant with what it was found to cost, newest first. Read page by
 * page, so that a large tenant needs little memory.
 */
public final class CallExport {

    private static final int PAGE = 1_000;

    private final Client client;

    /** Reads with a client that may read the tenant's calls. */
    public CallExport(Client client) {
        this.client = client;
    }

    /** Takes rows. */
    public interface Sink {
        /** Takes one row. */
        void accept(ExportedCall call) throws IOException;
    }

    /** Hands all calls of a tenant to the sink; how many there were. */
    public long export(String tenant, Sink sink) throws IOException {
        String parent = "tenants/" + tenant;
        String page = "";
        long count = 0;
        do {
            ListCallsResponse answer =
                    client.metering()
                            .listCalls(
                                    ListCallsRequest.newBuilder()
                                            .setParent(parent)
                                            .setPageSize(PAGE)
                                            .setPageToken(page)
                                            .build());
            Map<Long, Rating> ratings = ratings(parent, answer.getCallsList());
            for (CallRecord call : answer.getCallsList()) {
                sink.accept(ExportedCall.of(call, ratings.get(call.getPosition())));
                count++;
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return count;
    }

    /** What each call is rated now, with its corrections. */
    private Map<Long, Rating> ratings(String parent, List<CallRecord> calls) {
        Map<Long, Rating> ratings = new HashMap<>();
        if (!calls.isEmpty()) {
            client.pricing()
                    .batchGetRatings(
                            BatchGetRatingsRequest.newBuilder()
                                    .setParent(parent)
                                    .addAllPositions(
                                            calls.stream().map(CallRecord::getPosition).toList())
                                    .setStanding(true)
                                    .build())
                    .getRatingsList()
                    .forEach(rating -> ratings.put(rating.getUsagePosition(), rating));
        }
        return ratings;
    }
}
