package dev.meterbook.allocation.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.allocation.domain.Directory;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCostCenter;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterUser;
import dev.meterbook.allocation.domain.DirectoryCommand.SetAllocationRule;
import dev.meterbook.allocation.domain.EntryId;
import dev.meterbook.allocation.projection.DirectoryView.CostCenterRow;
import dev.meterbook.allocation.projection.DirectoryView.CustomerRow;
import dev.meterbook.allocation.projection.DirectoryView.RuleRow;
import dev.meterbook.allocation.projection.DirectoryView.TenantRow;
import dev.meterbook.allocation.projection.DirectoryView.UserRow;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.allocation.v1.AllocationRule;
import dev.meterbook.proto.allocation.v1.CostCenter;
import dev.meterbook.proto.allocation.v1.CreateCostCenterRequest;
import dev.meterbook.proto.allocation.v1.CreateUserRequest;
import dev.meterbook.proto.allocation.v1.Customer;
import dev.meterbook.proto.allocation.v1.SetAllocationRuleRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.allocation.v1.TenantState;
import dev.meterbook.proto.allocation.v1.User;
import java.time.Instant;

/** The directory's messages. */
final class DirectoryProtos {

    private DirectoryProtos() {}

    static RegisterUser fromProto(CreateUserRequest request, String tenant) {
        String user = Checks.opaqueId("user_id", request.getUserId());
        String customer = request.getUser().getCustomer();
        return new RegisterUser(
                tenant, user, customer.isEmpty() ? "" : customerOf(tenant, customer));
    }

    private static String customerOf(String tenant, String name) {
        EntryId customer = ResourceNames.customer("user.customer", name);
        if (!customer.tenant().equals(tenant)) {
            throw Refusal.invalid(
                    "CUSTOMER_OF_ANOTHER_TENANT",
                    "user.customer",
                    name,
                    "a customer of " + ResourceNames.ofTenant(tenant));
        }
        return customer.id();
    }

    static RegisterCostCenter fromProto(CreateCostCenterRequest request) {
        String id = Checks.governedId("cost_center_id", request.getCostCenterId());
        if (id.equals(Directory.UNALLOCATED)) {
            throw Refusal.invalid(
                    "RESERVED_ID", "cost_center_id", id, "not " + Directory.UNALLOCATED);
        }
        String parent =
                ResourceNames.costCenterOrNone(
                        "cost_center.parent_cost_center",
                        request.getCostCenter().getParentCostCenter());
        return new RegisterCostCenter(id, parent);
    }

    static SetAllocationRule fromProto(SetAllocationRuleRequest request) {
        AllocationRule rule = request.getAllocationRule();
        String field = "allocation_rule.";
        if (!rule.hasEffectiveTime()) {
            throw Refusal.invalid("TIME_REQUIRED", field + "effective_time", "", "a moment");
        }
        return new SetAllocationRule(
                ResourceNames.tenant("parent", request.getParent()),
                rule.getApplication().isEmpty()
                        ? ""
                        : Checks.opaqueId(field + "application", rule.getApplication()),
                ResourceNames.costCenterOrNone(field + "cost_center", rule.getCostCenter()),
                Checks.microsecond(field + "effective_time", rule.getEffectiveTime()));
    }

    static Tenant toProto(TenantRow row) {
        return Tenant.newBuilder()
                .setName(ResourceNames.ofTenant(row.tenant()))
                .setDisplayName(row.displayName())
                .setDefaultCostCenter(ResourceNames.ofCostCenter(row.defaultCostCenter()))
                .setState(
                        row.suspended()
                                ? TenantState.TENANT_STATE_SUSPENDED
                                : TenantState.TENANT_STATE_ACTIVE)
                .setCreateTime(toProto(row.createTime()))
                .build();
    }

    static Customer toProto(CustomerRow row) {
        return Customer.newBuilder()
                .setName(ResourceNames.ofCustomer(row.tenant(), row.customer()))
                .setDisplayName(row.displayName())
                .setCreateTime(toProto(row.createTime()))
                .build();
    }

    static User toProto(UserRow row) {
        User.Builder user =
                User.newBuilder()
                        .setName(ResourceNames.ofUser(row.tenant(), row.user()))
                        .setDisplayName(row.displayName())
                        .setCreateTime(toProto(row.createTime()));
        if (!row.customer().isEmpty()) {
            user.setCustomer(ResourceNames.ofCustomer(row.tenant(), row.customer()));
        }
        return user.build();
    }

    static CostCenter toProto(CostCenterRow row) {
        return CostCenter.newBuilder()
                .setName(ResourceNames.ofCostCenter(row.costCenter()))
                .setDisplayName(row.displayName())
                .setParentCostCenter(ResourceNames.ofCostCenter(row.parent()))
                .setCreateTime(toProto(row.createTime()))
                .build();
    }

    static AllocationRule toProto(RuleRow row) {
        return AllocationRule.newBuilder()
                .setApplication(row.application())
                .setCostCenter(ResourceNames.ofCostCenter(row.costCenter()))
                .setEffectiveTime(toProto(row.effectiveTime()))
                .setRecordTime(toProto(row.recordTime()))
                .build();
    }

    static Timestamp toProto(Instant moment) {
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }
}
