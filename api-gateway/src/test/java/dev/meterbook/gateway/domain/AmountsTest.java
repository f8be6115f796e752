package dev.meterbook.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class AmountsTest {

    @Test
    void shows_amounts_as_finely_as_the_place_needs() {
        assertThat(Amounts.headline(usd("1234.5678"))).isEqualTo("$1,234.57");
        assertThat(Amounts.headline(usd("1234567"))).isEqualTo("$1,234,567.00");
        assertThat(Amounts.inTable(usd("0.012345"))).isEqualTo("$0.0123");
        assertThat(Amounts.exact(usd("0.000000125"))).isEqualTo("$0.000000125");
        assertThat(Amounts.exact(usd("3"))).isEqualTo("$3.00");
    }

    @Test
    void never_shows_a_small_charge_as_nothing() {
        assertThat(Amounts.headline(usd("0.0004"))).isEqualTo("<$0.01");
        assertThat(Amounts.inTable(usd("0.00000004"))).isEqualTo("<$0.0001");
        assertThat(Amounts.headline(usd("0"))).isEqualTo("$0.00");
    }

    @Test
    void shows_negative_amounts_and_other_currencies() {
        assertThat(Amounts.exact(usd("-1234.5"))).isEqualTo("−$1,234.50");
        assertThat(Amounts.headline(Money.of("7.125", CurrencyCode.of("EUR")))).isEqualTo("€7.12");
        assertThat(Amounts.headline(Money.of("7", CurrencyCode.of("CHF")))).isEqualTo("CHF 7.00");
    }

    @Test
    void keeps_every_digit_of_a_large_exact_amount() {
        assertThat(Amounts.exact(usd("12345678901234567890.123456789012345678")))
                .isEqualTo("$12,345,678,901,234,567,890.123456789012345678");
    }

    @Test
    void shortens_large_counts() {
        assertThat(Amounts.brief(9_999)).isEqualTo("9,999");
        assertThat(Amounts.brief(12_345)).isEqualTo("12.3 k");
        assertThat(Amounts.brief(40_421_844)).isEqualTo("40.4 M");
        assertThat(Amounts.brief(7_250_000_000L)).isEqualTo("7.2 B");
        assertThat(Amounts.count(40_421_844)).isEqualTo("40,421,844");
    }

    @Test
    void tells_shares() {
        assertThat(Amounts.percent(new BigDecimal("1"), new BigDecimal("3"))).isEqualTo("33.3 %");
        assertThat(Amounts.percent(BigDecimal.ONE, BigDecimal.ZERO)).isEqualTo("–");
        assertThat(Amounts.bar(new BigDecimal("1"), new BigDecimal("3"))).isEqualTo(33);
        assertThat(Amounts.bar(new BigDecimal("5"), new BigDecimal("3"))).isEqualTo(100);
        assertThat(Amounts.bar(new BigDecimal("-5"), new BigDecimal("3"))).isZero();
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.USD);
    }
}
