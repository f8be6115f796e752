package dev.meterbook.budget.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class CounterAmountTest {

    private static CounterAmount ceiling(String value) {
        return CounterAmount.ceiling(new BigDecimal(value));
    }

    @Test
    void holds_fifteen_digits_exactly() {
        assertThat(ceiling("12.000000000000001")).isEqualTo(new CounterAmount(12, 1));
        assertThat(ceiling("12.000000000000001").value())
                .isEqualByComparingTo("12.000000000000001");
    }

    @Test
    void rounds_up_what_is_finer() {
        assertThat(ceiling("0.0000000000000001")).isEqualTo(new CounterAmount(0, 1));
        assertThat(ceiling("-0.0000000000000009")).isEqualTo(CounterAmount.ZERO);
    }

    @Test
    void carries_into_the_units() {
        assertThat(ceiling("0.9999999999999999")).isEqualTo(new CounterAmount(1, 0));
        assertThat(ceiling("0.7").plus(ceiling("0.6")))
                .isEqualTo(new CounterAmount(1, 300_000_000_000_000L));
    }

    @Test
    void a_negative_amount_has_a_fraction_above_its_units() {
        assertThat(ceiling("-0.3")).isEqualTo(new CounterAmount(-1, 700_000_000_000_000L));
        assertThat(ceiling("-0.3").value()).isEqualByComparingTo("-0.3");
    }

    @Test
    void is_cut_far_beyond_every_limit() {
        assertThat(ceiling("9000000000000001"))
                .isEqualTo(new CounterAmount(9_000_000_000_000_000L, 0));
        assertThat(ceiling("-1e30")).isEqualTo(new CounterAmount(-9_000_000_000_000_000L, 0));
    }

    @Test
    void refuses_a_fraction_of_sixteen_digits() {
        assertThatThrownBy(() -> new CounterAmount(0, 1_000_000_000_000_000L))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void sums_exactly(
            @ForAll @BigRange(min = "-4000000000000", max = "4000000000000") @Scale(15)
                    BigDecimal a,
            @ForAll @BigRange(min = "-4000000000000", max = "4000000000000") @Scale(15)
                    BigDecimal b) {
        assertThat(CounterAmount.ceiling(a).plus(CounterAmount.ceiling(b)).value())
                .isEqualByComparingTo(a.add(b));
    }

    @Property
    void is_never_below_and_less_than_one_digit_above(
            @ForAll @BigRange(min = "-1000000", max = "1000000") @Scale(25) BigDecimal value) {
        BigDecimal error = CounterAmount.ceiling(value).value().subtract(value);

        assertThat(error).isBetween(BigDecimal.ZERO, new BigDecimal("1e-15"));
    }
}
