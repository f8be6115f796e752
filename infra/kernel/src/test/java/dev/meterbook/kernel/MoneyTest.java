package dev.meterbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class MoneyTest {

    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final CurrencyCode JPY = CurrencyCode.of("JPY");

    @Test
    void keeps_a_charge_far_smaller_than_a_cent() {
        Money one = Money.of("0.000000000000000000000000125", EUR);

        assertThat(one.plus(one).plainAmount()).isEqualTo("0.00000000000000000000000025");
    }

    @Test
    void is_equal_when_the_value_is_whatever_the_scale() {
        assertThat(Money.of("5.90", EUR)).isEqualTo(Money.of("5.9", EUR));
        assertThat(Money.of("0.000", EUR)).isEqualTo(Money.zero(EUR));
        assertThat(new Money(new BigDecimal("1E+3"), EUR).plainAmount()).isEqualTo("1000");
    }

    @Test
    void rounds_to_the_minor_unit_half_away_from_zero() {
        assertThat(Money.of("1.005", EUR).roundedToMinorUnit()).isEqualTo(Money.of("1.01", EUR));
        assertThat(Money.of("-1.005", EUR).roundedToMinorUnit()).isEqualTo(Money.of("-1.01", EUR));
        assertThat(Money.of("1.0049999", EUR).roundedToMinorUnit()).isEqualTo(Money.of("1", EUR));
        assertThat(Money.of("0.5", JPY).roundedToMinorUnit()).isEqualTo(Money.of("1", JPY));
    }

    @Test
    void refuses_to_mix_currencies() {
        assertThatThrownBy(() -> Money.of("1", EUR).plus(Money.of("1", JPY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("currency: JPY (expected: EUR)");
    }

    @Test
    void refuses_text_that_is_not_a_plain_number() {
        for (String text :
                List.of("", "1e3", "1E-9", " 1", "+1", "1.", ".5", "NaN", "1,5", "1".repeat(41))) {
            assertThat(Decimals.parse(text)).as(text).isEmpty();
        }
        assertThat(Decimals.parse("-12.50")).contains(new BigDecimal("-12.50"));
    }

    @Test
    void knows_the_minor_units_of_iso_4217() {
        assertThat(CurrencyCode.of("USD").minorDigits()).isEqualTo(2);
        assertThat(JPY.minorDigits()).isEqualTo(0);
        assertThat(CurrencyCode.of("KWD").minorDigits()).isEqualTo(3);
        assertThat(CurrencyCode.parse("XXX")).isEmpty();
        assertThat(CurrencyCode.parse("usd")).isEmpty();
        assertThat(CurrencyCode.parse("")).isEmpty();
    }

    @Property
    void plain_text_gives_the_same_value_back(
            @ForAll @BigRange(min = "-1000000000000", max = "1000000000000") @Scale(20)
                    BigDecimal number) {
        assertThat(Decimals.parse(Decimals.plain(number)).orElseThrow())
                .isEqualByComparingTo(number);
    }
}
