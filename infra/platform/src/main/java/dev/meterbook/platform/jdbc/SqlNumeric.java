package dev.meterbook.platform.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.postgresql.util.ByteConverter;

/**
 * PostgreSQL's binary form of a number: a head of four 16-bit numbers, then digits to the base of
 * 10,000. The driver's own conversion works with big integers, which costs several times as much
 * for the short amounts that make up nearly all columns.
 */
final class SqlNumeric {

    private static final int BASE = 10_000;
    private static final int DECIMALS_OF_DIGIT = 4;
    private static final int HEAD_BYTES = 4 * Short.BYTES;
    private static final int NEGATIVE = 0x4000;

    /** Decimal digits that fit a long when filled up to whole digits of the base. */
    private static final int MOST_DECIMALS = 15;

    private static final int[] FILL = {1, 1_000, 100, 10};

    private SqlNumeric() {}

    static byte[] bytes(BigDecimal number) {
        int scale = number.scale();
        if (scale < 0 || number.precision() > MOST_DECIMALS) {
            return ByteConverter.numeric(number);
        }
        long unscaled = number.unscaledValue().longValue();
        long digits = Math.abs(unscaled) * FILL[scale % DECIMALS_OF_DIGIT];
        int lastPlace = -Math.ceilDiv(scale, DECIMALS_OF_DIGIT);
        while (digits != 0 && digits % BASE == 0) {
            digits /= BASE;
            lastPlace++;
        }
        return bytes(digits, lastPlace, unscaled < 0 ? NEGATIVE : 0, scale);
    }

    private static byte[] bytes(long digits, int lastPlace, int sign, int scale) {
        int count = count(digits);
        ByteBuffer number =
                ByteBuffer.allocate(HEAD_BYTES + count * Short.BYTES)
                        .putShort((short) count)
                        .putShort((short) (count == 0 ? 0 : lastPlace + count - 1))
                        .putShort((short) sign)
                        .putShort((short) scale);
        long rest = digits;
        for (int i = count - 1; i >= 0; i--) {
            number.putShort(HEAD_BYTES + i * Short.BYTES, (short) (rest % BASE));
            rest /= BASE;
        }
        return number.array();
    }

    private static int count(long digits) {
        int count = 0;
        for (long rest = digits; rest != 0; rest /= BASE) {
            count++;
        }
        return count;
    }
}
