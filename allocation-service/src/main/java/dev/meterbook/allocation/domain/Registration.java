package dev.meterbook.allocation.domain;

import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCostCenter;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCustomer;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterUser;
import dev.meterbook.allocation.domain.DirectoryEvent.CostCenterRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.CustomerRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.UserRegistered;
import org.jspecify.annotations.Nullable;

/**
 * State of an entry that is registered once and never changes: a customer, a user, a cost center.
 *
 * @param fact how it was registered; null before
 */
public record Registration(@Nullable DirectoryEvent fact) {

    /** Not registered yet. */
    public static final Registration NONE = new Registration(null);

    /** Decides on a customer. */
    public Decision decide(RegisterCustomer command) {
        return register(
                new CustomerRegistered(command.tenant(), command.customer()),
                EntryId.Kind.CUSTOMER);
    }

    /** Decides on a user. */
    public Decision decide(RegisterUser command) {
        return register(
                new UserRegistered(command.tenant(), command.user(), command.customer()),
                EntryId.Kind.USER);
    }

    /** Decides on a cost center. */
    public Decision decide(RegisterCostCenter command) {
        return register(
                new CostCenterRegistered(command.costCenter(), command.parent()),
                EntryId.Kind.COST_CENTER);
    }

    /** The state after a fact. */
    public Registration evolve(DirectoryEvent event) {
        return new Registration(event);
    }

    private Decision register(DirectoryEvent wanted, EntryId.Kind kind) {
        if (fact == null) {
            return new Decision.Recorded(wanted);
        }
        return fact.equals(wanted) ? Decision.UNCHANGED : new Decision.Refused(kind.exists());
    }
}
