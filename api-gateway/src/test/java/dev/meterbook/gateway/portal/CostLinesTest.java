package dev.meterbook.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.gateway.backend.CostQuery;
import dev.meterbook.gateway.backend.Sums;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostLinesTest {

    private static final Instant TIME = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void counts_unpriced_calls_in_the_line_of_the_priced_ones() {
        CostQuery.Row priced = row(100, 0, "12.5", "10");
        CostQuery.Row unpriced = row(3, 3, "", "");

        List<CostQuery.Row> folded = CostLines.withUnpricedFolded(List.of(unpriced, priced));
        CostLines.Line line = CostLines.line(folded.getFirst(), List.of(priced.sums()), "", true);

        assertThat(folded).hasSize(1);
        assertThat(line.calls()).isEqualTo("103");
        assertThat(line.unpriced()).isEqualTo("3");
        assertThat(line.charge()).isEqualTo("$12.5000");
        assertThat(line.margin()).isEqualTo("$2.5000");
        assertThat(line.marginPercent()).isEqualTo("20.0 %");
        assertThat(CostLines.withUnpricedFolded(List.of(unpriced))).containsExactly(unpriced);
    }

    @Test
    void holds_no_cost_where_it_may_not_be_shown() {
        CostQuery.Row row = row(100, 0, "12.5", "10");

        CostLines.Line line = CostLines.line(row, List.of(row.sums()), "", false);
        CostLines.Figures figures = CostLines.figures(List.of(row.sums()), false);

        assertThat(List.of(line.cost(), line.margin(), line.marginPercent())).containsOnly("");
        assertThat(List.of(figures.cost(), figures.margin(), figures.marginPercent()))
                .containsOnly("");
        assertThat(line.share()).isEqualTo("100.0 %");
    }

    @Test
    void shows_amounts_of_several_currencies_side_by_side() {
        Sums dollars = row(1, 0, "12.5", "10").sums();
        Sums euros =
                new Sums(
                        1,
                        0,
                        0,
                        0,
                        0,
                        Optional.of(Money.of("2", CurrencyCode.USD)),
                        Optional.of(Money.of("3", CurrencyCode.of("EUR"))));

        CostLines.Figures figures = CostLines.figures(List.of(dollars, euros), true);

        assertThat(figures.charge()).isEqualTo("$12.50 + €3.00");
        assertThat(figures.margin()).as("none where currencies differ").isEqualTo("$2.50");
        assertThat(figures.marginPercent()).isEmpty();
    }

    private static CostQuery.Row row(long calls, long unpriced, String charge, String cost) {
        return new CostQuery.Row(
                TIME,
                List.of("acme"),
                new Sums(calls, unpriced, 1_000, 0, 100, money(cost), money(charge)));
    }

    private static Optional<Money> money(String amount) {
        return amount.isEmpty()
                ? Optional.empty()
                : Optional.of(Money.of(amount, CurrencyCode.USD));
    }
}
