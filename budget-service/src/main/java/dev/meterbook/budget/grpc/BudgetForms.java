package dev.meterbook.budget.grpc;

import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetCommand.ChangeBudget;
import dev.meterbook.budget.domain.BudgetCommand.DefineBudget;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.CounterAmount;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.budget.domain.Scope;
import dev.meterbook.budget.domain.Terms;
import dev.meterbook.budget.domain.TermsChange;
import dev.meterbook.budget.domain.Window;
import dev.meterbook.budget.domain.Window.CalendarUnit;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.budget.v1.CreateBudgetRequest;
import dev.meterbook.proto.budget.v1.ScopeValue;
import dev.meterbook.proto.budget.v1.UpdateBudgetRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests about budgets, read field by field. */
final class BudgetForms {

    private static final String LIMIT = "limit";
    private static final String THRESHOLDS = "threshold_percents";
    private static final String POLICY = "policy";
    private static final String DOWNGRADE_MODEL = "downgrade_model";
    private static final Set<String> CHANGEABLE =
            Set.of(LIMIT, THRESHOLDS, POLICY, DOWNGRADE_MODEL);

    private BudgetForms() {}

    static DefineBudget define(CreateBudgetRequest request, Instant now) {
        String id = request.getBudgetId();
        BudgetKey key = Names.budget("budget_id", request.getParent() + "/budgets/" + id);
        var budget = request.getBudget();
        Instant time = now.truncatedTo(ChronoUnit.MICROS);
        return new DefineBudget(
                key,
                scope(key, budget.getScopeList()),
                window(budget.getWindow(), time),
                new Terms(
                        limit(budget.getLimit()),
                        thresholds(budget.getThresholdPercentsList()),
                        policy(budget)),
                time);
    }

    static ChangeBudget change(UpdateBudgetRequest request, Instant now) {
        var budget = request.getBudget();
        BudgetKey key = Names.budget("budget.name", budget.getName());
        Set<String> mask = mask(request.getUpdateMask().getPathsList());
        boolean policy = mask.contains(POLICY) || mask.contains(DOWNGRADE_MODEL);
        return new ChangeBudget(
                key,
                new TermsChange(
                        mask.contains(LIMIT)
                                ? Optional.of(limit(budget.getLimit()))
                                : Optional.empty(),
                        mask.contains(THRESHOLDS)
                                ? Optional.of(thresholds(budget.getThresholdPercentsList()))
                                : Optional.empty(),
                        policy ? Optional.of(policy(budget)) : Optional.empty()),
                now.truncatedTo(ChronoUnit.MICROS));
    }

    private static Set<String> mask(List<String> paths) {
        if (paths.isEmpty() || paths.equals(List.of("*"))) {
            return CHANGEABLE;
        }
        for (String path : paths) {
            if (!CHANGEABLE.contains(path)) {
                throw Refusal.invalid(
                        "IMMUTABLE_FIELD",
                        "update_mask",
                        path,
                        "limit, threshold_percents, policy");
            }
        }
        return new HashSet<>(paths);
    }

    private static Scope scope(BudgetKey key, List<ScopeValue> values) {
        Map<Dimension, String> scope = new EnumMap<>(Dimension.class);
        for (int i = 0; i < values.size(); i++) {
            String field = "budget.scope[" + i + "]";
            ScopeValue value = values.get(i);
            Dimension dimension = dimension(key, field, value);
            String checked = Checks.model(field + ".value", value.getValue());
            if (scope.put(dimension, checked) != null) {
                throw Refusal.invalid(
                        "DUPLICATE_DIMENSION",
                        field + ".dimension",
                        dimension.name(),
                        "each dimension once");
            }
        }
        return new Scope(scope);
    }

    private static Dimension dimension(BudgetKey key, String field, ScopeValue value) {
        return Dimension.ofCode(value.getDimensionValue())
                .filter(dimension -> key.isOperators() || dimension != Dimension.TENANT)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "INVALID_DIMENSION",
                                        field + ".dimension",
                                        value.getDimension().name(),
                                        key.isOperators()
                                                ? "a dimension"
                                                : "a dimension other than the tenant"));
    }

    private static Window window(dev.meterbook.proto.budget.v1.Window window, Instant now) {
        return switch (window.getKind()) {
            case WINDOW_KIND_HOUR -> calendar(CalendarUnit.HOUR, window);
            case WINDOW_KIND_DAY -> calendar(CalendarUnit.DAY, window);
            case WINDOW_KIND_WEEK -> calendar(CalendarUnit.WEEK, window);
            case WINDOW_KIND_MONTH -> calendar(CalendarUnit.MONTH, window);
            case WINDOW_KIND_QUARTER -> calendar(CalendarUnit.QUARTER, window);
            case WINDOW_KIND_YEAR -> calendar(CalendarUnit.YEAR, window);
            case WINDOW_KIND_ROLLING -> rolling(window);
            case WINDOW_KIND_TOTAL -> total(window, now);
            case WINDOW_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw Refusal.invalid(
                            "INVALID_WINDOW",
                            "budget.window.kind",
                            window.getKind().name(),
                            "HOUR, DAY, WEEK, MONTH, QUARTER, YEAR, ROLLING or TOTAL");
        };
    }

    private static Window calendar(CalendarUnit unit, dev.meterbook.proto.budget.v1.Window window) {
        refuseIf(window.hasDuration(), "budget.window.duration", "none for a calendar window");
        refuseIf(window.hasStartTime(), "budget.window.start_time", "none for a calendar window");
        String zone = window.getTimeZone().isEmpty() ? "UTC" : window.getTimeZone();
        try {
            return new Window.Calendar(unit, ZoneId.of(zone));
        } catch (DateTimeException unknown) {
            throw Refusal.invalid(
                    "INVALID_TIME_ZONE",
                    "budget.window.time_zone",
                    zone,
                    "IANA name such as Europe/Berlin");
        }
    }

    private static Window rolling(dev.meterbook.proto.budget.v1.Window window) {
        refuseIf(!window.getTimeZone().isEmpty(), "budget.window.time_zone", "none if rolling");
        refuseIf(window.hasStartTime(), "budget.window.start_time", "none if rolling");
        Duration length =
                Checks.wholeSeconds(
                        "budget.window.duration",
                        window.getDuration(),
                        Duration.ofMinutes(1),
                        Window.MAX_ROLLING);
        if (length.toSecondsPart() != 0) {
            throw Refusal.invalid(
                    "INVALID_DURATION",
                    "budget.window.duration",
                    length.toSeconds() + "s",
                    "whole minutes");
        }
        return new Window.Rolling(length);
    }

    private static Window total(dev.meterbook.proto.budget.v1.Window window, Instant now) {
        refuseIf(!window.getTimeZone().isEmpty(), "budget.window.time_zone", "none for a total");
        refuseIf(window.hasDuration(), "budget.window.duration", "none for a total");
        Instant start =
                window.hasStartTime()
                        ? Checks.moment("budget.window.start_time", window.getStartTime())
                        : now;
        return new Window.Total(start.truncatedTo(ChronoUnit.SECONDS));
    }

    private static void refuseIf(boolean given, String field, String expected) {
        if (given) {
            throw Refusal.invalid("INVALID_WINDOW", field, "given", expected);
        }
    }

    private static Amount limit(dev.meterbook.proto.budget.v1.Amount limit) {
        return switch (limit.getUnitCase()) {
            case MONEY ->
                    Amount.of(
                            Checks.money(
                                    "budget.limit.money",
                                    limit.getMoney(),
                                    CounterAmount.SCALE,
                                    Budget.LIMIT_BELOW));
            case TOKENS ->
                    Amount.tokens(
                            Checks.between(
                                    "budget.limit.tokens",
                                    limit.getTokens(),
                                    0,
                                    Budget.LIMIT_BELOW - 1));
            case UNIT_NOT_SET ->
                    throw Refusal.invalid("LIMIT_MISSING", "budget.limit", "", "money or tokens");
        };
    }

    private static List<Integer> thresholds(List<Integer> percents) {
        if (percents.size() > Budget.MAX_THRESHOLDS) {
            throw Refusal.invalid(
                    "TOO_MANY_THRESHOLDS",
                    "budget.threshold_percents",
                    Integer.toString(percents.size()),
                    "at most " + Budget.MAX_THRESHOLDS);
        }
        int before = 0;
        for (int percent : percents) {
            if (percent <= before || percent > Budget.MAX_THRESHOLD_PERCENT) {
                throw Refusal.invalid(
                        "INVALID_THRESHOLD",
                        "budget.threshold_percents",
                        Integer.toString(percent),
                        "1 to " + Budget.MAX_THRESHOLD_PERCENT + ", ascending");
            }
            before = percent;
        }
        return List.copyOf(percents);
    }

    private static Policy policy(dev.meterbook.proto.budget.v1.Budget budget) {
        boolean downgrades =
                budget.getPolicy() == dev.meterbook.proto.budget.v1.Policy.POLICY_DOWNGRADE;
        if (!downgrades && !budget.getDowngradeModel().isEmpty()) {
            throw Refusal.invalid(
                    "INVALID_POLICY",
                    "budget.downgrade_model",
                    budget.getDowngradeModel(),
                    "empty unless the policy is POLICY_DOWNGRADE");
        }
        return switch (budget.getPolicy()) {
            case POLICY_WARN -> new Policy.Warn();
            case POLICY_LOWER_OUTPUT -> new Policy.LowerOutput();
            case POLICY_DOWNGRADE ->
                    new Policy.Downgrade(
                            Checks.model("budget.downgrade_model", budget.getDowngradeModel()));
            case POLICY_DENY -> new Policy.Deny();
            case POLICY_UNSPECIFIED, UNRECOGNIZED ->
                    throw Refusal.invalid(
                            "INVALID_POLICY",
                            "budget.policy",
                            budget.getPolicy().name(),
                            "WARN, LOWER_OUTPUT, DOWNGRADE or DENY");
        };
    }
}
