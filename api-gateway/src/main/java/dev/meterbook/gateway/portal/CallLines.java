package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.domain.Amounts;
import dev.meterbook.gateway.domain.Period;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsResponse;
import dev.meterbook.proto.ledger.v1.Posting;
import dev.meterbook.proto.metering.v1.BatchGetCallsRequest;
import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsResponse;
import dev.meterbook.proto.pricing.v1.UnpricedCall;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Single calls in a list: what was booked for them (ledger) and what they were (metering). */
public final class CallLines {

    private static final int PAGE = 50;
    private static final String CALLS = "/calls/";

    private CallLines() {}

    /**
     * A call.
     *
     * @param id the client's id; empty if the call's facts could not be read
     * @param time when it occurred
     * @param provider the provider
     * @param model the model
     * @param application the application
     * @param inputTokens input tokens
     * @param outputTokens output tokens
     * @param charge what is owed, exact
     * @param cost what the provider bills, exact; empty where it may not be shown
     * @param note why there is no price, or that it was corrected; empty for none
     */
    public record Line(
            String id,
            String time,
            String provider,
            String model,
            String application,
            String inputTokens,
            String outputTokens,
            String charge,
            String cost,
            String note) {}

    /**
     * A part of a list.
     *
     * @param lines newest first
     * @param nextPageToken for the next part; empty at the end
     */
    public record Listing(List<Line> lines, String nextPageToken) {}

    /** Calls that have a price, of a period. */
    static Listing priced(Services services, Place place, Period period, String pageToken) {
        ListPostingsResponse answer =
                services.ledger()
                        .listPostings(
                                ListPostingsRequest.newBuilder()
                                        .setParent(place.parent())
                                        .setStartTime(Wire.timestamp(period.start()))
                                        .setEndTime(Wire.timestamp(period.end()))
                                        .setPageSize(PAGE)
                                        .setPageToken(pageToken)
                                        .build());
        Map<Long, CallRecord> calls = calls(services, place, answer.getPostingsList());
        List<Line> lines =
                answer.getPostingsList().stream()
                        .map(
                                posting ->
                                        line(
                                                posting,
                                                calls.getOrDefault(
                                                        posting.getUsagePosition(),
                                                        CallRecord.getDefaultInstance()),
                                                place.showsCost()))
                        .toList();
        return new Listing(lines, answer.getNextPageToken());
    }

    /** Calls that wait for a price. */
    static Listing unpriced(Services services, Place place, String pageToken) {
        ListUnpricedCallsResponse answer =
                services.pricing()
                        .listUnpricedCalls(
                                ListUnpricedCallsRequest.newBuilder()
                                        .setParent(place.parent())
                                        .setPageSize(PAGE)
                                        .setPageToken(pageToken)
                                        .build());
        return new Listing(
                answer.getUnpricedCallsList().stream().map(CallLines::line).toList(),
                answer.getNextPageToken());
    }

    private static Map<Long, CallRecord> calls(
            Services services, Place place, List<Posting> postings) {
        if (postings.isEmpty()) {
            return Map.of();
        }
        List<Long> positions =
                postings.stream().map(Posting::getUsagePosition).distinct().sorted().toList();
        return services
                .metering()
                .batchGetCalls(
                        BatchGetCallsRequest.newBuilder()
                                .setParent(place.parent())
                                .addAllPositions(positions)
                                .build())
                .getCallsList()
                .stream()
                .collect(Collectors.toMap(CallRecord::getPosition, Function.identity()));
    }

    private static Line line(Posting posting, CallRecord record, boolean showsCost) {
        MeteredCall call = record.getCall();
        return new Line(
                idOf(record.getName()),
                Times.full(Wire.instant(posting.getOccurTime())),
                call.getProvider(),
                modelOf(call),
                call.getApplication(),
                Amounts.count(tokens(record, CallLines::isInput)),
                Amounts.count(tokens(record, CallLines::isOutput)),
                Amounts.exact(Wire.money(posting.getCharge())),
                showsCost ? Amounts.exact(Wire.money(posting.getCost())) : "",
                posting.getCorrection() ? "correction" : "");
    }

    private static Line line(UnpricedCall call) {
        return new Line(
                idOf(call.getName()),
                Times.full(Wire.instant(call.getOccurTime())),
                call.getProvider(),
                call.getModel(),
                call.getApplication(),
                "",
                "",
                "",
                "",
                LeafNames.reason(call.getReason(), call.getLeaf()));
    }

    /** The client's id in {@code tenants/acme/calls/…}; it may hold slashes. */
    static String idOf(String name) {
        int start = name.indexOf(CALLS);
        return start < 0 ? "" : name.substring(start + CALLS.length());
    }

    /** The model that answered, or the one asked for. */
    static String modelOf(MeteredCall call) {
        return call.getServedModel().isEmpty() ? call.getRequestedModel() : call.getServedModel();
    }

    private static long tokens(CallRecord record, Predicate<Leaf> kind) {
        return record.getQuantitiesList().stream()
                .filter(quantity -> kind.test(quantity.getLeaf()))
                .mapToLong(LeafQuantity::getQuantity)
                .sum();
    }

    private static boolean isInput(Leaf leaf) {
        return leaf.name().startsWith("LEAF_INPUT");
    }

    private static boolean isOutput(Leaf leaf) {
        return leaf.name().startsWith("LEAF_OUTPUT");
    }
}
