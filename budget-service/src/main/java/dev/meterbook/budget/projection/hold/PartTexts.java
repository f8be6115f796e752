package dev.meterbook.budget.projection.hold;

import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.CounterAmount;
import dev.meterbook.budget.domain.HoldPart;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of a hold in one column: a line for each. */
final class PartTexts {

    private PartTexts() {}

    static String write(List<HoldPart> parts) {
        return parts.stream()
                .map(
                        part ->
                                String.join(
                                        " ",
                                        part.budget().uid(),
                                        part.kind().name(),
                                        Long.toString(part.bucket()),
                                        part.amount().value().toPlainString()))
                .collect(Collectors.joining("\n"));
    }

    static List<HoldPart> read(String text) {
        return text.lines().map(PartTexts::part).toList();
    }

    private static HoldPart part(String line) {
        String[] words = line.split(" ", -1);
        return new HoldPart(
                BudgetKey.ofUid(words[0]),
                Long.parseLong(words[2]),
                HoldPart.Kind.valueOf(words[1]),
                CounterAmount.ceiling(new BigDecimal(words[3])));
    }
}
