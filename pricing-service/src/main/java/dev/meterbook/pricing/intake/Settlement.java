package dev.meterbook.pricing.intake;

import dev.meterbook.pricing.domain.TermOwner;
import dev.meterbook.pricing.projection.spend.Settled;
import java.math.BigDecimal;

/**
 * What a settlement of a period adds to the ones before.
 *
 * @param total what is settled with it: what the term owes altogether for the period
 * @param spend what the calls of the period came to
 * @param amount what it adds, never 0
 */
public record Settlement(Settled total, BigDecimal spend, BigDecimal amount) {

    /** Its place among others: contracts by id, then tenants. */
    public String place() {
        String owner = total.key().owner();
        return String.join(
                "/",
                TermOwner.isPlan(owner) ? "1" : "0",
                owner,
                total.key().term(),
                total.key().currency().code(),
                Long.toString(total.key().periodStartMicros()));
    }
}
