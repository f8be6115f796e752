package dev.meterbook.ledger.document;

import dev.meterbook.kernel.Money;
import java.math.RoundingMode;
import java.util.Locale;

/** Amounts that are rounded already, with all digits of the smallest unit: 12.50, not 12.5. */
final class Amounts {

    private Amounts() {}

    /** Without grouping: {@code 1234.50}. */
    static String plain(Money rounded) {
        return rounded.amount()
                .setScale(rounded.currency().minorDigits(), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** With grouping: {@code 1,234.50}. */
    static String grouped(Money rounded) {
        return String.format(
                Locale.ROOT, "%,." + rounded.currency().minorDigits() + "f", rounded.amount());
    }
}
