package dev.meterbook.kernel;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Exact decimal numbers as text: the one form in which amounts travel. */
public final class Decimals {

    /** Digits allowed on either side of the decimal point. */
    public static final int MAX_DIGITS = 40;

    private static final Pattern PLAIN =
            Pattern.compile("-?[0-9]{1," + MAX_DIGITS + "}(\\.[0-9]{1," + MAX_DIGITS + "})?");

    private Decimals() {}

    /**
     * Reads a decimal number: an optional minus, digits, an optional point with digits. No
     * exponent, no blanks, at most {@value #MAX_DIGITS} digits on either side of the point.
     *
     * @return the number, or empty if the text is not such a number
     */
    public static Optional<BigDecimal> parse(String text) {
        return PLAIN.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** The shortest text of a number: no exponent, no trailing zeros, "0" for zero. */
    public static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
