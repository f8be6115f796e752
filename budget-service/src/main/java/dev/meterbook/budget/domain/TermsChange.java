package dev.meterbook.budget.domain;

import java.util.List;
import java.util.Optional;

/**
 * Which terms are to be changed; what is absent stays.
 *
 * @param limit the new ceiling
 * @param thresholdPercents the new thresholds
 * @param policy the new policy
 */
public record TermsChange(
        Optional<Amount> limit,
        Optional<List<Integer>> thresholdPercents,
        Optional<Policy> policy) {

    /** The terms with the change made. */
    public Terms appliedTo(Terms terms) {
        return new Terms(
                limit.orElse(terms.limit()),
                thresholdPercents.orElse(terms.thresholdPercents()),
                policy.orElse(terms.policy()));
    }
}
