package dev.meterbook.pricing.application.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.pricing.domain.charge.ChargeLine;
import dev.meterbook.pricing.domain.charge.LinePart;
import dev.meterbook.pricing.domain.charge.PeriodLine;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line as the engine has it, by the words of a case.
 *
 * @param ref what it is for
 * @param numbers by name, such as {@code unit_amount} and {@code total}
 */
record GotLine(String ref, Map<String, BigDecimal> numbers) {

    /** A line that is a sum. */
    static GotLine total(String ref, BigDecimal total) {
        return new GotLine(ref, Map.of("total", total));
    }

    static GotLine of(ChargeLine line) {
        Map<String, BigDecimal> numbers = new TreeMap<>();
        if (line.unitAmount() != null) {
            numbers.put("unit_amount", line.unitAmount());
        }
        numbers.put("quantity", line.quantity());
        numbers.put("amount", line.amount());
        numbers.put("discount", line.discount());
        numbers.put("credit", line.credit());
        numbers.put("total", line.total());
        return new GotLine(line.ref(), numbers);
    }

    /** A line without discount and credit. */
    static GotLine of(LinePart part) {
        Map<String, BigDecimal> numbers = new TreeMap<>();
        if (part.unitAmount() != null) {
            numbers.put("unit_amount", part.unitAmount());
        }
        numbers.put("quantity", part.quantity());
        numbers.put("amount", part.amount());
        numbers.put("total", part.amount());
        return new GotLine(part.ref(), numbers);
    }

    static GotLine of(PeriodLine each) {
        GotLine line = of(each.line());
        line.numbers.put("period", BigDecimal.valueOf(each.period()));
        return line;
    }

    /** True if all that is expected of a line is so here. */
    boolean isLike(CaseNode expected) {
        return expected.keys().stream()
                .filter(expected::has)
                .allMatch(
                        name ->
                                name.equals("ref")
                                        ? expected.text(name).equals(ref)
                                        : hasNumber(name, expected.decimal(name)));
    }

    private boolean hasNumber(String name, BigDecimal expected) {
        BigDecimal number = numbers.get(name);
        return number != null && number.compareTo(expected) == 0;
    }

    /** What is 0 by nature of most lines, discount and credit, is told only where it is not. */
    ObjectNode json() {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("ref", ref);
        numbers.forEach(
                (name, number) -> {
                    boolean usual = name.equals("discount") || name.equals("credit");
                    if (!usual || number.signum() != 0) {
                        line.put(name, Decimals.plain(number));
                    }
                });
        return line;
    }
}
