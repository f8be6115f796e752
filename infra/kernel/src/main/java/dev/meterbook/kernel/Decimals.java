package dev.meterbook.kernel;

import java.math.BigDecimal;
import java.util.Optional;

/** Exact decimal numbers as text: the one form in which amounts travel. */
public final class Decimals {

    /** Digits allowed on either side of the decimal point. */
    public static final int MAX_DIGITS = 40;

    private Decimals() {}

    /**
     * Reads a decimal number: an optional minus, digits, an optional point with digits. No
     * exponent, no blanks, at most {@value #MAX_DIGITS} digits on either side of the point.
     *
     * @return the number, or empty if the text is not such a number
     */
    public static Optional<BigDecimal> parse(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        boolean plain =
                point < 0
                        ? areDigits(text, start, text.length())
                        : areDigits(text, start, point)
                                && areDigits(text, point + 1, text.length());
        return plain ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static boolean areDigits(String text, int from, int to) {
        if (to <= from || to - from > MAX_DIGITS) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The shortest text of a number: no exponent, no trailing zeros, "0" for zero. */
    public static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
