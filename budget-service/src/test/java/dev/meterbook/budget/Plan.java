package dev.meterbook.budget;

import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.BudgetCommand.ChangeBudget;
import dev.meterbook.budget.domain.BudgetCommand.DefineBudget;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.budget.domain.Scope;
import dev.meterbook.budget.domain.Terms;
import dev.meterbook.budget.domain.TermsChange;
import dev.meterbook.budget.domain.Window;
import dev.meterbook.budget.domain.Window.CalendarUnit;
import dev.meterbook.kernel.CurrencyCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A budget of acme to be created; by default one of a month in UTC that denies and covers
 * everything.
 *
 * @param id its id
 * @param limit the ceiling
 * @param scope what it covers
 * @param window over which time
 * @param policy what happens at the limit
 * @param thresholds where to alert
 */
public record Plan(
        String id,
        Amount limit,
        Scope scope,
        Window window,
        Policy policy,
        List<Integer> thresholds) {

    public static Plan dollars(String id, String limit) {
        return of(id, Amount.of(limit, CurrencyCode.USD));
    }

    public static Plan tokens(String id, long limit) {
        return of(id, Amount.tokens(limit));
    }

    private static Plan of(String id, Amount limit) {
        return new Plan(
                id,
                limit,
                Scope.EVERYTHING,
                new Window.Calendar(CalendarUnit.MONTH, ZoneId.of("UTC")),
                new Policy.Deny(),
                List.of());
    }

    public Plan covering(Dimension dimension, String value) {
        return new Plan(id, limit, new Scope(Map.of(dimension, value)), window, policy, thresholds);
    }

    public Plan in(CalendarUnit unit, String zone) {
        return over(new Window.Calendar(unit, ZoneId.of(zone)));
    }

    public Plan over(Window other) {
        return new Plan(id, limit, scope, other, policy, thresholds);
    }

    public Plan with(Policy other) {
        return new Plan(id, limit, scope, window, other, thresholds);
    }

    public Plan alertingAt(Integer... percents) {
        return new Plan(id, limit, scope, window, policy, List.of(percents));
    }

    DefineBudget command(Instant now) {
        return new DefineBudget(
                new BudgetKey("acme", id),
                scope,
                window,
                new Terms(limit, thresholds, policy),
                now);
    }

    /** The command that gives the budget another limit in dollars. */
    public static ChangeBudget limit(String id, String dollars, Instant now) {
        return new ChangeBudget(
                new BudgetKey("acme", id),
                new TermsChange(
                        Optional.of(Amount.of(dollars, CurrencyCode.USD)),
                        Optional.empty(),
                        Optional.empty()),
                now);
    }
}
