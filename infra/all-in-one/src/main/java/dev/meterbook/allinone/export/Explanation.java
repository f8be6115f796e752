package dev.meterbook.allinone.export;

import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.PriceFactor;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.PricePart;
import dev.meterbook.proto.pricing.v1.Rating;
import dev.meterbook.proto.pricing.v1.SpendLine;
import dev.meterbook.proto.pricing.v1.TermOwner;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a call costs what it costs, in lines for people. Amounts are shown with all their digits. */
public final class Explanation {

    private static final String FACT = "%-9s %s";

    private Explanation() {}

    /** The lines. */
    public static List<String> lines(ExplainCallResponse explained) {
        List<String> lines = new ArrayList<>();
        Rating last = explained.getStanding();
        lines.add(FACT.formatted("call", explained.getName()));
        lines.add(FACT.formatted("model", last.getModel() + " of " + last.getProvider()));
        lines.add(
                FACT.formatted(
                        "occurred",
                        Instant.ofEpochSecond(
                                last.getOccurTime().getSeconds(), last.getOccurTime().getNanos())));
        PriceBreakdown price = explained.getPrice();
        if (price.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
            addPrice(lines, price);
        } else {
            lines.add(FACT.formatted("unpriced", whyNot(price)));
        }
        explained.getRatingsList().forEach(rating -> lines.add(rated(rating)));
        lines.add(
                FACT.formatted(
                        "proof",
                        explained.getReproduced()
                                ? "computed anew with the prices known then: the same"
                                : "computed anew with the prices known then: NOT the same"));
        return lines;
    }

    private static String whyNot(PriceBreakdown price) {
        String reason = price.getUnpricedReason().name().replace("UNPRICED_REASON_", "");
        return price.getUnpricedLeaf() == Leaf.LEAF_UNSPECIFIED
                ? reason
                : reason + " " + Names.of(price.getUnpricedLeaf());
    }

    private static void addPrice(List<String> lines, PriceBreakdown price) {
        lines.add(
                FACT.formatted(
                        "price",
                        "contract %s, version %s, table %s"
                                .formatted(
                                        price.getContract(),
                                        price.getPriceVersion(),
                                        price.getTable())));
        for (PriceFactor factor : price.getFactorsList()) {
            lines.add(FACT.formatted("factor", factor.getFactor() + ": " + factor.getRule()));
        }
        lines.add(FACT.formatted("plan", price.getPlan() + ": " + charged(price)));
        if (!price.getExchangeRate().isEmpty()) {
            lines.add(
                    FACT.formatted(
                            "rate",
                            "%s: 1 %s = %s %s"
                                    .formatted(
                                            price.getExchangeRate(),
                                            price.getBilledCost().getCurrencyCode(),
                                            price.getExchangeRateValue(),
                                            price.getCharge().getCurrencyCode())));
        }
        lines.add("");
        TextTable table =
                new TextTable(
                        List.of(
                                "kind",
                                "quantity",
                                "price",
                                "factor",
                                "cost " + price.getBilledCost().getCurrencyCode(),
                                "charged",
                                "charge " + price.getCharge().getCurrencyCode()));
        price.getLinesList().forEach(line -> table.add(cells(line, price)));
        table.add(
                List.of(
                        "total",
                        "",
                        "",
                        "",
                        price.getBilledCost().getAmount(),
                        "",
                        price.getCharge().getAmount()));
        lines.addAll(table.lines());
        lines.add("");
        addRules(price, lines);
        lines.add(FACT.formatted("at list", money(price.getListCost())));
    }

    private static void addRules(PriceBreakdown price, List<String> lines) {
        for (PriceLine line : price.getLinesList()) {
            if (!line.getRule().isEmpty()) {
                lines.add(
                        FACT.formatted(
                                "counted",
                                counted(
                                        line,
                                        "rule " + line.getRule(),
                                        line.getQuantityBefore(),
                                        line.getPartsList())));
            }
            if (!line.getPlanRule().isEmpty()) {
                lines.add(
                        FACT.formatted(
                                "counted",
                                counted(
                                        line,
                                        "plan's rule " + line.getPlanRule(),
                                        line.getPlanQuantityBefore(),
                                        line.getPlanPartsList())));
            }
        }
        for (SpendLine line : price.getSpendLinesList()) {
            lines.add(FACT.formatted(line.getEffect(), spent(line)));
        }
    }

    /** {@code output tokens by rule tiers after 900: tier 1 usage 100 = 0.8; tier 2 …}. */
    private static String counted(PriceLine line, String rule, long before, List<PricePart> parts) {
        return parts.stream()
                .map(
                        part ->
                                "%s %s = %s"
                                        .formatted(
                                                part.getDescription(),
                                                part.getQuantity(),
                                                part.getAmount()))
                .collect(
                        Collectors.joining(
                                "; ",
                                "%s by %s%s: "
                                        .formatted(
                                                Names.of(line.getLeaf()),
                                                rule,
                                                before == 0 ? "" : " after " + count(before)),
                                ""));
    }

    /**
     * {@code contract's promise: spend 90 USD to 120 USD, of 30 USD 40 USD owed}. The spend of a
     * contract is told to the operator only.
     */
    private static String spent(SpendLine line) {
        return "%s %s: %sof %s %s owed"
                .formatted(
                        line.getOwner() == TermOwner.TERM_OWNER_PLAN ? "plan's" : "contract's",
                        line.getTerm(),
                        line.hasSpendBefore()
                                ? "spend %s to %s, "
                                        .formatted(
                                                money(line.getSpendBefore()),
                                                money(line.getSpendAfter()))
                                : "",
                        money(line.getAmount()),
                        money(line.getOwedAmount()));
    }

    private static List<String> cells(PriceLine line, PriceBreakdown price) {
        return List.of(
                Names.of(line.getLeaf()),
                count(line.getQuantity()),
                unitPrice(line),
                line.getMultiplier(),
                line.getAmount(),
                chargedBy(line, price),
                line.getCharge());
    }

    private static String chargedBy(PriceLine line, PriceBreakdown price) {
        if (!line.getPlanRule().isEmpty()) {
            return "by rule " + line.getPlanRule();
        }
        return line.getFixedAmount().isEmpty()
                ? charged(price)
                : per(line.getFixedAmount(), line.getFixedPer());
    }

    /** {@code 2.5 per 1,000,000 of input, above 200,000 input tokens}. */
    private static String unitPrice(PriceLine line) {
        if (line.getUnitAmount().isEmpty()) {
            return line.getRule().isEmpty() ? "" : "by rule " + line.getRule();
        }
        StringBuilder text = new StringBuilder(per(line.getUnitAmount(), line.getPer()));
        if (line.getPricedLeaf() != line.getLeaf()) {
            text.append(" of ").append(Names.of(line.getPricedLeaf()));
        }
        if (line.getAboveInputTokens() > 0) {
            text.append(", above ").append(count(line.getAboveInputTokens()));
        }
        return text.toString();
    }

    private static String charged(PriceBreakdown price) {
        String markup = price.getMarkupPercent();
        return switch (markup) {
            case "", "0" -> "cost";
            case String less when less.startsWith("-") -> "cost - " + less.substring(1) + " %";
            case String more -> "cost + " + more + " %";
        };
    }

    private static String rated(Rating rating) {
        String kind = rating.getKind().name().replace("RATING_KIND_", "").toLowerCase(Locale.ROOT);
        String what =
                rating.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED
                        ? "cost %s, charge %s"
                                .formatted(money(rating.getBilledCost()), money(rating.getCharge()))
                        : rating.getUnpricedReason().name().replace("UNPRICED_REASON_", "");
        return FACT.formatted(
                "rated", "%s at %d: %s".formatted(kind, rating.getRatingPosition(), what));
    }

    private static String per(String amount, long per) {
        return per == 1 ? amount : amount + " per " + count(per);
    }

    private static String money(Money money) {
        return money.getAmount() + " " + money.getCurrencyCode();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
