package dev.meterbook.kernel;

import java.util.Currency;
import java.util.Optional;

/**
 * A currency of ISO 4217, such as {@code USD}.
 *
 * @param code three capital letters
 * @param minorDigits digits of its smallest unit: 2 for USD, 0 for JPY
 */
public record CurrencyCode(String code, int minorDigits) {

    /** United States dollar. */
    public static final CurrencyCode USD = new CurrencyCode("USD", 2);

    /**
     * Looks a currency up.
     *
     * @return the currency, or empty if ISO 4217 has none of that code, or one without a minor unit
     */
    public static Optional<CurrencyCode> parse(String code) {
        if (code.equals("USD")) {
            return Optional.of(USD);
        }
        try {
            int digits = Currency.getInstance(code).getDefaultFractionDigits();
            return digits < 0 ? Optional.empty() : Optional.of(new CurrencyCode(code, digits));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /**
     * The currency of a code that was checked before, for example one read from our own store.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CurrencyCode of(String code) {
        return parse(code)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "currency: " + code + " (expected: ISO 4217 code)"));
    }

    @Override
    public String toString() {
        return code;
    }
}
