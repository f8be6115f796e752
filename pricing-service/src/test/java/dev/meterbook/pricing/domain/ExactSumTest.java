package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class ExactSumTest {

    /** Units at a price; some too large or too fine for a long. */
    record Product(BigDecimal price, long quantity) {}

    @Property
    void isTheSumOfBigDecimalToTheLastDigit(@ForAll("products") List<Product> products) {
        ExactSum sum = new ExactSum();
        BigDecimal expected = BigDecimal.ZERO;
        for (Product each : products) {
            sum.add(new UnitAmount(each.price), each.quantity);
            expected = expected.add(each.price.multiply(BigDecimal.valueOf(each.quantity)));
        }
        assertThat(sum.total()).isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<Product>> products() {
        Arbitrary<BigInteger> digits =
                Arbitraries.frequencyOf(
                        List.of(
                                Tuple.of(
                                        3,
                                        Arbitraries.bigIntegers()
                                                .between(
                                                        BigInteger.valueOf(-2_000_000),
                                                        BigInteger.valueOf(2_000_000))),
                                Tuple.of(
                                        1,
                                        Arbitraries.bigIntegers()
                                                .between(
                                                        BigInteger.TEN.pow(25).negate(),
                                                        BigInteger.TEN.pow(25)))));
        Arbitrary<BigDecimal> prices =
                Combinators.combine(digits, Arbitraries.integers().between(0, 24))
                        .as(BigDecimal::new);
        Arbitrary<Long> quantities =
                Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.longs().between(Long.MIN_VALUE, Long.MAX_VALUE));
        return Combinators.combine(prices, quantities).as(Product::new).list().ofMaxSize(8);
    }

    @Test
    void goesOnWhereLongsEnd() {
        ExactSum sum = new ExactSum();
        sum.add(new UnitAmount(new BigDecimal("9223372036854775807")), 1);
        sum.add(new UnitAmount(new BigDecimal("0.000000000000000001")), 3);
        sum.add(new UnitAmount(BigDecimal.ONE), Long.MAX_VALUE);
        assertThat(sum.total())
                .isEqualTo(new BigDecimal("18446744073709551614.000000000000000003"));
    }

    @Test
    void keepsTheDigitsOfTheFinestPrice() {
        ExactSum sum = new ExactSum();
        sum.add(new UnitAmount(new BigDecimal("0.00000125")), 1020);
        sum.add(new UnitAmount(new BigDecimal("0.5")), 2);
        assertThat(sum.total()).isEqualTo(new BigDecimal("1.00127500"));
    }

    @Test
    void nothingComesToZero() {
        assertThat(new ExactSum().total()).isEqualTo(BigDecimal.ZERO);
    }
}
