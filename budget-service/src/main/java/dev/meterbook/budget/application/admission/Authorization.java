package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.LimitationReason;
import dev.meterbook.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a call may be made.
 *
 * @param verdict the answer
 * @param hold what is held; absent if denied, and if the counters could not be reached but every
 *     budget only warns
 * @param model the model to call
 * @param maxOutputTokens output tokens at most; absent if the question told none
 * @param limitedBy which budget denied, lowered or downgraded the call
 * @param warnings budgets that deserve attention
 */
public record Authorization(
        Verdict verdict,
        Optional<Grant> hold,
        String model,
        OptionalLong maxOutputTokens,
        Optional<Limitation> limitedBy,
        List<Warning> warnings) {

    /** Warnings of one answer at most. */
    public static final int MAX_WARNINGS = 20;

    /** The answer. */
    public enum Verdict {
        GRANTED,
        LOWERED,
        DOWNGRADED,
        DENIED
    }

    /**
     * What is held.
     *
     * @param holdId to be named when usage is recorded
     * @param expireTime when the hold ends by itself
     * @param amount what currency budgets hold; absent if there is none
     * @param tokens what token budgets hold; 0 if there is none
     */
    public record Grant(String holdId, Instant expireTime, Optional<Money> amount, long tokens) {}

    /**
     * Why it is not granted as asked.
     *
     * @param budget which budget
     * @param reason why
     * @param remaining what was left; absent if not known
     * @param resetTime when more may be free; absent if never or not known
     */
    public record Limitation(
            BudgetKey budget,
            LimitationReason reason,
            Optional<Amount> remaining,
            Optional<Instant> resetTime) {

        /** Without figures. */
        static Limitation of(BudgetKey budget, LimitationReason reason) {
            return new Limitation(budget, reason, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A budget that deserves attention.
     *
     * @param budget which budget
     * @param usedBasisPoints spent and held, this call included, in hundredths of a percent
     * @param text for people
     */
    public record Warning(BudgetKey budget, int usedBasisPoints, String text) {}

    /** Takes a copy. */
    public Authorization {
        warnings = List.copyOf(warnings);
    }
}
