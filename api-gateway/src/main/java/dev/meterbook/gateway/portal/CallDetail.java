package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.domain.Amounts;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.SpendLine;
import dev.meterbook.proto.pricing.v1.TermOwner;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One call, and why it costs what it costs. */
public final class CallDetail {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final int UNIT_PRICE_DIGITS = 6;

    private CallDetail() {}

    /**
     * A property of the call.
     *
     * @param label its name
     * @param value its value
     */
    public record Fact(String label, String value) {}

    /**
     * One multiplication.
     *
     * @param kind what was consumed
     * @param quantity how many units
     * @param unitPrice price per million units, or per unit where that is usual
     * @param amount quantity times price
     * @param note which rule applied; empty for none
     */
    public record Factor(
            String kind, String quantity, String unitPrice, String amount, String note) {}

    /**
     * Why the call costs what it costs.
     *
     * @param unpriced why there is no price; empty if there is one
     * @param charges how the charge comes about
     * @param charge what is owed
     * @param costs how the cost comes about; empty where it may not be shown
     * @param cost what the provider bills; empty where it may not be shown
     * @param source contract, price version and plan; empty where they may not be shown
     * @param reproduced true if computing it anew gave the amounts that are booked
     */
    public record Price(
            String unpriced,
            List<Factor> charges,
            String charge,
            List<Factor> costs,
            String cost,
            List<Fact> source,
            boolean reproduced) {}

    static List<Fact> facts(CallRecord record) {
        MeteredCall call = record.getCall();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Occurred", Times.full(Wire.instant(call.getOccurTime())) + " UTC"));
        facts.add(new Fact("Recorded", Times.full(Wire.instant(record.getRecordTime())) + " UTC"));
        facts.add(new Fact("Position", Amounts.count(record.getPosition())));
        add(facts, "Provider", call.getProvider());
        add(facts, "Model asked for", call.getRequestedModel());
        add(facts, "Model that answered", call.getServedModel());
        add(facts, "Service tier", tier(call.getServiceTier()));
        add(facts, "Region", call.getRegion());
        add(facts, "Application", call.getApplication());
        add(facts, "Environment", call.getEnvironment());
        add(facts, "Use case", call.getUseCase());
        add(facts, "Feature", call.getFeature());
        add(facts, "Customer", call.getCustomer());
        add(facts, "User", call.getUser());
        add(facts, "Cost center", call.getCostCenter());
        add(facts, "Conversation", call.getConversation());
        add(facts, "Workflow", call.getWorkflow());
        add(facts, "Run", call.getRun());
        add(facts, "Agent", call.getAgent());
        add(facts, "Trace", call.getTraceId());
        if (call.getLatencyMillis() > 0) {
            add(facts, "Latency", Amounts.count(call.getLatencyMillis()) + " ms");
        }
        return facts;
    }

    static Price price(ExplainCallResponse answer, boolean showsCost) {
        PriceBreakdown price = answer.getPrice();
        String unpriced = LeafNames.reason(price.getUnpricedReason(), price.getUnpricedLeaf());
        if (!unpriced.isEmpty()) {
            return new Price(unpriced, List.of(), "", List.of(), "", List.of(), true);
        }
        Money charge = Wire.money(price.getCharge());
        Money cost = Wire.money(price.getBilledCost());
        return new Price(
                "",
                Stream.concat(
                                price.getLinesList().stream()
                                        .map(line -> chargeOf(line, charge.currency())),
                                price.getSpendLinesList().stream()
                                        .flatMap(line -> chargeOf(line, charge.currency())))
                        .toList(),
                Amounts.exact(charge),
                showsCost
                        ? Stream.concat(
                                        price.getLinesList().stream()
                                                .map(line -> costOf(line, cost.currency())),
                                        price.getSpendLinesList().stream()
                                                .flatMap(line -> costOf(line, cost.currency())))
                                .toList()
                        : List.of(),
                showsCost ? Amounts.exact(cost) : "",
                showsCost ? source(price) : List.of(),
                answer.getReproduced());
    }

    private static List<Fact> source(PriceBreakdown price) {
        var facts = new ArrayList<Fact>();
        add(facts, "Contract", price.getContract());
        add(facts, "Price version", price.getPriceVersion());
        add(facts, "Plan", price.getPlan());
        add(
                facts,
                "Mark-up",
                price.getMarkupPercent().isEmpty() ? "" : price.getMarkupPercent() + " %");
        return facts;
    }

    /** A tenant sees what one unit cost it, not how that came about. */
    private static Factor chargeOf(PriceLine line, CurrencyCode currency) {
        BigDecimal charge = Wire.number(line.getCharge());
        String unitPrice =
                line.getFixedAmount().isEmpty()
                        ? perMillion(charge, line.getQuantity(), currency)
                        : perUnits(line.getFixedAmount(), line.getFixedPer(), currency);
        return new Factor(
                LeafNames.of(line.getLeaf()),
                Amounts.count(line.getQuantity()),
                unitPrice,
                Amounts.exact(new Money(charge, currency)),
                line.getFixedAmount().isEmpty() ? "" : "fixed price");
    }

    /** What a term on the spend of a period changed the charge by, if it did. */
    private static Stream<Factor> chargeOf(SpendLine line, CurrencyCode currency) {
        boolean isPlan = line.getOwner() == TermOwner.TERM_OWNER_PLAN;
        return difference(
                line,
                isPlan ? "plan's " + line.getTerm() : "",
                Wire.number(line.getChargeDifference().getAmount()),
                currency);
    }

    private static Stream<Factor> costOf(SpendLine line, CurrencyCode currency) {
        return line.getOwner() == TermOwner.TERM_OWNER_PLAN
                ? Stream.empty()
                : difference(
                        line,
                        line.getTerm() + after(line.getSpendBefore().getAmount()),
                        Wire.number(line.getOwedAmount().getAmount())
                                .subtract(Wire.number(line.getAmount().getAmount())),
                        currency);
    }

    /** What a contract's rule or term has counted before is not told to those bound to a tenant. */
    private static String after(String before) {
        return before.isEmpty() ? "" : " after " + before;
    }

    private static Stream<Factor> difference(
            SpendLine line, String note, BigDecimal amount, CurrencyCode currency) {
        return amount.signum() == 0
                ? Stream.empty()
                : Stream.of(
                        new Factor(
                                line.getEffect().equals("cap") ? "Cap" : "Overage",
                                "",
                                "–",
                                Amounts.exact(new Money(amount, currency)),
                                note));
    }

    private static Factor costOf(PriceLine line, CurrencyCode currency) {
        var notes = new ArrayList<String>();
        boolean hasPrice = !line.getUnitAmount().isEmpty();
        if (!line.getRule().isEmpty()) {
            long before = line.getQuantityBefore();
            notes.add("rule " + line.getRule() + after(before == 0 ? "" : Amounts.count(before)));
        }
        if (hasPrice && line.getPricedLeaf() != line.getLeaf()) {
            notes.add("priced as " + LeafNames.of(line.getPricedLeaf()).toLowerCase(Locale.ROOT));
        }
        if (line.getAboveInputTokens() > 0) {
            notes.add("above " + Amounts.count(line.getAboveInputTokens()) + " input tokens");
        }
        if (!line.getMultiplier().isEmpty() && !line.getMultiplier().equals("1")) {
            notes.add("× " + line.getMultiplier());
        }
        return new Factor(
                LeafNames.of(line.getLeaf()),
                Amounts.count(line.getQuantity()),
                hasPrice ? perUnits(line.getUnitAmount(), line.getPer(), currency) : "–",
                Amounts.exact(new Money(Wire.number(line.getAmount()), currency)),
                String.join(", ", notes));
    }

    private static String perUnits(String amount, long per, CurrencyCode currency) {
        String price = Amounts.exact(new Money(Wire.number(amount), currency));
        long units = per == 0 ? 1_000_000 : per;
        return units == 1 ? price : price + " / " + shortCount(units);
    }

    private static String perMillion(BigDecimal charge, long quantity, CurrencyCode currency) {
        if (quantity == 0) {
            return "–";
        }
        BigDecimal price =
                charge.multiply(MILLION)
                        .divide(
                                BigDecimal.valueOf(quantity),
                                UNIT_PRICE_DIGITS,
                                RoundingMode.HALF_EVEN);
        return Amounts.exact(new Money(price, currency)) + " / 1M";
    }

    private static String shortCount(long units) {
        return switch (Long.toString(units)) {
            case "1000000" -> "1M";
            case "1000" -> "1k";
            default -> Amounts.count(units);
        };
    }

    private static String tier(ServiceTier tier) {
        return switch (tier) {
            case SERVICE_TIER_BATCH -> "batch";
            case SERVICE_TIER_FLEX -> "flex";
            case SERVICE_TIER_PRIORITY -> "priority";
            case SERVICE_TIER_STANDARD -> "standard";
            case SERVICE_TIER_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    private static void add(List<Fact> facts, String label, String value) {
        if (!value.isEmpty()) {
            facts.add(new Fact(label, value));
        }
    }
}
