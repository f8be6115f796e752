package dev.meterbook.budget.domain;

import dev.meterbook.budget.domain.BudgetCommand.ArchiveBudget;
import dev.meterbook.budget.domain.BudgetCommand.ChangeBudget;
import dev.meterbook.budget.domain.BudgetCommand.DefineBudget;
import dev.meterbook.budget.domain.BudgetCommand.ReportSpend;
import dev.meterbook.budget.domain.BudgetEvent.BudgetArchived;
import dev.meterbook.budget.domain.BudgetEvent.BudgetChanged;
import dev.meterbook.budget.domain.BudgetEvent.BudgetDefined;
import dev.meterbook.budget.domain.BudgetEvent.ThresholdReached;
import dev.meterbook.budget.domain.Decision.Accepted;
import dev.meterbook.budget.domain.Decision.Refused;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ceiling: what it covers, over which time, how much, and what happens at the limit.
 *
 * @param key which budget
 * @param scope what it covers, without the tenant
 * @param window the time over which spend is summed
 * @param terms the rest
 * @param status whether it is in force
 * @param alerts thresholds reached, of the newest windows
 * @param createTime when it came into force
 * @param updateTime when it last changed
 */
public record Budget(
        BudgetKey key,
        Scope scope,
        Window window,
        Terms terms,
        Status status,
        AlertHistory alerts,
        Instant createTime,
        Instant updateTime) {

    /** The most a limit can be, exclusive. */
    public static final long LIMIT_BELOW = 1_000_000_000_000_000L;

    /** The most thresholds. */
    public static final int MAX_THRESHOLDS = 10;

    /** The highest threshold, in percent. */
    public static final int MAX_THRESHOLD_PERCENT = 1_000;

    /** Whether a budget is in force. */
    public enum Status {
        ACTIVE,
        ARCHIVED
    }

    /**
     * What becomes of a command.
     *
     * @param budget null if there is none of the command's key
     */
    public static Decision decide(@Nullable Budget budget, BudgetCommand command) {
        if (budget == null) {
            return command instanceof DefineBudget define
                    ? Decision.of(
                            new BudgetDefined(
                                    define.key(),
                                    define.scope(),
                                    define.window(),
                                    define.terms(),
                                    define.time()))
                    : new Refused(BudgetProblem.UNKNOWN_BUDGET);
        }
        return switch (command) {
            case DefineBudget define -> budget.defineAgain(define);
            case ChangeBudget change -> budget.change(change);
            case ArchiveBudget archive -> budget.archive(archive);
            case ReportSpend report -> budget.report(report);
        };
    }

    /**
     * The budget after an event.
     *
     * @param budget null before its first event
     */
    public static Budget evolve(@Nullable Budget budget, BudgetEvent event) {
        if (event instanceof BudgetDefined defined) {
            return new Budget(
                    defined.key(),
                    defined.scope(),
                    defined.window(),
                    defined.terms(),
                    Status.ACTIVE,
                    AlertHistory.NONE,
                    defined.time(),
                    defined.time());
        }
        if (budget == null) {
            throw new IllegalStateException("event: " + event + " (expected: BudgetDefined first)");
        }
        return switch (event) {
            case BudgetDefined _ -> budget;
            case BudgetChanged changed ->
                    budget.with(changed.terms(), budget.status, changed.time());
            case BudgetArchived archived ->
                    budget.with(budget.terms, Status.ARCHIVED, archived.time());
            case ThresholdReached reached -> budget.with(budget.alerts.plus(reached));
        };
    }

    /** True while it counts and limits. */
    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    /** The unit that is counted. */
    public Unit unit() {
        return terms.unit();
    }

    /** What a call must have to be covered, its tenant included. */
    public Scope fullScope() {
        return key.isOperators() ? scope : scope.within(key.tenantId());
    }

    private Decision defineAgain(DefineBudget define) {
        boolean same =
                isActive()
                        && scope.equals(define.scope())
                        && terms.equals(define.terms())
                        && (window.equals(define.window()) || bothTotals(define));
        return same ? Decision.unchanged() : new Refused(BudgetProblem.BUDGET_EXISTS);
    }

    /**
     * A total whose start was not told begins when it is created, and is the same when repeated.
     */
    private boolean bothTotals(DefineBudget define) {
        return window instanceof Window.Total
                && define.window() instanceof Window.Total(Instant start)
                && start.getEpochSecond() == define.time().getEpochSecond();
    }

    private Decision change(ChangeBudget command) {
        if (!isActive()) {
            return new Refused(BudgetProblem.BUDGET_ARCHIVED);
        }
        Terms changed = command.change().appliedTo(terms);
        if (!changed.unit().equals(unit())) {
            return new Refused(BudgetProblem.IMMUTABLE_FIELD);
        }
        return changed.equals(terms)
                ? Decision.unchanged()
                : Decision.of(new BudgetChanged(key, changed, command.time()));
    }

    private Decision archive(ArchiveBudget command) {
        return isActive()
                ? Decision.of(new BudgetArchived(key, command.time()))
                : Decision.unchanged();
    }

    private Decision report(ReportSpend command) {
        if (!isActive()) {
            return Decision.unchanged();
        }
        List<BudgetEvent> events =
                newlyReached(command.windowStart(), command.spent()).stream()
                        .<BudgetEvent>map(
                                percent ->
                                        new ThresholdReached(
                                                key,
                                                percent,
                                                command.windowStart(),
                                                command.spent(),
                                                terms.limit(),
                                                command.time()))
                        .toList();
        return new Accepted(events);
    }

    /**
     * Thresholds that spend has reached and that were not alerted in the window.
     *
     * @param windowStart the window, as {@link Window#alertStretchAt} names it
     */
    public List<Integer> newlyReached(Instant windowStart, Amount spent) {
        return unreached(windowStart).stream()
                .filter(percent -> Share.hasReached(spent, terms.limit(), percent))
                .toList();
    }

    /** Thresholds that were not alerted in a window. */
    public List<Integer> unreached(Instant windowStart) {
        return terms.thresholdPercents().stream()
                .filter(percent -> !alerts.contains(windowStart, percent))
                .toList();
    }

    private Budget with(Terms newTerms, Status newStatus, Instant time) {
        return new Budget(key, scope, window, newTerms, newStatus, alerts, createTime, time);
    }

    private Budget with(AlertHistory newAlerts) {
        return new Budget(key, scope, window, terms, status, newAlerts, createTime, updateTime);
    }
}
