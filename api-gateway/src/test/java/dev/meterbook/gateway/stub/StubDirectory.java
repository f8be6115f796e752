package dev.meterbook.gateway.stub;

import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.allocation.v1.CreateTenantRequest;
import dev.meterbook.proto.allocation.v1.DirectoryServiceGrpc.DirectoryServiceImplBase;
import dev.meterbook.proto.allocation.v1.GetTenantRequest;
import dev.meterbook.proto.allocation.v1.ListTenantsRequest;
import dev.meterbook.proto.allocation.v1.ListTenantsResponse;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.allocation.v1.TenantState;
import io.grpc.stub.StreamObserver;
import java.util.function.BooleanSupplier;

/** Three tenants; one of them has no calls and is suspended. */
final class StubDirectory extends DirectoryServiceImplBase {

    private final BooleanSupplier isEmpty;

    StubDirectory(BooleanSupplier isEmpty) {
        this.isEmpty = isEmpty;
    }

    @Override
    public void createTenant(CreateTenantRequest request, StreamObserver<Tenant> answer) {
        StubServices.answer(
                answer,
                () ->
                        request.getTenant().toBuilder()
                                .setName("tenants/" + request.getTenantId())
                                .build());
    }

    @Override
    public void getTenant(GetTenantRequest request, StreamObserver<Tenant> answer) {
        StubServices.answer(
                answer,
                () -> {
                    if (request.getName().equals("tenants/nobody")) {
                        throw Refusal.notFound("UNKNOWN_TENANT", request.getName());
                    }
                    return Tenant.newBuilder().setName(request.getName()).build();
                });
    }

    @Override
    public void listTenants(
            ListTenantsRequest request, StreamObserver<ListTenantsResponse> answer) {
        ListTenantsResponse.Builder tenants = ListTenantsResponse.newBuilder();
        if (!isEmpty.getAsBoolean()) {
            tenants.addTenants(tenant("acme", "Acme Corporation"))
                    .addTenants(tenant("globex", "Globex"))
                    .addTenants(
                            tenant("initech", "").toBuilder()
                                    .setState(TenantState.TENANT_STATE_SUSPENDED));
        }
        StubServices.answer(answer, tenants::build);
    }

    private static Tenant tenant(String id, String name) {
        return Tenant.newBuilder()
                .setName("tenants/" + id)
                .setDisplayName(name)
                .setState(TenantState.TENANT_STATE_ACTIVE)
                .build();
    }
}
