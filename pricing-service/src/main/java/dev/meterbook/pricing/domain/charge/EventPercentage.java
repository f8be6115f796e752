package dev.meterbook.pricing.domain.charge;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A share of the money that each event moves, and a fee for each. Events are free in their order
 * until the first allowance is used up; of the event that uses up the quantity the rest is paid.
 *
 * @param ratePercent of an event's quantity
 * @param feePerEvent on top, for each paid event
 * @param freeEvents how many events are free; none if only the quantity counts
 * @param freeQuantity how much is free; none if only the events count
 * @param minimumPerEvent what a paid event owes at least; none for no limit
 * @param maximumPerEvent what a paid event owes at most; none for no limit
 */
public record EventPercentage(
        BigDecimal ratePercent,
        BigDecimal feePerEvent,
        @Nullable BigDecimal freeEvents,
        @Nullable BigDecimal freeQuantity,
        @Nullable BigDecimal minimumPerEvent,
        @Nullable BigDecimal maximumPerEvent) {

    /** What events owe together, in their order. */
    public BigDecimal amount(List<BigDecimal> events) {
        BigDecimal amount = BigDecimal.ZERO;
        BigDecimal used = BigDecimal.ZERO;
        boolean free = freeEvents != null || freeQuantity != null;
        for (int i = 0; i < events.size(); i++) {
            BigDecimal event = events.get(i);
            used = used.add(event);
            BigDecimal beyond =
                    freeQuantity == null ? BigDecimal.ZERO : used.subtract(freeQuantity);
            boolean stillFree = free && hasFreeEvents(i + 1) && beyond.signum() <= 0;
            if (!stillFree) {
                boolean inPart = free && hasFreeEvents(i + 1);
                amount = amount.add(ofPaid(inPart ? beyond.min(event) : event));
            }
            free = stillFree;
        }
        return amount;
    }

    private boolean hasFreeEvents(int count) {
        return freeEvents == null || BigDecimal.valueOf(count).compareTo(freeEvents) <= 0;
    }

    private BigDecimal ofPaid(BigDecimal quantity) {
        BigDecimal amount = MoneyRounding.percentOf(quantity, ratePercent).add(feePerEvent);
        BigDecimal raised = minimumPerEvent == null ? amount : amount.max(minimumPerEvent);
        return maximumPerEvent == null ? raised : raised.min(maximumPerEvent);
    }
}
