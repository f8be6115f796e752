package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Violation;
import dev.meterbook.pricing.domain.PricingCommand.SetTenantPlan;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a tenant pays, version by version. Versions are only ever added.
 *
 * @param tenant the tenant's id; empty for all tenants without a plan of their own
 * @param versions in the order set
 */
public record Plan(String tenant, List<PlanVersion> versions) {

    /** Versions of one plan at most. */
    public static final int MAX_VERSIONS = 1_000;

    /** Copies. */
    public Plan {
        versions = List.copyOf(versions);
    }

    /** A plan without any version. */
    public static Plan none(String tenant) {
        return new Plan(tenant, List.of());
    }

    /** Decides about a version: the newest one again changes nothing. */
    public Decision decide(SetTenantPlan command) {
        PlanVersion next = command.version().numbered(versions.size() + 1);
        if (!versions.isEmpty()
                && versions.getLast().equals(next.numbered(versions.getLast().number()))) {
            return new Decision.Unchanged();
        }
        if (versions.size() >= MAX_VERSIONS) {
            return new Decision.Refused(
                    Decision.Kind.INVALID,
                    new Violation(
                            "TOO_MANY_VERSIONS",
                            "version",
                            "one more than " + versions.size(),
                            "at most " + MAX_VERSIONS + " versions"));
        }
        return SpendChecks.misfit(
                        next.spendTerms(),
                        versions.stream().flatMap(each -> each.spendTerms().stream()).toList(),
                        next.currency(),
                        "version.spend_terms")
                .<Decision>map(found -> new Decision.Refused(Decision.Kind.INVALID, found))
                .orElseGet(() -> new Decision.Accepted(new TenantPlanSet(tenant, next)));
    }

    /** The plan with one more version. */
    public Plan evolve(TenantPlanSet event) {
        return new Plan(
                tenant, Stream.concat(versions.stream(), Stream.of(event.version())).toList());
    }
}
