package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.proto.allocation.v1.ListTenantsRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.allocation.v1.TenantState;
import java.util.List;

/** The operator's tenants. */
public final class Tenants {

    private static final int MAX = 1_000;

    private Tenants() {}

    /**
     * A tenant.
     *
     * @param id its id
     * @param name as shown to people; the id if it has none
     * @param suspended true if its calls are refused
     */
    public record Line(String id, String name, boolean suspended) {}

    /** The first thousand, by id. */
    static List<Line> list(Services services) {
        return services
                .directory()
                .listTenants(ListTenantsRequest.newBuilder().setPageSize(MAX).build())
                .getTenantsList()
                .stream()
                .map(Tenants::line)
                .toList();
    }

    private static Line line(Tenant tenant) {
        String id = Wire.idOf(tenant.getName());
        return new Line(
                id,
                tenant.getDisplayName().isEmpty() ? id : tenant.getDisplayName(),
                tenant.getState() == TenantState.TENANT_STATE_SUSPENDED);
    }
}
