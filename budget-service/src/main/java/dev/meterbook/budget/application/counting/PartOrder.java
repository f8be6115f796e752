package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.admission.HoldName;
import java.util.List;

/**
 * What the part of an event changes that was set aside when its event was counted.
 *
 * @param position the event's place in the rating log
 * @param tenantId whose part it is; empty for the whole event
 * @param bookPosition place in the budgets' log up to which the budgets were known that are charged
 * @param increments what is added
 * @param settled holds whose calls have a price
 * @param awaitingPrice holds whose calls have none yet
 */
public record PartOrder(
        long position,
        String tenantId,
        long bookPosition,
        List<Increment> increments,
        List<HoldName> settled,
        List<HoldName> awaitingPrice) {

    /** Takes copies. */
    public PartOrder {
        increments = List.copyOf(increments);
        settled = List.copyOf(settled);
        awaitingPrice = List.copyOf(awaitingPrice);
    }
}
