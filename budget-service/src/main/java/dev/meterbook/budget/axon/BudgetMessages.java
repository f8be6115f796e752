package dev.meterbook.budget.axon;

import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.Policy;
import dev.meterbook.budget.domain.Scope;
import dev.meterbook.budget.domain.Terms;
import dev.meterbook.budget.domain.Unit;
import dev.meterbook.budget.domain.Window;
import dev.meterbook.budget.domain.Window.CalendarUnit;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.proto.budget.v1.BudgetTerms;
import dev.meterbook.proto.budget.v1.ScopeValue;
import dev.meterbook.proto.budget.v1.WindowKind;
import dev.meterbook.proto.type.v1.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Parts of budgets as messages, the same in events and answers: equal parts have equal bytes. */
public final class BudgetMessages {

    private BudgetMessages() {}

    /** A scope as messages, in order of code. */
    public static List<ScopeValue> toProto(Scope scope) {
        List<ScopeValue> values = new ArrayList<>();
        scope.values()
                .forEach(
                        (dimension, value) ->
                                values.add(
                                        ScopeValue.newBuilder()
                                                .setDimensionValue(dimension.code())
                                                .setValue(value)
                                                .build()));
        return values;
    }

    static Scope scopeFromStored(List<ScopeValue> values) {
        Map<Dimension, String> scope = new EnumMap<>(Dimension.class);
        for (ScopeValue value : values) {
            Dimension dimension =
                    Dimension.ofCode(value.getDimensionValue())
                            .orElseThrow(() -> unknown("dimension", value.getDimensionValue()));
            scope.put(dimension, value.getValue());
        }
        return new Scope(scope);
    }

    /** A window as message. */
    public static dev.meterbook.proto.budget.v1.Window toProto(Window window) {
        var message = dev.meterbook.proto.budget.v1.Window.newBuilder();
        return switch (window) {
            case Window.Calendar(CalendarUnit unit, ZoneId zone) ->
                    message.setKind(kind(unit)).setTimeZone(zone.getId()).build();
            case Window.Rolling(Duration length) ->
                    message.setKind(WindowKind.WINDOW_KIND_ROLLING)
                            .setDuration(
                                    com.google.protobuf.Duration.newBuilder()
                                            .setSeconds(length.toSeconds()))
                            .build();
            case Window.Total(Instant start) ->
                    message.setKind(WindowKind.WINDOW_KIND_TOTAL)
                            .setStartTime(
                                    com.google.protobuf.Timestamp.newBuilder()
                                            .setSeconds(start.getEpochSecond()))
                            .build();
        };
    }

    private static WindowKind kind(CalendarUnit unit) {
        return switch (unit) {
            case HOUR -> WindowKind.WINDOW_KIND_HOUR;
            case DAY -> WindowKind.WINDOW_KIND_DAY;
            case WEEK -> WindowKind.WINDOW_KIND_WEEK;
            case MONTH -> WindowKind.WINDOW_KIND_MONTH;
            case QUARTER -> WindowKind.WINDOW_KIND_QUARTER;
            case YEAR -> WindowKind.WINDOW_KIND_YEAR;
        };
    }

    static Window fromStored(dev.meterbook.proto.budget.v1.Window message) {
        return switch (message.getKind()) {
            case WINDOW_KIND_HOUR -> calendar(CalendarUnit.HOUR, message);
            case WINDOW_KIND_DAY -> calendar(CalendarUnit.DAY, message);
            case WINDOW_KIND_WEEK -> calendar(CalendarUnit.WEEK, message);
            case WINDOW_KIND_MONTH -> calendar(CalendarUnit.MONTH, message);
            case WINDOW_KIND_QUARTER -> calendar(CalendarUnit.QUARTER, message);
            case WINDOW_KIND_YEAR -> calendar(CalendarUnit.YEAR, message);
            case WINDOW_KIND_ROLLING ->
                    new Window.Rolling(Duration.ofSeconds(message.getDuration().getSeconds()));
            case WINDOW_KIND_TOTAL ->
                    new Window.Total(Instant.ofEpochSecond(message.getStartTime().getSeconds()));
            case WINDOW_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw unknown("window", message.getKindValue());
        };
    }

    private static Window calendar(
            CalendarUnit unit, dev.meterbook.proto.budget.v1.Window message) {
        return new Window.Calendar(unit, ZoneId.of(message.getTimeZone()));
    }

    static BudgetTerms toProto(Terms terms) {
        return BudgetTerms.newBuilder()
                .setLimit(toProto(terms.limit()))
                .addAllThresholdPercents(terms.thresholdPercents())
                .setPolicy(toProto(terms.policy()))
                .setDowngradeModel(downgradeModel(terms.policy()))
                .build();
    }

    static Terms fromStored(BudgetTerms message) {
        return new Terms(
                fromStored(message.getLimit()),
                message.getThresholdPercentsList(),
                switch (message.getPolicy()) {
                    case POLICY_WARN -> new Policy.Warn();
                    case POLICY_LOWER_OUTPUT -> new Policy.LowerOutput();
                    case POLICY_DOWNGRADE -> new Policy.Downgrade(message.getDowngradeModel());
                    case POLICY_DENY -> new Policy.Deny();
                    case POLICY_UNSPECIFIED, UNRECOGNIZED ->
                            throw unknown("policy", message.getPolicyValue());
                });
    }

    /** A policy as message. */
    public static dev.meterbook.proto.budget.v1.Policy toProto(Policy policy) {
        return switch (policy) {
            case Policy.Warn _ -> dev.meterbook.proto.budget.v1.Policy.POLICY_WARN;
            case Policy.LowerOutput _ -> dev.meterbook.proto.budget.v1.Policy.POLICY_LOWER_OUTPUT;
            case Policy.Downgrade _ -> dev.meterbook.proto.budget.v1.Policy.POLICY_DOWNGRADE;
            case Policy.Deny _ -> dev.meterbook.proto.budget.v1.Policy.POLICY_DENY;
        };
    }

    /** The cheaper model of a policy; empty if it names none. */
    public static String downgradeModel(Policy policy) {
        return policy instanceof Policy.Downgrade(String model) ? model : "";
    }

    /** An amount as message. */
    public static dev.meterbook.proto.budget.v1.Amount toProto(Amount amount) {
        var message = dev.meterbook.proto.budget.v1.Amount.newBuilder();
        return switch (amount.unit()) {
            case Unit.Tokens _ -> message.setTokens(amount.value().longValueExact()).build();
            case Unit.Currency(CurrencyCode code) ->
                    message.setMoney(
                                    Money.newBuilder()
                                            .setAmount(Decimals.plain(amount.value()))
                                            .setCurrencyCode(code.code()))
                            .build();
        };
    }

    static Amount fromStored(dev.meterbook.proto.budget.v1.Amount message) {
        return switch (message.getUnitCase()) {
            case MONEY ->
                    Amount.of(
                            message.getMoney().getAmount(),
                            CurrencyCode.of(message.getMoney().getCurrencyCode()));
            case TOKENS -> Amount.tokens(message.getTokens());
            case UNIT_NOT_SET -> throw unknown("amount", 0);
        };
    }

    private static IllegalArgumentException unknown(String field, int code) {
        return new IllegalArgumentException(field + ": " + code + " (expected: a known code)");
    }
}
