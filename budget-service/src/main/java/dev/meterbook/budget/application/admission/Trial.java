package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.application.admission.Authorization.Grant;
import dev.meterbook.budget.application.admission.Authorization.Limitation;
import dev.meterbook.budget.application.admission.Authorization.Verdict;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.CallDimensions;
import dev.meterbook.budget.domain.Claim;
import dev.meterbook.budget.domain.CounterAmount;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.Estimate;
import dev.meterbook.budget.domain.LimitationReason;
import dev.meterbook.budget.domain.TokenNeed;
import dev.meterbook.budget.domain.Unit;
import dev.meterbook.kernel.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One form in which a call could be granted: as asked, with fewer output tokens, or with another
 * model.
 *
 * @param verdict what the answer would be
 * @param dimensions of the call
 * @param estimate its worst case
 * @param budgets those that cover it, the narrowest scope first
 * @param limitedBy which budget demanded this form; absent as asked
 */
record Trial(
        Verdict verdict,
        CallDimensions dimensions,
        Estimate estimate,
        List<Budget> budgets,
        Optional<Limitation> limitedBy) {

    /** Narrow scopes first: the first that refuses is the one named. */
    static final Comparator<Budget> NARROWEST_FIRST =
            Comparator.<Budget>comparingInt(budget -> -budget.fullScope().values().size())
                    .thenComparing(Budget::key);

    String model() {
        return dimensions.get(Dimension.MODEL);
    }

    /** The first budget that cannot tell what the call would take, and must not let it pass. */
    Optional<Limitation> untold() {
        for (Budget budget : budgets) {
            if (budget.terms().policy().isHard()
                    && estimate.claimOn(budget.unit()) instanceof Claim.Untold(var reason)) {
                return Optional.of(Limitation.of(budget.key(), reason));
            }
        }
        return Optional.empty();
    }

    List<HoldLine> lines(AuthorizeQuestion question, Instant now) {
        return budgets.stream().map(budget -> line(budget, question, now)).toList();
    }

    private HoldLine line(Budget budget, AuthorizeQuestion question, Instant now) {
        Instant moment = budget.window().momentFor(question.occurTime().orElse(now), now);
        return new HoldLine(
                budget,
                CounterAmount.ceiling(claim(budget.unit()).value()),
                budget.window().bucketsAt(moment));
    }

    /** What the call would take from a budget; nothing where that cannot be told. */
    private Amount claim(Unit unit) {
        return estimate.claimOn(unit) instanceof Claim.Known(Amount amount)
                ? amount
                : Amount.tokens(0).zero();
    }

    /** What is answered if this form is granted. */
    Authorization answer(Grant grant, List<Authorization.Warning> warnings) {
        return new Authorization(
                verdict, Optional.of(grant), model(), maxOutput(), limitedBy, warnings);
    }

    /** What is answered if the call is denied. */
    Authorization denied(Limitation limitation) {
        return new Authorization(
                Verdict.DENIED,
                Optional.empty(),
                model(),
                maxOutput(),
                Optional.of(limitation),
                List.of());
    }

    private OptionalLong maxOutput() {
        return estimate.tokens()
                .map(need -> OptionalLong.of(need.maxOutput()))
                .orElse(OptionalLong.empty());
    }

    Grant grant(String holdId, Instant expireTime) {
        Optional<Money> amount =
                budgets.stream()
                        .map(Budget::unit)
                        .filter(unit -> !unit.isTokens())
                        .findFirst()
                        .flatMap(this::money);
        boolean tokens = budgets.stream().anyMatch(budget -> budget.unit().isTokens());
        long held = tokens ? estimate.tokens().map(Trial::sum).orElse(0L) : 0L;
        return new Grant(holdId, expireTime, amount, held);
    }

    private Optional<Money> money(Unit unit) {
        return unit instanceof Unit.Currency(var code)
                        && estimate.claimOn(unit) instanceof Claim.Known(Amount amount)
                ? Optional.of(new Money(amount.value(), code))
                : Optional.empty();
    }

    private static long sum(TokenNeed need) {
        return need.input() + need.maxOutput();
    }

    /** Which budget stood in the way last. */
    Limitation lastLimitation() {
        return limitedBy.orElseGet(
                () -> Limitation.of(budgets.getFirst().key(), LimitationReason.LIMIT_REACHED));
    }

    /** The same call with fewer output tokens; itself, if as many fit meanwhile. */
    Trial lowered(long maxOutput, Limitation by) {
        if (maxOutput().equals(OptionalLong.of(maxOutput))) {
            return this;
        }
        return new Trial(
                verdict == Verdict.DOWNGRADED ? verdict : Verdict.LOWERED,
                dimensions,
                estimate.withMaxOutput(maxOutput),
                budgets,
                verdict == Verdict.DOWNGRADED ? limitedBy : Optional.of(by));
    }
}
