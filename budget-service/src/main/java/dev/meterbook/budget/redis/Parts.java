package dev.meterbook.budget.redis;

import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.CounterAmount;
import dev.meterbook.budget.domain.HoldPart;
import dev.meterbook.budget.domain.HoldPart.Kind;
import java.util.ArrayList;
import java.util.List;

/** Parts of a hold as the script keeps them: {@code uid|kind|bucket|units|fraction|} for each. */
final class Parts {

    private static final int FIELDS = 5;
    private static final String TOKENS = "t";
    private static final String MONEY = "m";

    private Parts() {}

    static String write(List<HoldPart> parts) {
        StringBuilder text = new StringBuilder();
        for (HoldPart part : parts) {
            text.append(part.budget().uid())
                    .append('|')
                    .append(letter(part.kind()))
                    .append('|')
                    .append(part.bucket())
                    .append('|')
                    .append(part.amount().units())
                    .append('|')
                    .append(part.amount().fraction())
                    .append('|');
        }
        return text.toString();
    }

    static List<HoldPart> read(String text) {
        String[] fields = text.isEmpty() ? new String[0] : text.split("\\|");
        List<HoldPart> parts = new ArrayList<>();
        for (int i = 0; i + FIELDS <= fields.length; i += FIELDS) {
            parts.add(
                    new HoldPart(
                            BudgetKey.ofUid(fields[i]),
                            Long.parseLong(fields[i + 2]),
                            fields[i + 1].equals(TOKENS) ? Kind.TOKENS : Kind.MONEY,
                            new CounterAmount(
                                    Long.parseLong(fields[i + 3]), Long.parseLong(fields[i + 4]))));
        }
        return parts;
    }

    static String letter(Kind kind) {
        return switch (kind) {
            case TOKENS -> TOKENS;
            case MONEY -> MONEY;
        };
    }
}
