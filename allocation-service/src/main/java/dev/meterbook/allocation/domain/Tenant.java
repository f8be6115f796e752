package dev.meterbook.allocation.domain;

import dev.meterbook.allocation.domain.DirectoryCommand.RegisterTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.ResumeTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.SuspendTenant;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantResumed;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantSuspended;
import org.jspecify.annotations.Nullable;

/**
 * State of a tenant.
 *
 * @param registration how it was registered; null before
 * @param standing whether its calls are taken
 */
public record Tenant(@Nullable TenantRegistered registration, Standing standing) {

    /** Not registered yet. */
    public static final Tenant NONE = new Tenant(null, Standing.ACTIVE);

    /** Whether a tenant's calls are taken. */
    public enum Standing {
        /** Calls are taken. */
        ACTIVE,
        /** New calls are refused. */
        SUSPENDED
    }

    /** Decides on a registration. */
    public Decision decide(RegisterTenant command) {
        TenantRegistered wanted =
                new TenantRegistered(command.tenant(), command.defaultCostCenter());
        if (registration == null) {
            return new Decision.Recorded(wanted);
        }
        return registration.equals(wanted)
                ? Decision.UNCHANGED
                : new Decision.Refused(DirectoryProblem.TENANT_EXISTS);
    }

    /** Decides on a suspension. */
    public Decision decide(SuspendTenant command) {
        return turn(Standing.SUSPENDED, new TenantSuspended(command.tenant()));
    }

    /** Decides on a resumption. */
    public Decision decide(ResumeTenant command) {
        return turn(Standing.ACTIVE, new TenantResumed(command.tenant()));
    }

    /** The state after a registration. */
    public Tenant evolve(TenantRegistered event) {
        return new Tenant(event, Standing.ACTIVE);
    }

    /** The state after a suspension. */
    public Tenant evolve(TenantSuspended event) {
        return new Tenant(registration, Standing.SUSPENDED);
    }

    /** The state after a resumption. */
    public Tenant evolve(TenantResumed event) {
        return new Tenant(registration, Standing.ACTIVE);
    }

    private Decision turn(Standing wanted, DirectoryEvent event) {
        if (registration == null) {
            return new Decision.Refused(DirectoryProblem.UNKNOWN_TENANT);
        }
        return standing == wanted ? Decision.UNCHANGED : new Decision.Recorded(event);
    }
}
