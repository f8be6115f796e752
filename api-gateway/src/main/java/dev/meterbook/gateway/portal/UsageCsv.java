package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.CostQuery;
import dev.meterbook.gateway.backend.Sums;
import dev.meterbook.kernel.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Usage as CSV by RFC 4180: exact amounts as plain decimals, times in UTC. */
final class UsageCsv {

    private UsageCsv() {}

    static String write(UsageQuery query, List<CostQuery.Row> rows, boolean showsCost) {
        var text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(headings(query, showsCost));
            for (CostQuery.Row row : rows) {
                csv.printRecord(cells(query, row, showsCost));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<String> headings(UsageQuery query, boolean showsCost) {
        List<String> headings = new ArrayList<>();
        if (query.isStepped()) {
            headings.add("time");
        }
        query.groups().forEach(group -> headings.add(group.key().replace('-', '_')));
        headings.addAll(
                List.of(
                        "calls",
                        "unpriced_calls",
                        "input_tokens",
                        "cached_tokens",
                        "output_tokens",
                        "charge",
                        "charge_currency"));
        if (showsCost) {
            headings.addAll(List.of("billed_cost", "cost_currency"));
        }
        return headings;
    }

    private static List<String> cells(UsageQuery query, CostQuery.Row row, boolean showsCost) {
        List<String> cells = new ArrayList<>();
        if (query.isStepped()) {
            cells.add(row.time().toString());
        }
        row.values().forEach(value -> cells.add(harmless(value)));
        Sums sums = row.sums();
        cells.add(Long.toString(sums.calls()));
        cells.add(Long.toString(sums.unpricedCalls()));
        cells.add(Long.toString(sums.inputTokens()));
        cells.add(Long.toString(sums.cachedTokens()));
        cells.add(Long.toString(sums.outputTokens()));
        addMoney(cells, sums.charge());
        if (showsCost) {
            addMoney(cells, sums.cost());
        }
        return cells;
    }

    private static void addMoney(List<String> cells, Optional<Money> money) {
        cells.add(money.map(Money::plainAmount).orElse(""));
        cells.add(money.map(amount -> amount.currency().code()).orElse(""));
    }

    /** A spreadsheet takes a text that begins like a formula for one. */
    private static String harmless(String value) {
        boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
        return formula ? "'" + value : value;
    }
}
