package dev.meterbook.allinone;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.access.v1.CreateApiKeyRequest;
import dev.meterbook.proto.access.v1.Scope;
import dev.meterbook.proto.allocation.v1.CreateTenantRequest;
import dev.meterbook.proto.allocation.v1.GetTenantRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.budget.v1.ListBudgetsRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.metering.v1.ListCallsRequest;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.PlanVersion;
import dev.meterbook.proto.pricing.v1.SetTenantPlanRequest;
import java.time.Duration;
import java.util.List;

/** A tenant with a plan and a key that may ask, record and read. */
record TestTenant(String id, String key) {

    /** Registers the tenant and waits until every service knows its key. */
    static TestTenant register(TestSystem system, String id, String markupPercent) {
        Client operator = system.operator();
        operator.directory()
                .createTenant(
                        CreateTenantRequest.newBuilder()
                                .setTenantId(id)
                                .setTenant(Tenant.getDefaultInstance())
                                .build());
        operator.pricing()
                .setTenantPlan(
                        SetTenantPlanRequest.newBuilder()
                                .setName("tenants/" + id + "/plan")
                                .setVersion(
                                        PlanVersion.newBuilder()
                                                .setEffectiveStartTime(
                                                        Timestamp.newBuilder()
                                                                .setSeconds(1_672_531_200))
                                                .setMarkupPercent(markupPercent)
                                                .setCurrencyCode("USD"))
                                .build());
        String key =
                operator.access()
                        .createApiKey(
                                CreateApiKeyRequest.newBuilder()
                                        .setTenant(id)
                                        .addAllScopes(List.of(Scope.SCOPE_INGEST, Scope.SCOPE_READ))
                                        .build())
                        .getCredential();
        TestTenant tenant = new TestTenant(id, key);
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> tenant.isKnownEverywhere(system));
        return tenant;
    }

    private boolean isKnownEverywhere(TestSystem system) {
        Client client = client(system);
        client.metering().listCalls(ListCallsRequest.newBuilder().setParent(name()).build());
        client.pricing()
                .listUnpricedCalls(ListUnpricedCallsRequest.newBuilder().setParent(name()).build());
        client.ledger().listPostings(ListPostingsRequest.newBuilder().setParent(name()).build());
        client.budgets().listBudgets(ListBudgetsRequest.newBuilder().setParent(name()).build());
        client.directory().getTenant(GetTenantRequest.newBuilder().setName(name()).build());
        return true;
    }

    String name() {
        return "tenants/" + id;
    }

    Client client(TestSystem system) {
        return system.apis().as(key);
    }
}
