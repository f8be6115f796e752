package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;

/** Something off an amount. */
public sealed interface Discount {

    /**
     * A share of the amount.
     *
     * @param percent 0 to 100
     */
    record Percent(BigDecimal percent) implements Discount {}

    /**
     * A fixed amount.
     *
     * @param off from 0
     */
    record Fixed(BigDecimal off) implements Discount {}

    /** What comes off: rounded to the minor unit, never more than the amount. */
    default BigDecimal off(BigDecimal amount, CurrencyCode currency) {
        BigDecimal exact =
                switch (this) {
                    case Percent share -> MoneyRounding.percentOf(amount, share.percent());
                    case Fixed fixed -> fixed.off();
                };
        return MoneyRounding.HALF_UP.round(exact, currency).min(amount);
    }
}
