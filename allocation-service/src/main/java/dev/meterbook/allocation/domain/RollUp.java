package dev.meterbook.allocation.domain;

import dev.meterbook.allocation.domain.Rating.Priced;
import dev.meterbook.allocation.domain.Rating.Unpriced;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds calls up by hour, dimensions and currency. What is in here is a difference, to be added to
 * what was rolled up before; it does not depend on the order or the batches in which calls come.
 *
 * <p>A call is counted where its cost's currency is. Calls without a price have no currency; when a
 * price arrives, the call moves from there to the currency, as if the price had been there at
 * first. So each rated call is counted exactly once at any time. Not safe for use by several
 * threads.
 */
public final class RollUp {

    /** Stands for the currency where there is no price. */
    public static final String NO_CURRENCY = "";

    private final Map<Cell, CostSums> cells = new HashMap<>();

    /**
     * Where sums are kept.
     *
     * @param hour start of the hour, UTC
     * @param dimensions who made the calls
     * @param currency ISO 4217 code, or {@link #NO_CURRENCY}
     */
    public record Cell(Instant hour, CallDimensions dimensions, String currency) {}

    /**
     * Adds a call.
     *
     * @param kind why it was rated
     * @param call the call, with the cost center that takes it
     */
    public void add(RatingKind kind, RatedCall call) {
        switch (call.rating()) {
            case Priced priced -> addPriced(kind, call, priced);
            case Unpriced _ -> addUnpriced(kind, call);
        }
    }

    /** The sums so far; a view. */
    public Map<Cell, CostSums> cells() {
        return Collections.unmodifiableMap(cells);
    }

    private void addPriced(RatingKind kind, RatedCall call, Priced priced) {
        switch (kind) {
            case INITIAL -> addAmounts(call, priced, CostSums.ofPricedCall(call.tokens()));
            case LATE -> {
                add(call, NO_CURRENCY, CostSums.withoutUnpricedCall(call.tokens()));
                addAmounts(call, priced, CostSums.ofPricedCall(call.tokens()));
            }
            case CORRECTION -> addAmounts(call, priced, CostSums.NONE);
        }
    }

    /** Counts go where the cost is; a charge in another currency has a cell of its own. */
    private void addAmounts(RatedCall call, Priced priced, CostSums counts) {
        Money cost = priced.billedCost();
        Money charge = priced.charge();
        if (cost.currency().equals(charge.currency())) {
            CostSums sums = counts.withAmounts(cost.amount(), charge.amount());
            add(call, cost.currency().code(), sums);
        } else {
            CostSums costSums = counts.withAmounts(cost.amount(), BigDecimal.ZERO);
            add(call, cost.currency().code(), costSums);
            CostSums chargeSums = CostSums.NONE.withAmounts(BigDecimal.ZERO, charge.amount());
            add(call, charge.currency().code(), chargeSums);
        }
    }

    /** Only a first rating finds out that a call has no price; the others then change nothing. */
    private void addUnpriced(RatingKind kind, RatedCall call) {
        switch (kind) {
            case INITIAL -> add(call, NO_CURRENCY, CostSums.ofUnpricedCall(call.tokens()));
            case LATE, CORRECTION -> {}
        }
    }

    private void add(RatedCall call, String currency, CostSums sums) {
        cells.merge(
                new Cell(
                        call.occurTime().truncatedTo(ChronoUnit.HOURS),
                        call.dimensions(),
                        currency),
                sums,
                CostSums::plus);
    }
}
