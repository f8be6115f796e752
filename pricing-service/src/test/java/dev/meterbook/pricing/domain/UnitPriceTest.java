package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.Leaf;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitPriceTest {

    private static UnitPrice price(String amount, long per) {
        return new UnitPrice(
                new LeafPrice(Leaf.INPUT, new BigDecimal(amount), per, 0), BigDecimal.ONE);
    }

    @ParameterizedTest
    @CsvSource({
        "1.25, 1000000, 1,   0.00000125",
        "1.25, 1000000, 800, 0.001",
        "3,    1024,    1,   0.0029296875",
        "1,    3,       1,   0.33333333333333333333",
        "2,    3,       1,   0.66666666666666666667",
        "1,    3,       6,   2",
        "3,    3,       1,   1",
        "0.5,  60000,   90000, 0.75",
        "0,    7,       5,   0",
    })
    void multiplies_first_and_divides_exactly_where_it_can(
            String amount, long per, long quantity, String expected) {
        assertThat(price(amount, per).amountOf(quantity)).isEqualByComparingTo(expected);
    }

    @Test
    void an_endless_division_is_rounded_half_to_even_at_twenty_digits() {
        assertThat(price("0.00000000000000000005", 3).amountOf(3))
                .isEqualByComparingTo("0.00000000000000000005");
        assertThat(UnitPrice.divided(new BigDecimal("0.00000000000000000001"), 6))
                .isEqualByComparingTo("0");
        assertThat(UnitPrice.divided(new BigDecimal("1"), 7))
                .isEqualByComparingTo("0.14285714285714285714");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "10, 1", "1000000, 6", "1024, 10", "3, 0", "60000, 5", "15625, 6"})
    void knows_how_many_digits_a_division_adds(long per, int digits) {
        assertThat(UnitPrice.digitsAdded(per)).isEqualTo(digits);
    }
}
