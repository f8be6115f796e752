package dev.meterbook.gateway.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meterbook.gateway.backend.CostQuery;
import dev.meterbook.gateway.backend.Sums;
import dev.meterbook.gateway.domain.Period;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Amounts over time as the page's script draws them. Amounts stay texts; only the drawing rounds.
 */
final class Chart {

    private static final int MAX_SERIES = 6;
    private static final String OTHERS = "Other";
    private static final JsonMapper JSON = new JsonMapper();

    private Chart() {}

    /** Stacked columns: charge by step and by the value that rows are grouped by. */
    static String stacked(Period period, List<CostQuery.Row> rows, CurrencyCode currency) {
        List<CostQuery.Row> priced = in(currency, rows, Sums::charge);
        Map<String, BigDecimal> byName = new HashMap<>();
        priced.forEach(row -> byName.merge(row.first(), charge(row), BigDecimal::add));
        List<String> largest =
                byName.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, BigDecimal>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .map(Map.Entry::getKey)
                        .limit(byName.size() <= MAX_SERIES ? MAX_SERIES : MAX_SERIES - 1L)
                        .toList();
        Map<String, Map<Instant, BigDecimal>> series = new LinkedHashMap<>();
        largest.forEach(name -> series.put(name.isEmpty() ? "–" : name, new HashMap<>()));
        for (CostQuery.Row row : priced) {
            String name = largest.contains(row.first()) ? row.first() : OTHERS;
            series.computeIfAbsent(name.isEmpty() ? "–" : name, _ -> new HashMap<>())
                    .merge(row.time(), charge(row), BigDecimal::add);
        }
        return json(period, currency, "stacked", series);
    }

    /** Two columns for each step: cost and charge. */
    static String costAndCharge(Period period, List<CostQuery.Row> rows, CurrencyCode currency) {
        Map<String, Map<Instant, BigDecimal>> series = new LinkedHashMap<>();
        series.put("Cost", byTime(in(currency, rows, Sums::cost), Sums::cost));
        series.put("Charge", byTime(in(currency, rows, Sums::charge), Sums::charge));
        return json(period, currency, "grouped", series);
    }

    /** The currency that most calls are charged in; empty if nothing has a price. */
    static Optional<CurrencyCode> mainCurrency(List<Sums> totals) {
        return totals.stream()
                .filter(sums -> sums.charge().isPresent())
                .max(Comparator.comparingLong(Sums::calls))
                .flatMap(Sums::charge)
                .map(Money::currency);
    }

    private static List<CostQuery.Row> in(
            CurrencyCode currency,
            List<CostQuery.Row> rows,
            Function<Sums, Optional<Money>> amount) {
        return rows.stream()
                .filter(
                        row ->
                                amount.apply(row.sums())
                                        .filter(money -> money.currency().equals(currency))
                                        .isPresent())
                .toList();
    }

    private static Map<Instant, BigDecimal> byTime(
            List<CostQuery.Row> rows, Function<Sums, Optional<Money>> amount) {
        Map<Instant, BigDecimal> byTime = new HashMap<>();
        rows.forEach(
                row ->
                        byTime.merge(
                                row.time(),
                                amount.apply(row.sums()).orElseThrow().amount(),
                                BigDecimal::add));
        return byTime;
    }

    private static BigDecimal charge(CostQuery.Row row) {
        return row.sums().charge().map(Money::amount).orElse(BigDecimal.ZERO);
    }

    private static String json(
            Period period,
            CurrencyCode currency,
            String kind,
            Map<String, Map<Instant, BigDecimal>> series) {
        ObjectNode root = JSON.createObjectNode();
        root.put("kind", kind).put("currency", currency.code());
        List<Instant> steps = steps(period, series);
        ArrayNode labels = root.putArray("labels");
        steps.forEach(step -> labels.add(Times.step(step, period.step())));
        ArrayNode all = root.putArray("series");
        series.forEach(
                (name, values) -> {
                    ObjectNode one = all.addObject().put("name", name);
                    ArrayNode points = one.putArray("values");
                    for (Instant step : steps) {
                        points.add(values.getOrDefault(step, BigDecimal.ZERO).toPlainString());
                    }
                });
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By month a period may be long and mostly empty: then it begins with the first amount. */
    private static List<Instant> steps(
            Period period, Map<String, Map<Instant, BigDecimal>> series) {
        List<Instant> steps = new ArrayList<>(period.steps());
        if (period.step() == Period.Step.MONTH) {
            Instant first =
                    series.values().stream()
                            .flatMap(values -> values.keySet().stream())
                            .min(Comparator.naturalOrder())
                            .orElse(period.start());
            steps.removeIf(step -> step.isBefore(first));
        }
        return steps;
    }
}
