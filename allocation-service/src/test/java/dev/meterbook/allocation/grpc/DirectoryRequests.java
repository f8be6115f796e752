package dev.meterbook.allocation.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.allocation.v1.AllocationRule;
import dev.meterbook.proto.allocation.v1.CostCenter;
import dev.meterbook.proto.allocation.v1.CreateCostCenterRequest;
import dev.meterbook.proto.allocation.v1.CreateCustomerRequest;
import dev.meterbook.proto.allocation.v1.CreateTenantRequest;
import dev.meterbook.proto.allocation.v1.CreateUserRequest;
import dev.meterbook.proto.allocation.v1.Customer;
import dev.meterbook.proto.allocation.v1.SetAllocationRuleRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.allocation.v1.User;
import java.time.Instant;

/** Requests of the directory, for tests. */
final class DirectoryRequests {

    private DirectoryRequests() {}

    static CreateTenantRequest tenant(String id, String displayName, String costCenter) {
        return CreateTenantRequest.newBuilder()
                .setTenantId(id)
                .setTenant(
                        Tenant.newBuilder()
                                .setDisplayName(displayName)
                                .setDefaultCostCenter(costCenter))
                .build();
    }

    static CreateCustomerRequest customer(String tenant, String id, String displayName) {
        return CreateCustomerRequest.newBuilder()
                .setParent("tenants/" + tenant)
                .setCustomerId(id)
                .setCustomer(Customer.newBuilder().setDisplayName(displayName))
                .build();
    }

    static CreateUserRequest user(String tenant, String id, String customer) {
        return CreateUserRequest.newBuilder()
                .setParent("tenants/" + tenant)
                .setUserId(id)
                .setUser(User.newBuilder().setCustomer(customer))
                .build();
    }

    static CreateCostCenterRequest costCenter(String id, String parent) {
        return CreateCostCenterRequest.newBuilder()
                .setCostCenterId(id)
                .setCostCenter(CostCenter.newBuilder().setParentCostCenter(parent))
                .build();
    }

    static SetAllocationRuleRequest rule(
            String tenant, String application, String costCenter, String from) {
        return SetAllocationRuleRequest.newBuilder()
                .setParent("tenants/" + tenant)
                .setAllocationRule(
                        AllocationRule.newBuilder()
                                .setApplication(application)
                                .setCostCenter(costCenter)
                                .setEffectiveTime(time(from)))
                .build();
    }

    static Timestamp time(String text) {
        Instant moment = Instant.parse(text);
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }
}
