package dev.meterbook.allocation.domain;

import dev.meterbook.allocation.domain.DirectoryCommand.SetAllocationRule;
import dev.meterbook.allocation.domain.DirectoryEvent.AllocationRuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules that were set for one application of a tenant, with the place in the log where each was
 * set. Two times decide: which rule a call falls under depends on when it occurred, and which rules
 * count depends on how far the log was known.
 *
 * @param rules in the order set
 */
public record RuleHistory(List<Known> rules) {

    /** Rules that can be set for one application. */
    public static final int MAX_RULES = 100;

    /** No rule was set. */
    public static final RuleHistory NONE = new RuleHistory(List.of());

    /**
     * A rule and since when it is known.
     *
     * @param position place in the directory's log; grows with each rule
     * @param effectiveTime holds for calls that occur at or after this moment
     * @param costCenter empty takes the rule back
     */
    public record Known(long position, Instant effectiveTime, String costCenter) {}

    /** Makes the list unmodifiable. */
    public RuleHistory {
        rules = List.copyOf(rules);
    }

    /** Decides on a rule: a new fact unless just this was set last for the moment. */
    public Decision decide(SetAllocationRule command) {
        if (lastSetFor(command.effectiveTime()).equals(Optional.of(command.costCenter()))) {
            return Decision.UNCHANGED;
        }
        return rules.size() >= MAX_RULES
                ? new Decision.Refused(DirectoryProblem.TOO_MANY_ALLOCATION_RULES)
                : new Decision.Recorded(
                        new AllocationRuleSet(
                                command.tenant(),
                                command.application(),
                                command.costCenter(),
                                command.effectiveTime()));
    }

    /** The history with one rule more. */
    public RuleHistory evolve(AllocationRuleSet event, long position) {
        List<Known> longer = new ArrayList<>(rules);
        longer.add(new Known(position, event.effectiveTime(), event.costCenter()));
        return new RuleHistory(longer);
    }

    /**
     * The cost center for a call.
     *
     * @param occurTime when the call occurred
     * @param knownAt only rules up to this place in the log count
     * @return empty if no rule holds
     */
    public Optional<String> costCenterFor(Instant occurTime, long knownAt) {
        Known holding = null;
        for (Known rule : rules) {
            if (rule.position <= knownAt
                    && !rule.effectiveTime.isAfter(occurTime)
                    && (holding == null || !rule.effectiveTime.isBefore(holding.effectiveTime))) {
                holding = rule;
            }
        }
        return holding == null || holding.costCenter.isEmpty()
                ? Optional.empty()
                : Optional.of(holding.costCenter);
    }

    private Optional<String> lastSetFor(Instant effectiveTime) {
        return rules.reversed().stream()
                .filter(rule -> rule.effectiveTime.equals(effectiveTime))
                .map(Known::costCenter)
                .findFirst();
    }
}
