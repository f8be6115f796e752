package dev.meterbook.allocation.axon;

import dev.meterbook.allocation.domain.DirectoryCommand;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCostCenter;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCustomer;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterUser;
import dev.meterbook.allocation.domain.DirectoryCommand.ResumeTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.SetAllocationRule;
import dev.meterbook.allocation.domain.DirectoryCommand.SuspendTenant;
import dev.meterbook.allocation.domain.DirectoryEvent;
import dev.meterbook.allocation.domain.DirectoryEvent.AllocationRuleSet;
import dev.meterbook.allocation.domain.DirectoryEvent.CostCenterRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.CustomerRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantResumed;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantSuspended;
import dev.meterbook.allocation.domain.DirectoryEvent.UserRegistered;

/** The aggregate that a command is for, and that an event belongs to. */
final class AggregateIds {

    private AggregateIds() {}

    static String of(DirectoryCommand command) {
        return switch (command) {
            case RegisterTenant it -> tenant(it.tenant());
            case SuspendTenant it -> tenant(it.tenant());
            case ResumeTenant it -> tenant(it.tenant());
            case RegisterCustomer it -> customer(it.tenant(), it.customer());
            case RegisterUser it -> user(it.tenant(), it.user());
            case RegisterCostCenter it -> costCenter(it.costCenter());
            case SetAllocationRule it -> rules(it.tenant(), it.application());
        };
    }

    static String of(DirectoryEvent event) {
        return switch (event) {
            case TenantRegistered it -> tenant(it.tenant());
            case TenantSuspended it -> tenant(it.tenant());
            case TenantResumed it -> tenant(it.tenant());
            case CustomerRegistered it -> customer(it.tenant(), it.customer());
            case UserRegistered it -> user(it.tenant(), it.user());
            case CostCenterRegistered it -> costCenter(it.costCenter());
            case AllocationRuleSet it -> rules(it.tenant(), it.application());
        };
    }

    private static String tenant(String tenant) {
        return "tenant/" + tenant;
    }

    private static String customer(String tenant, String customer) {
        return "customer/" + tenant + "/" + customer;
    }

    private static String user(String tenant, String user) {
        return "user/" + tenant + "/" + user;
    }

    private static String costCenter(String costCenter) {
        return "cost-center/" + costCenter;
    }

    private static String rules(String tenant, String application) {
        return "rules/" + tenant + "/" + application;
    }
}
