package dev.meterbook.allocation.grpc;

import dev.meterbook.allocation.application.CostQuery;
import dev.meterbook.allocation.application.HourRange;
import dev.meterbook.allocation.application.TenantScope;
import dev.meterbook.allocation.domain.CostCenterTree;
import dev.meterbook.allocation.domain.CostCenterTree.Node;
import dev.meterbook.allocation.domain.CostDimension;
import dev.meterbook.allocation.domain.CostSums;
import dev.meterbook.allocation.domain.DirectoryProblem;
import dev.meterbook.allocation.projection.CostView;
import dev.meterbook.allocation.projection.CostView.CostCenterSums;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.jdbc.DatabaseException;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.allocation.v1.AllocationServiceGrpc;
import dev.meterbook.proto.allocation.v1.ListDimensionValuesRequest;
import dev.meterbook.proto.allocation.v1.ListDimensionValuesResponse;
import dev.meterbook.proto.allocation.v1.QueryCostCentersRequest;
import dev.meterbook.proto.allocation.v1.QueryCostCentersResponse;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.allocation.v1.QueryCostsResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The gRPC service of allocated costs. */
@Singleton
public final class AllocationEndpoint extends AllocationServiceGrpc.AllocationServiceImplBase {

    private static final String QUERY_CANCELED = "57014";
    private static final Duration RETRY_DELAY = Duration.ofSeconds(30);

    private final CostView costs;

    AllocationEndpoint(CostView costs) {
        this.costs = costs;
    }

    @Override
    public void queryCosts(QueryCostsRequest request, StreamObserver<QueryCostsResponse> answer) {
        TenantScope scope = scope(request.getParent());
        CostQuery query = CostProtos.fromProto(request, scope);
        reply(answer, CostProtos.toProto(request, inTime(() -> costs.query(query))));
    }

    @Override
    public void queryCostCenters(
            QueryCostCentersRequest request, StreamObserver<QueryCostCentersResponse> answer) {
        Caller.current().requireOperator(Scope.READ);
        TenantScope scope = scope(request.getParent());
        HourRange range =
                CostProtos.range(
                        request.hasStartTime()
                                ? Optional.of(request.getStartTime())
                                : Optional.empty(),
                        request.hasEndTime() ? Optional.of(request.getEndTime()) : Optional.empty(),
                        CostQuery.Granularity.TOTAL.maxDays());
        String root =
                ResourceNames.costCenterOrNone("root_cost_center", request.getRootCostCenter());
        int size = PageTokens.size(request.getPageSize());
        Optional<String> after = CostPageTokens.read(request);
        CostCenterSums sums = inTime(() -> costs.costCenters(scope, range));
        if (!sums.complete()) {
            throw Refusal.precondition(
                    "TOO_MANY_COST_CENTERS",
                    "cost centers: too many named by calls (expected: at most "
                            + CostView.MAX_COST_CENTER_SUMS
                            + " with costs)");
        }
        reply(answer, page(request, nodes(sums, root), after, size));
    }

    private static List<Node> nodes(CostCenterSums sums, String root) {
        if (root.isEmpty()) {
            return sums.tree().rollUp(sums.own());
        }
        if (!sums.tree().contains(root)) {
            throw Refusal.notFound(
                    DirectoryProblem.UNKNOWN_COST_CENTER.name(), ResourceNames.ofCostCenter(root));
        }
        return sums.tree().rollUpFrom(root, sums.own());
    }

    private static QueryCostCentersResponse page(
            QueryCostCentersRequest request, List<Node> nodes, Optional<String> after, int size) {
        QueryCostCentersResponse.Builder response = QueryCostCentersResponse.newBuilder();
        Map<String, CostSums> totals = new TreeMap<>();
        nodes.forEach(node -> CostCenterTree.add(totals, node.own()));
        totals.forEach((currency, sums) -> response.addTotals(CostProtos.toProto(currency, sums)));
        int from = after.map(last -> indexOf(nodes, last) + 1).orElse(0);
        int to = Math.min(from + size, nodes.size());
        nodes.subList(from, to).forEach(node -> response.addCostCenters(CostProtos.toProto(node)));
        if (to < nodes.size()) {
            response.setNextPageToken(CostPageTokens.of(request, nodes.get(to - 1).costCenter()));
        }
        return response.build();
    }

    /** Nodes are never removed, so that the last node of a page is there when the next is read. */
    private static int indexOf(List<Node> nodes, String costCenter) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).costCenter().equals(costCenter)) {
                return i;
            }
        }
        throw PageTokens.invalid(costCenter);
    }

    @Override
    public void listDimensionValues(
            ListDimensionValuesRequest request,
            StreamObserver<ListDimensionValuesResponse> answer) {
        TenantScope scope = scope(request.getParent());
        CostDimension dimension = CostProtos.dimension("dimension", request.getDimension());
        String prefix = Checks.sought("prefix", request.getPrefix());
        int size = PageTokens.size(request.getPageSize());
        Optional<String> after =
                request.getPageToken().isEmpty()
                        ? Optional.empty()
                        : Optional.of(PageTokens.idOf(request.getPageToken()));
        List<String> found = inTime(() -> costs.values(scope, dimension, prefix, after, size + 1));
        reply(
                answer,
                ListDimensionValuesResponse.newBuilder()
                        .addAllValues(PageTokens.cut(found, size))
                        .setNextPageToken(PageTokens.next(found, size, value -> value))
                        .build());
    }

    private static TenantScope scope(String parent) {
        Caller caller = Caller.current().require(Scope.READ);
        String tenant = ResourceNames.tenantOrAll("parent", parent);
        return caller.isOperator() && tenant.equals(ResourceNames.ALL_TENANTS)
                ? new TenantScope.All()
                : new TenantScope.One(caller.tenantFor(tenant));
    }

    private <T> T inTime(Supplier<T> question) {
        try {
            return question.get();
        } catch (DatabaseException failed) {
            throw QUERY_CANCELED.equals(failed.sqlState()) ? tooExpensive() : failed;
        }
    }

    private StatusRuntimeException tooExpensive() {
        return Refusal.exhausted(
                "QUERY_TOO_EXPENSIVE",
                "query: more than "
                        + costs.timeLimit().toMillis()
                        + " ms (expected: a shorter range, fewer dimensions or more filters)",
                RETRY_DELAY);
    }

    private static <T> void reply(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
