package dev.meterbook.budget.domain;

import dev.meterbook.kernel.Money;

/**
 * What rated calls add to one bucket of a budget.
 *
 * @param spent the amount; each call is rounded up to 15 digits after the point before it is added,
 *     so that the sum does not depend on how calls are grouped
 * @param calls how many calls
 * @param unpricedCalls how many of them have no price yet; negative where prices arrived
 * @param otherCurrencyCalls how many are charged in a currency that the budget does not count
 */
public record Tally(CounterAmount spent, long calls, long unpricedCalls, long otherCurrencyCalls) {

    /** Nothing. */
    public static final Tally NONE = new Tally(CounterAmount.ZERO, 0, 0, 0);

    /** What one call adds to a budget that counts a unit. */
    public static Tally of(Unit unit, RatedCall call) {
        return switch (call.kind()) {
            case INITIAL -> initial(unit, call);
            case LATE -> call.charge().map(charge -> late(unit, charge)).orElse(NONE);
            case CORRECTION ->
                    new Tally(
                            call.charge()
                                    .map(charge -> inUnit(unit, charge))
                                    .orElse(CounterAmount.ZERO),
                            0,
                            0,
                            0);
        };
    }

    private static Tally initial(Unit unit, RatedCall call) {
        CounterAmount spent =
                unit.isTokens()
                        ? CounterAmount.of(call.tokens())
                        : call.charge()
                                .map(charge -> inUnit(unit, charge))
                                .orElse(CounterAmount.ZERO);
        long foreign = call.charge().map(charge -> foreign(unit, charge)).orElse(0L);
        return new Tally(spent, 1, call.charge().isPresent() ? 0 : 1, foreign);
    }

    private static Tally late(Unit unit, Money charge) {
        return new Tally(inUnit(unit, charge), 0, -1, foreign(unit, charge));
    }

    private static CounterAmount inUnit(Unit unit, Money charge) {
        return unit instanceof Unit.Currency(var code) && code.equals(charge.currency())
                ? CounterAmount.ceiling(charge.amount())
                : CounterAmount.ZERO;
    }

    private static long foreign(Unit unit, Money charge) {
        return unit instanceof Unit.Currency(var code) && !code.equals(charge.currency()) ? 1 : 0;
    }

    /** The sum. */
    public Tally plus(Tally other) {
        return new Tally(
                spent.plus(other.spent),
                calls + other.calls,
                unpricedCalls + other.unpricedCalls,
                otherCurrencyCalls + other.otherCurrencyCalls);
    }

    /** True if it changes nothing. */
    public boolean isNothing() {
        return equals(NONE);
    }
}
