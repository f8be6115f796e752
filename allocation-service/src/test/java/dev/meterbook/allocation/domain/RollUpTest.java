package dev.meterbook.allocation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allocation.domain.Rating.Priced;
import dev.meterbook.allocation.domain.Rating.Unpriced;
import dev.meterbook.allocation.domain.RollUp.Cell;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RollUpTest {

    private static final CurrencyCode EUR = CurrencyCode.of("EUR");
    private static final CallDimensions CHAT =
            new CallDimensions(
                    "acme", "c1", "u1", "research", "chat", "prod", "support", "openai", "gpt-5");
    private static final Tokens TOKENS = new Tokens(100, 40, 10, 20, 5);

    private final RollUp rollUp = new RollUp();

    private static RatedCall call(String occurTime, Rating rating) {
        return new RatedCall(1, Instant.parse(occurTime), CHAT, TOKENS, rating);
    }

    private static Rating usd(String cost, String charge) {
        return new Priced(Money.of(cost, CurrencyCode.USD), Money.of(charge, CurrencyCode.USD));
    }

    private static Cell cell(String hour, String currency) {
        return new Cell(Instant.parse(hour), CHAT, currency);
    }

    private static CostSums sums(
            long calls, long unpriced, Tokens tokens, String cost, String charge) {
        return new CostSums(calls, unpriced, tokens, new BigDecimal(cost), new BigDecimal(charge));
    }

    @Test
    void adds_calls_of_an_hour_up() {
        rollUp.add(RatingKind.INITIAL, call("2026-03-01T10:00:00Z", usd("0.1", "0.12")));
        rollUp.add(RatingKind.INITIAL, call("2026-03-01T10:59:59.999999Z", usd("0.2", "0.24")));

        assertThat(rollUp.cells())
                .containsOnly(
                        java.util.Map.entry(
                                cell("2026-03-01T10:00:00Z", "USD"),
                                sums(2, 0, new Tokens(200, 80, 20, 40, 10), "0.3", "0.36")));
    }

    @Test
    void keeps_hours_apart() {
        rollUp.add(RatingKind.INITIAL, call("2026-02-28T23:59:59.999999Z", usd("1", "2")));
        rollUp.add(RatingKind.INITIAL, call("2026-03-01T00:00:00Z", usd("3", "4")));

        assertThat(rollUp.cells())
                .containsOnlyKeys(
                        cell("2026-02-28T23:00:00Z", "USD"), cell("2026-03-01T00:00:00Z", "USD"));
    }

    @Test
    void keeps_amounts_far_smaller_than_a_cent() {
        for (int i = 0; i < 3; i++) {
            rollUp.add(
                    RatingKind.INITIAL,
                    call("2026-03-01T10:00:00Z", usd("0.0000000001", "0.00000000011")));
        }

        assertThat(rollUp.cells().get(cell("2026-03-01T10:00:00Z", "USD")))
                .isEqualTo(
                        sums(
                                3,
                                0,
                                new Tokens(300, 120, 30, 60, 15),
                                "0.0000000003",
                                "0.00000000033"));
    }

    @Test
    void counts_an_unpriced_call_without_currency() {
        rollUp.add(RatingKind.INITIAL, call("2026-03-01T10:00:00Z", new Unpriced()));

        assertThat(rollUp.cells())
                .containsOnly(
                        java.util.Map.entry(
                                cell("2026-03-01T10:00:00Z", ""), sums(1, 1, TOKENS, "0", "0")));
    }

    @Test
    void moves_a_call_to_the_currency_when_its_price_arrives() {
        rollUp.add(RatingKind.INITIAL, call("2026-03-01T10:00:00Z", new Unpriced()));
        rollUp.add(RatingKind.LATE, call("2026-03-01T10:00:00Z", usd("0.5", "0.6")));

        assertThat(rollUp.cells())
                .containsOnly(
                        java.util.Map.entry(cell("2026-03-01T10:00:00Z", ""), CostSums.NONE),
                        java.util.Map.entry(
                                cell("2026-03-01T10:00:00Z", "USD"),
                                sums(1, 0, TOKENS, "0.5", "0.6")));
    }

    @Test
    void a_late_rating_that_finds_no_price_changes_nothing() {
        rollUp.add(RatingKind.LATE, call("2026-03-01T10:00:00Z", new Unpriced()));

        assertThat(rollUp.cells()).isEmpty();
    }

    @Test
    void a_correction_changes_amounts_only() {
        rollUp.add(RatingKind.INITIAL, call("2026-03-01T10:00:00Z", usd("0.5", "0.6")));
        rollUp.add(RatingKind.CORRECTION, call("2026-03-01T10:00:00Z", usd("-0.1", "-0.12")));

        assertThat(rollUp.cells().get(cell("2026-03-01T10:00:00Z", "USD")))
                .isEqualTo(sums(1, 0, TOKENS, "0.4", "0.48"));
    }

    @Test
    void a_charge_in_another_currency_stands_apart_and_the_call_counts_once() {
        rollUp.add(
                RatingKind.INITIAL,
                call(
                        "2026-03-01T10:00:00Z",
                        new Priced(Money.of("0.5", CurrencyCode.USD), Money.of("0.55", EUR))));

        assertThat(rollUp.cells())
                .containsOnly(
                        java.util.Map.entry(
                                cell("2026-03-01T10:00:00Z", "USD"),
                                sums(1, 0, TOKENS, "0.5", "0")),
                        java.util.Map.entry(
                                cell("2026-03-01T10:00:00Z", "EUR"),
                                sums(0, 0, Tokens.NONE, "0", "0.55")));
    }
}
