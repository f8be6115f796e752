package dev.meterbook.allocation.domain;

import dev.meterbook.allocation.domain.DirectoryEvent.AllocationRuleSet;
import dev.meterbook.allocation.domain.DirectoryEvent.CostCenterRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.CustomerRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantResumed;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantSuspended;
import dev.meterbook.allocation.domain.DirectoryEvent.UserRegistered;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which cost center takes a call: the one that the call names, else the one of the rule for its
 * application, else that of the rule for all applications of the tenant, else the tenant's default,
 * else {@value #UNALLOCATED}.
 *
 * <p>Answers are given as known at a place in the directory's log, so that they stay the same when
 * facts are added. One thread applies, any number of threads asks.
 */
public final class Directory {

    /** Takes calls that no cost center takes. */
    public static final String UNALLOCATED = "unallocated";

    private record Default(long position, String costCenter) {}

    private record Application(String tenant, String application) {}

    private final Map<String, Default> defaults = new ConcurrentHashMap<>();
    private final Map<Application, RuleHistory> rules = new ConcurrentHashMap<>();
    private volatile long position;

    /**
     * Takes a fact.
     *
     * @param at its place in the log; higher than those before
     * @param event the fact
     */
    public void apply(long at, DirectoryEvent event) {
        switch (event) {
            case TenantRegistered tenant ->
                    defaults.put(tenant.tenant(), new Default(at, tenant.defaultCostCenter()));
            case AllocationRuleSet rule ->
                    rules.merge(
                            new Application(rule.tenant(), rule.application()),
                            RuleHistory.NONE.evolve(rule, at),
                            (before, _) -> before.evolve(rule, at));
            case TenantSuspended _, TenantResumed _ -> {}
            case CustomerRegistered _, UserRegistered _, CostCenterRegistered _ -> {}
        }
        position = at;
    }

    /** Place in the log up to which facts are known; 0 before the first. */
    public long position() {
        return position;
    }

    /**
     * The cost center that takes a call.
     *
     * @param call who made it, with the cost center that it names
     * @param occurTime when it occurred
     * @param knownAt a place in the log; facts behind it do not count
     */
    public String costCenterOf(CallDimensions call, Instant occurTime, long knownAt) {
        if (!call.costCenter().isEmpty()) {
            return call.costCenter();
        }
        return ruleFor(call.tenant(), call.application())
                .costCenterFor(occurTime, knownAt)
                .or(() -> ruleFor(call.tenant(), "").costCenterFor(occurTime, knownAt))
                .orElseGet(() -> defaultOf(call.tenant(), knownAt));
    }

    private RuleHistory ruleFor(String tenant, String application) {
        return rules.getOrDefault(new Application(tenant, application), RuleHistory.NONE);
    }

    private String defaultOf(String tenant, long knownAt) {
        Default known = defaults.get(tenant);
        return known == null || known.position > knownAt || known.costCenter.isEmpty()
                ? UNALLOCATED
                : known.costCenter;
    }
}
