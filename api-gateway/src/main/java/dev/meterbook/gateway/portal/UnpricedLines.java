package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.domain.Amounts;
import dev.meterbook.proto.pricing.v1.SummarizeUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.UnpricedGroup;
import java.util.List;

/** Calls that wait for a price, in groups. */
public final class UnpricedLines {

    private static final int MAX = 500;

    private UnpricedLines() {}

    /**
     * Calls that wait for the same.
     *
     * @param tenant the tenant
     * @param provider the provider
     * @param model the model
     * @param reason why they have no price
     * @param calls how many
     * @param first when the first occurred
     * @param last when the last occurred
     */
    public record Line(
            String tenant,
            String provider,
            String model,
            String reason,
            String calls,
            String first,
            String last) {}

    /** The largest groups first. */
    static List<Line> list(Services services, String parent) {
        return services
                .pricing()
                .summarizeUnpricedCalls(
                        SummarizeUnpricedCallsRequest.newBuilder()
                                .setParent(parent)
                                .setPageSize(MAX)
                                .build())
                .getGroupsList()
                .stream()
                .map(UnpricedLines::line)
                .toList();
    }

    private static Line line(UnpricedGroup group) {
        return new Line(
                group.getTenant(),
                group.getProvider(),
                group.getModel(),
                LeafNames.reason(group.getReason(), group.getLeaf()),
                Amounts.count(group.getCallCount()),
                Times.full(Wire.instant(group.getFirstOccurTime())),
                Times.full(Wire.instant(group.getLastOccurTime())));
    }
}
