package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.CostQuery;
import dev.meterbook.gateway.backend.Sums;
import dev.meterbook.gateway.domain.Amounts;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines of tables about costs, and headlines. What a place may not see is not in them. */
public final class CostLines {

    private static final String NONE = "–";

    private CostLines() {}

    /**
     * One line of a table.
     *
     * @param time start of its span; empty where the table has no time
     * @param labels values of the dimensions
     * @param calls number of calls
     * @param unpriced number of calls without a price; empty for none
     * @param inputTokens input tokens
     * @param cachedTokens input tokens from the cache
     * @param outputTokens output tokens
     * @param charge what is owed
     * @param exactCharge the same with all digits
     * @param cost what providers bill; empty where it may not be shown
     * @param margin charge minus cost; empty where it may not be shown
     * @param marginPercent margin in percent of the charge; empty where it may not be shown
     * @param share part of the total charge in percent
     * @param bar the same in whole percent
     */
    public record Line(
            String time,
            List<String> labels,
            String calls,
            String unpriced,
            String inputTokens,
            String cachedTokens,
            String outputTokens,
            String charge,
            String exactCharge,
            String cost,
            String margin,
            String marginPercent,
            String share,
            int bar) {

        /** The first label. */
        public String label() {
            return labels.isEmpty() ? NONE : labels.getFirst();
        }
    }

    /**
     * Figures above a page.
     *
     * @param charge what is owed, for each currency
     * @param exactCharge the same with all digits
     * @param cost what providers bill; empty where it may not be shown
     * @param margin charge minus cost; empty where it may not be shown
     * @param marginPercent margin in percent of the charge, of the only currency
     * @param calls number of calls
     * @param inputTokens input tokens in short
     * @param outputTokens output tokens in short
     * @param tokensExact both with all digits
     * @param unpricedCalls number of calls without a price
     */
    public record Figures(
            String charge,
            String exactCharge,
            String cost,
            String margin,
            String marginPercent,
            String calls,
            String inputTokens,
            String outputTokens,
            String tokensExact,
            long unpricedCalls) {

        /** True if calls wait for a price. */
        public boolean hasUnpriced() {
            return unpricedCalls > 0;
        }

        /** The number of calls without a price. */
        public String unpriced() {
            return Amounts.count(unpricedCalls);
        }
    }

    static Figures figures(List<Sums> totals, boolean showsCost) {
        List<Money> charges = totals.stream().flatMap(s -> s.charge().stream()).toList();
        List<Money> costs = totals.stream().flatMap(s -> s.cost().stream()).toList();
        List<Money> margins = totals.stream().flatMap(s -> s.margin().stream()).toList();
        long input = totals.stream().mapToLong(Sums::inputTokens).sum();
        long output = totals.stream().mapToLong(Sums::outputTokens).sum();
        return new Figures(
                joined(charges, Amounts::headline),
                joined(charges, Amounts::exact),
                showsCost ? joined(costs, Amounts::headline) : "",
                showsCost ? joined(margins, Amounts::headline) : "",
                showsCost && margins.size() == 1 && charges.size() == 1
                        ? Amounts.percent(margins.getFirst().amount(), charges.getFirst().amount())
                        : "",
                Amounts.count(totals.stream().mapToLong(Sums::calls).sum()),
                Amounts.brief(input),
                Amounts.brief(output),
                Amounts.count(input) + " input, " + Amounts.count(output) + " output",
                totals.stream().mapToLong(Sums::unpricedCalls).sum());
    }

    /**
     * Rows of one value, where calls without a price are counted in the first row that has one, and
     * have a row of their own only if there is none.
     */
    static List<CostQuery.Row> withUnpricedFolded(List<CostQuery.Row> rows) {
        List<CostQuery.Row> priced =
                rows.stream().filter(row -> row.sums().charge().isPresent()).toList();
        if (priced.isEmpty()) {
            return rows;
        }
        Sums all =
                rows.stream()
                        .filter(row -> row.sums().charge().isEmpty())
                        .map(CostQuery.Row::sums)
                        .reduce(priced.getFirst().sums(), Sums::withUsageOf);
        CostQuery.Row first = priced.getFirst();
        return Stream.concat(
                        Stream.of(new CostQuery.Row(first.time(), first.values(), all)),
                        priced.stream().skip(1))
                .toList();
    }

    /** A line of a row; shares are those of the total in the row's currency. */
    static Line line(CostQuery.Row row, List<Sums> totals, String time, boolean showsCost) {
        Sums sums = row.sums();
        Optional<Money> charge = sums.charge();
        BigDecimal owed = charge.map(Money::amount).orElse(BigDecimal.ZERO);
        BigDecimal all = charge.map(money -> total(totals, money)).orElse(BigDecimal.ZERO);
        return new Line(
                time,
                row.values().stream().map(value -> value.isEmpty() ? NONE : value).toList(),
                Amounts.count(sums.calls()),
                sums.unpricedCalls() == 0 ? "" : Amounts.count(sums.unpricedCalls()),
                Amounts.count(sums.inputTokens()),
                Amounts.count(sums.cachedTokens()),
                Amounts.count(sums.outputTokens()),
                charge.map(Amounts::inTable).orElse(NONE),
                charge.map(Amounts::exact).orElse("no price yet"),
                showsCost ? sums.cost().map(Amounts::inTable).orElse(NONE) : "",
                showsCost ? sums.margin().map(Amounts::inTable).orElse(NONE) : "",
                showsCost
                        ? sums.margin().map(m -> Amounts.percent(m.amount(), owed)).orElse(NONE)
                        : "",
                Amounts.percent(owed, all),
                Amounts.bar(owed, all));
    }

    private static BigDecimal total(List<Sums> totals, Money like) {
        return totals.stream()
                .flatMap(sums -> sums.charge().stream())
                .filter(money -> money.currency().equals(like.currency()))
                .map(Money::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String joined(List<Money> amounts, Function<Money, String> text) {
        return amounts.isEmpty()
                ? NONE
                : amounts.stream().map(text).collect(Collectors.joining(" + "));
    }
}
