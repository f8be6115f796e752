package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.domain.CallDimensions;
import dev.meterbook.budget.domain.TokenNeed;
import dev.meterbook.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks whether a call may be made. Checked for form already.
 *
 * @param requestId makes it safe to repeat; empty if it is not
 * @param dimensions who is to make the call and for what; the tenant, the provider and the model
 *     are told
 * @param serviceTier the service tier, as the wire numbers it
 * @param tokens how many; absent if not told
 * @param maxAmount the caller's own worst case; absent if not told
 * @param timeToLive how long to hold
 * @param occurTime when the call occurs; absent for now
 */
public record AuthorizeQuestion(
        String requestId,
        CallDimensions dimensions,
        int serviceTier,
        Optional<TokenNeed> tokens,
        Optional<Money> maxAmount,
        Duration timeToLive,
        Optional<Instant> occurTime) {

    /** A question with the same text is the same question. */
    String text() {
        return String.join(
                "\n",
                dimensions.toString(),
                Integer.toString(serviceTier),
                tokens.toString(),
                maxAmount.toString(),
                timeToLive.toString(),
                occurTime.toString());
    }
}
