package dev.meterbook.budget.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.budget.domain.RatedCall.Kind;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final Unit USD = Unit.currency(CurrencyCode.USD);
    private static final Unit EUR = Unit.currency(CurrencyCode.of("EUR"));

    private static RatedCall call(Kind kind, String charge) {
        Optional<Money> money =
                charge.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Money.of(charge, CurrencyCode.USD));
        return new RatedCall(kind, CallDimensions.builder().build(), Instant.EPOCH, 150, money, "");
    }

    private static Tally tally(String spent, long calls, long unpriced, long foreign) {
        return new Tally(CounterAmount.ceiling(new BigDecimal(spent)), calls, unpriced, foreign);
    }

    @Test
    void b07_a_token_budget_counts_tokens_and_not_calls() {
        assertThat(Tally.of(Unit.tokens(), call(Kind.INITIAL, "0.5")))
                .isEqualTo(tally("150", 1, 0, 0));
    }

    @Test
    void a_currency_budget_counts_the_charge() {
        assertThat(Tally.of(USD, call(Kind.INITIAL, "0.5"))).isEqualTo(tally("0.5", 1, 0, 0));
    }

    @Test
    void another_currency_is_counted_as_such_and_never_as_an_amount() {
        assertThat(Tally.of(EUR, call(Kind.INITIAL, "0.5"))).isEqualTo(tally("0", 1, 0, 1));
    }

    @Test
    void a_call_without_price_is_seen() {
        assertThat(Tally.of(USD, call(Kind.INITIAL, ""))).isEqualTo(tally("0", 1, 1, 0));
        assertThat(Tally.of(Unit.tokens(), call(Kind.INITIAL, "")))
                .isEqualTo(tally("150", 1, 1, 0));
    }

    @Test
    void a_late_price_adds_the_amount_and_no_second_call() {
        assertThat(Tally.of(USD, call(Kind.LATE, "0.42"))).isEqualTo(tally("0.42", 0, -1, 0));
        assertThat(Tally.of(Unit.tokens(), call(Kind.LATE, "0.42")))
                .isEqualTo(tally("0", 0, -1, 0));
    }

    @Test
    void a_correction_adds_the_difference() {
        assertThat(Tally.of(USD, call(Kind.CORRECTION, "-0.1"))).isEqualTo(tally("-0.1", 0, 0, 0));
        assertThat(Tally.of(Unit.tokens(), call(Kind.CORRECTION, "-0.1"))).isEqualTo(Tally.NONE);
    }
}
