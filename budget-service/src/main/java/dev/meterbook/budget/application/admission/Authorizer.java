package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.application.CountersUnavailableException;
import dev.meterbook.budget.application.admission.Authorization.Grant;
import dev.meterbook.budget.application.admission.Authorization.Limitation;
import dev.meterbook.budget.application.admission.Authorization.Verdict;
import dev.meterbook.budget.application.admission.AuthorizeOutcome.Answered;
import dev.meterbook.budget.application.admission.HoldOutcome.Kind;
import dev.meterbook.budget.application.admission.Prices.Output;
import dev.meterbook.budget.application.admission.Prices.PriceQuestion;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.CallDimensions;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.Estimate;
import dev.meterbook.budget.domain.LimitationReason;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.budget.domain.Price;
import dev.meterbook.budget.domain.TokenNeed;
import dev.meterbook.kernel.CallKey;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Answers the question before each call. All budgets that cover it are checked and held in one
 * step; where one of them wants the call to be smaller, the smaller call is tried the same way.
 * Fails closed: without price or counters, only calls whose budgets merely warn are granted.
 */
@Singleton
public final class Authorizer {

    /** Smaller forms tried at most: others take from the same budgets meanwhile. */
    static final int MAX_TRIALS = 8;

    private final BudgetBook book;
    private final Holds holds;
    private final Prices prices;
    private final HoldJournal journal;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /** Takes budgets from a book and prices from a price list. */
    public Authorizer(
            BudgetBook book,
            Holds holds,
            Prices prices,
            HoldJournal journal,
            Clock clock,
            Supplier<UUID> ids) {
        this.book = book;
        this.holds = holds;
        this.prices = prices;
        this.journal = journal;
        this.clock = clock;
        this.ids = ids;
    }

    /** Answers a question; a grant is held when this returns. */
    public AuthorizeOutcome authorize(AuthorizeQuestion question) {
        if (!journal.hasRoom()) {
            return new AuthorizeOutcome.Overloaded();
        }
        HoldName name = nameOf(question);
        String fingerprint =
                question.requestId().isEmpty() ? "" : CallKey.of(question.text()).toString();
        Asking asking = new Asking(question, name, fingerprint, clock.instant());
        Trial trial = trial(asking, Verdict.GRANTED, question.dimensions(), Optional.empty());
        for (int tries = 0; tries < MAX_TRIALS; tries++) {
            Step step = attempt(asking, trial);
            switch (step) {
                case Step.Final(AuthorizeOutcome outcome) -> {
                    return outcome;
                }
                case Step.Next(Trial smaller) -> trial = smaller;
            }
        }
        return answered(trial.denied(trial.lastLimitation()));
    }

    /** A question with what does not change while it is tried. */
    private record Asking(
            AuthorizeQuestion question, HoldName name, String fingerprint, Instant now) {}

    /** What a trial leads to. */
    private sealed interface Step {
        record Final(AuthorizeOutcome outcome) implements Step {}

        record Next(Trial trial) implements Step {}
    }

    private HoldName nameOf(AuthorizeQuestion question) {
        String tenant = question.dimensions().tenantId();
        UUID id =
                question.requestId().isEmpty()
                        ? ids.get()
                        : CallKey.of(tenant + "\n" + question.requestId());
        return new HoldName(tenant, id.toString());
    }

    private Trial trial(
            Asking asking,
            Verdict verdict,
            CallDimensions dimensions,
            Optional<Limitation> limitedBy) {
        AuthorizeQuestion question = asking.question;
        List<Budget> budgets = budgetsOf(asking, dimensions);
        boolean needsPrice =
                question.maxAmount().isEmpty()
                        && question.tokens().isPresent()
                        && budgets.stream().anyMatch(budget -> !budget.unit().isTokens());
        Price price =
                needsPrice
                        ? prices.priceOf(
                                priceQuestion(
                                        dimensions,
                                        question.serviceTier(),
                                        question.tokens().orElseThrow()))
                        : new Price.NotAsked();
        Estimate estimate = new Estimate(question.tokens(), question.maxAmount(), price);
        return new Trial(verdict, dimensions, estimate, budgets, limitedBy);
    }

    private List<Budget> budgetsOf(Asking asking, CallDimensions dimensions) {
        Instant occurTime = asking.question.occurTime().orElse(asking.now);
        return book.covering(dimensions).stream()
                .filter(budget -> budget.window().counts(occurTime))
                .sorted(Trial.NARROWEST_FIRST)
                .toList();
    }

    private static PriceQuestion priceQuestion(
            CallDimensions dimensions, int serviceTier, TokenNeed need) {
        return new PriceQuestion(
                dimensions.tenantId(),
                dimensions.get(Dimension.PROVIDER),
                dimensions.get(Dimension.MODEL),
                serviceTier,
                Math.max(1, need.input()),
                need.maxOutput() == 0 ? Output.NONE : Output.SOME);
    }

    private Step attempt(Asking asking, Trial trial) {
        Optional<Limitation> untold = trial.untold();
        if (untold.isPresent()) {
            return last(trial.denied(untold.get()));
        }
        List<HoldLine> lines = trial.lines(asking.question, asking.now);
        HoldOrder order = order(asking, trial, lines);
        try {
            return switch (holds.hold(order)) {
                case HoldOutcome.Placed placed -> last(granted(trial, order, placed));
                case HoldOutcome.Repeated repeated ->
                        last(
                                GrantText.read(
                                        repeated.answer(),
                                        asking.name.holdId(),
                                        repeated.expireTime()));
                case HoldOutcome.Reused _ -> new Step.Final(new AuthorizeOutcome.RequestIdReused());
                case HoldOutcome.Refused refused -> smaller(asking, trial, lines, refused);
            };
        } catch (CountersUnavailableException unavailable) {
            return last(withoutCounters(trial));
        }
    }

    private static HoldOrder order(Asking asking, Trial trial, List<HoldLine> lines) {
        AuthorizeQuestion question = asking.question;
        Grant grant = trial.grant(asking.name.holdId(), asking.now.plus(question.timeToLive()));
        return new HoldOrder(
                asking.name,
                asking.fingerprint,
                GrantText.write(trial.answer(grant, List.of()), grant),
                asking.now,
                question.timeToLive(),
                lines);
    }

    private Authorization granted(Trial trial, HoldOrder order, HoldOutcome.Placed placed) {
        journal.placed(
                new HoldJournal.Entry(
                        order.name(),
                        order.fingerprint(),
                        order.answer(),
                        order.expireTime(),
                        order.timeToLive(),
                        HoldJournal.Ending.BY_ITSELF,
                        order.lines().stream()
                                .filter(line -> !line.amount().isZero())
                                .map(HoldLine::part)
                                .toList()));
        return trial.answer(
                trial.grant(order.name().holdId(), order.expireTime()),
                Warnings.of(order.lines(), placed.before()));
    }

    private static Authorization withoutCounters(Trial trial) {
        Optional<Budget> hard =
                trial.budgets().stream()
                        .filter(budget -> budget.terms().policy().isHard())
                        .findFirst();
        if (hard.isPresent()) {
            return trial.denied(
                    Limitation.of(hard.get().key(), LimitationReason.COUNTERS_UNAVAILABLE));
        }
        return new Authorization(
                Verdict.GRANTED,
                Optional.empty(),
                trial.model(),
                trial.estimate()
                        .tokens()
                        .map(need -> OptionalLong.of(need.maxOutput()))
                        .orElse(OptionalLong.empty()),
                Optional.empty(),
                Warnings.unreachable(trial.budgets()));
    }

    /** What to try, or to answer, where budgets refuse a call. */
    private Step smaller(
            Asking asking, Trial trial, List<HoldLine> lines, HoldOutcome.Refused refused) {
        List<Refusing> refusing = refusing(asking, lines, refused);
        for (Refusing each : refusing) {
            if (each.limitation.reason() != LimitationReason.LIMIT_REACHED
                    || each.budget.terms().policy() instanceof Policy.Deny) {
                return last(trial.denied(each.limitation));
            }
        }
        for (Refusing each : refusing) {
            if (each.budget.terms().policy() instanceof Policy.Downgrade(String model)) {
                return downgraded(asking, trial, each, model);
            }
        }
        return lowered(trial, refusing);
    }

    /** A budget that does not take a call, and why. */
    private record Refusing(Budget budget, Limitation limitation) {}

    private static List<Refusing> refusing(
            Asking asking, List<HoldLine> lines, HoldOutcome.Refused refused) {
        List<Refusing> refusing = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            HoldOutcome.Verdict verdict = refused.verdicts().get(i);
            Budget budget = lines.get(i).budget();
            if (verdict.kind() == Kind.BEING_REBUILT) {
                refusing.add(
                        new Refusing(
                                budget,
                                Limitation.of(
                                        budget.key(), LimitationReason.COUNTERS_UNAVAILABLE)));
            } else if (verdict.kind() == Kind.LIMIT_REACHED) {
                refusing.add(new Refusing(budget, limitation(asking, budget, verdict)));
            }
        }
        return refusing;
    }

    private static Limitation limitation(
            Asking asking, Budget budget, HoldOutcome.Verdict verdict) {
        Instant moment =
                budget.window()
                        .momentFor(asking.question.occurTime().orElse(asking.now), asking.now);
        return new Limitation(
                budget.key(),
                LimitationReason.LIMIT_REACHED,
                Optional.of(verdict.figures().remaining(budget.terms().limit())),
                Optional.ofNullable(budget.window().resetAfter(moment)));
    }

    private Step downgraded(Asking asking, Trial trial, Refusing refusing, String model) {
        if (trial.verdict() == Verdict.DOWNGRADED || model.equals(trial.model())) {
            return last(trial.denied(refusing.limitation));
        }
        return new Step.Next(
                trial(
                        asking,
                        Verdict.DOWNGRADED,
                        asking.question.dimensions().withModel(model),
                        Optional.of(refusing.limitation)));
    }

    private static Step lowered(Trial trial, List<Refusing> refusing) {
        long most = Long.MAX_VALUE;
        Limitation by = refusing.getFirst().limitation;
        for (Refusing each : refusing) {
            Amount remaining = each.limitation.remaining().orElseThrow();
            OptionalLong fits = trial.estimate().outputThatFits(remaining);
            if (fits.isEmpty()) {
                return last(trial.denied(each.limitation));
            }
            if (fits.getAsLong() < most) {
                most = fits.getAsLong();
                by = each.limitation;
            }
        }
        return new Step.Next(trial.lowered(most, by));
    }

    private static Step last(Authorization answer) {
        return new Step.Final(answered(answer));
    }

    private static AuthorizeOutcome answered(Authorization answer) {
        return new Answered(answer);
    }
}
