package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.admission.HoldName;
import java.util.List;

/**
 * What some calls, following one another in the rating log, change.
 *
 * @param from the progress before them; it must be the present one
 * @param to the progress behind them
 * @param bookPosition place in the budgets' log up to which the budgets were known that are charged
 * @param increments what is added
 * @param settled holds whose calls have a price
 * @param awaitingPrice holds whose calls have none yet
 */
public record SettleOrder(
        Progress from,
        Progress to,
        long bookPosition,
        List<Increment> increments,
        List<HoldName> settled,
        List<HoldName> awaitingPrice) {

    /** Takes copies. */
    public SettleOrder {
        increments = List.copyOf(increments);
        settled = List.copyOf(settled);
        awaitingPrice = List.copyOf(awaitingPrice);
    }
}
