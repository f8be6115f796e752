package dev.meterbook.pricing.grpc;

import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.Work;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.projection.unpriced.UnpricedCall;
import dev.meterbook.pricing.projection.unpriced.UnpricedGroup;
import dev.meterbook.pricing.projection.unpriced.UnpricedView;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsResponse;
import dev.meterbook.proto.pricing.v1.SummarizeUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.SummarizeUnpricedCallsResponse;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;

/** Answers calls about calls that wait for a price. */
@Singleton
final class WaitingCalls {

    private final Database database;
    private final UnpricedView view;

    WaitingCalls(@Named("pricing") Database database, UnpricedView view) {
        this.database = database;
        this.view = view;
    }

    ListUnpricedCallsResponse list(ListUnpricedCallsRequest request) {
        String tenant = tenant(request.getParent());
        int size = Paging.size(request.getPageSize());
        long after = Paging.numberAfter(request.getPageToken());
        UnpricedView.Filter filter =
                new UnpricedView.Filter(tenant, request.getProvider(), request.getModel());
        List<UnpricedCall> page =
                read(tenant, connection -> view.calls(connection, filter, after, size));
        return ListUnpricedCallsResponse.newBuilder()
                .addAllUnpricedCalls(page.stream().map(WaitingCalls::toProto).toList())
                .setNextPageToken(
                        Paging.next(page, size, each -> Long.toString(each.usagePosition())))
                .build();
    }

    SummarizeUnpricedCallsResponse summarize(SummarizeUnpricedCallsRequest request) {
        String tenant = tenant(request.getParent());
        int size = Paging.size(request.getPageSize());
        int offset = (int) Math.min(Paging.numberAfter(request.getPageToken()), 1_000_000);
        List<UnpricedGroup> page =
                read(tenant, connection -> view.groups(connection, tenant, offset, size));
        return SummarizeUnpricedCallsResponse.newBuilder()
                .addAllGroups(page.stream().map(WaitingCalls::toProto).toList())
                .setNextPageToken(Paging.next(page, size, _ -> Integer.toString(offset + size)))
                .build();
    }

    /** The tenant asked for; empty for all, which only the operator may ask. */
    private static String tenant(String parent) {
        Caller caller = Caller.current().require(Scope.READ);
        String requested = ResourceNames.tenantOrAll(parent);
        if (requested.equals(ResourceNames.ALL)) {
            caller.requireOperator(Scope.READ);
            return "";
        }
        return caller.tenantFor(requested);
    }

    private <T> T read(String tenant, Work<T> work) {
        return tenant.isEmpty() ? database.read(work) : database.readAsTenant(tenant, work);
    }

    private static dev.meterbook.proto.pricing.v1.UnpricedCall toProto(UnpricedCall call) {
        return dev.meterbook.proto.pricing.v1.UnpricedCall.newBuilder()
                .setName(ResourceNames.ofCall(call.tenantId(), call.callId()))
                .setUsagePosition(call.usagePosition())
                .setProvider(call.provider())
                .setModel(call.model())
                .setReason(PriceMessages.toProto(call.reason()))
                .setLeafValue(BreakdownProtos.code(call.leaf()))
                .setApplication(call.application())
                .setOccurTime(Times.toProto(call.occurTime()))
                .build();
    }

    private static dev.meterbook.proto.pricing.v1.UnpricedGroup toProto(UnpricedGroup group) {
        return dev.meterbook.proto.pricing.v1.UnpricedGroup.newBuilder()
                .setTenant(group.tenantId())
                .setProvider(group.provider())
                .setModel(group.model())
                .setReason(PriceMessages.toProto(group.reason()))
                .setLeafValue(BreakdownProtos.code(group.leaf()))
                .setCallCount(group.callCount())
                .setFirstOccurTime(Times.toProto(group.firstOccurTime()))
                .setLastOccurTime(Times.toProto(group.lastOccurTime()))
                .build();
    }
}
