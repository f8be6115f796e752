package dev.meterbook.gateway.domain;

import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;

/** Amounts and counts as people read them. What is shown is rounded; what is booked never is. */
public final class Amounts {

    /** Digits after the point in tables, so that small charges can be told apart. */
    private static final int TABLE_DIGITS = 4;

    private static final int FULL_DIGITS = 2;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Amounts() {}

    /** With two digits, for headlines: {@code $1,234.57}; smaller than that: {@code <$0.01}. */
    public static String headline(Money money) {
        return shown(money, FULL_DIGITS);
    }

    /** With four digits, for tables: {@code $0.0125}. */
    public static String inTable(Money money) {
        return shown(money, TABLE_DIGITS);
    }

    /** With all digits, at least two: {@code $0.000125}. */
    public static String exact(Money money) {
        int scale = Math.max(FULL_DIGITS, money.amount().scale());
        return symbol(money)
                + grouped(money.amount().abs().setScale(scale, RoundingMode.UNNECESSARY));
    }

    /** A count with separators: {@code 40,421,844}. */
    public static String count(long number) {
        return String.format(Locale.US, "%,d", number);
    }

    /** A large count in short: {@code 40.4 M}; exact up to 9,999. */
    public static String brief(long number) {
        long size = Math.abs(number);
        if (size < 10_000) {
            return count(number);
        }
        if (size < 1_000_000) {
            return tenths(number, 1_000) + " k";
        }
        return size < 1_000_000_000L
                ? tenths(number, 1_000_000) + " M"
                : tenths(number, 1_000_000_000L) + " B";
    }

    /**
     * A part of a whole in percent with one digit: {@code 12.5 %}; a dash where there is no whole.
     */
    public static String percent(BigDecimal part, BigDecimal whole) {
        if (whole.signum() == 0) {
            return "–";
        }
        BigDecimal percent = part.multiply(HUNDRED).divide(whole, 1, RoundingMode.HALF_EVEN);
        return percent.toPlainString() + " %";
    }

    /** A part of a whole in whole percent from 0 to 100, for the length of a bar. */
    public static int bar(BigDecimal part, BigDecimal whole) {
        if (whole.signum() <= 0 || part.signum() <= 0) {
            return 0;
        }
        BigDecimal percent = part.multiply(HUNDRED).divide(whole, 0, RoundingMode.HALF_EVEN);
        return percent.min(HUNDRED).intValueExact();
    }

    private static String shown(Money money, int digits) {
        BigDecimal amount = money.amount();
        BigDecimal rounded = amount.setScale(digits, RoundingMode.HALF_EVEN);
        if (rounded.signum() == 0 && amount.signum() > 0) {
            return "<" + symbol(money) + BigDecimal.ONE.movePointLeft(digits).toPlainString();
        }
        return symbol(money) + grouped(rounded.abs());
    }

    private static String symbol(Money money) {
        String code = money.currency().code();
        String symbol = Currency.getInstance(code).getSymbol(Locale.US);
        String sign = money.amount().signum() < 0 ? "−" : "";
        return sign + (symbol.length() == 1 ? symbol : code + " ");
    }

    private static String grouped(BigDecimal amount) {
        String plain = amount.toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        var text = new StringBuilder(whole);
        for (int i = whole.length() - 3; i > 0; i -= 3) {
            text.insert(i, ',');
        }
        return point < 0 ? text.toString() : text + plain.substring(point);
    }

    private static String tenths(long number, long unit) {
        return BigDecimal.valueOf(number)
                .divide(BigDecimal.valueOf(unit), 1, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
