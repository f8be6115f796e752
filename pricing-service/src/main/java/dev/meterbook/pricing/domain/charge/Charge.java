package dev.meterbook.pricing.domain.charge;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A price definition: how a quantity becomes an amount, from metered units to what is left to pay.
 *
 * @param model the rule
 * @param conversion applied first
 * @param freeQuantity billed units of a period that cost nothing, deducted after the conversion
 * @param adjustments discount, cap and minimum
 * @param rounding where amounts are rounded to the currency's minor unit, half away from zero
 */
public record Charge(
        ChargeModel model,
        UnitConversion conversion,
        BigDecimal freeQuantity,
        Adjustments adjustments,
        AmountRounding rounding) {

    /** A model and nothing else. */
    public static Charge of(ChargeModel model, AmountRounding rounding) {
        return new Charge(model, UnitConversion.NONE, BigDecimal.ZERO, Adjustments.NONE, rounding);
    }

    /** The same with a minimum that is not due yet. */
    public Charge withoutMinimum() {
        return new Charge(model, conversion, freeQuantity, adjustments.withoutMinimum(), rounding);
    }

    /**
     * Bills a part of a period.
     *
     * @throws IllegalArgumentException if the quantity used in the period is negative and the model
     *     has tiers or packages
     */
    public ChargeBill bill(PeriodPart part, CurrencyCode currency) {
        List<ChargeLine> lines = new ArrayList<>();
        BigDecimal billed = part.alreadyBilled();
        for (LinePart each : parts(span(part))) {
            ChargeLine line = adjusted(each, billed, currency);
            lines.add(line);
            billed = billed.add(line.total());
        }
        BigDecimal missing = adjustments.missing(billed);
        if (part.position().closes() && missing.signum() > 0) {
            lines.add(adjusted(LinePart.of("minimum", missing, BigDecimal.ONE), currency));
        }
        List<ChargeLine> paid = paid(lines, part.credits());
        return new ChargeBill(paid, total(paid, currency));
    }

    private Span span(PeriodPart part) {
        BigDecimal to = billable(part.prior().add(part.quantity()));
        return new Span(
                billable(part.prior()),
                to,
                part.position(),
                part.fullQuantity() == null ? to : billable(part.fullQuantity()));
    }

    private BigDecimal billable(BigDecimal metered) {
        BigDecimal units = conversion.billed(metered);
        return freeQuantity.signum() == 0
                ? units
                : units.subtract(freeQuantity).max(BigDecimal.ZERO);
    }

    private List<LinePart> parts(Span span) {
        return span.runsBackwards()
                ? model.lines(span.reversed()).stream().map(LinePart::negated).toList()
                : model.lines(span);
    }

    private ChargeLine adjusted(LinePart part, BigDecimal billed, CurrencyCode currency) {
        BigDecimal amount = rounded(part.amount(), currency);
        BigDecimal percent = rounded(adjustments.percentOff(amount), currency);
        BigDecimal cap = adjustments.capOff(amount.subtract(percent), billed);
        return new ChargeLine(
                part.ref(),
                part.unitAmount(),
                part.quantity(),
                amount,
                percent.add(cap),
                BigDecimal.ZERO);
    }

    /** The minimum is neither discounted nor capped. */
    private ChargeLine adjusted(LinePart minimum, CurrencyCode currency) {
        return new ChargeLine(
                minimum.ref(),
                minimum.unitAmount(),
                minimum.quantity(),
                rounded(minimum.amount(), currency),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    private BigDecimal rounded(BigDecimal amount, CurrencyCode currency) {
        return switch (rounding) {
            case EACH_LINE -> MoneyRounding.HALF_UP.round(amount, currency);
            case WHOLE_CHARGE, NONE -> amount;
        };
    }

    private BigDecimal total(List<ChargeLine> lines, CurrencyCode currency) {
        BigDecimal sum = ChargeBill.sum(lines);
        return switch (rounding) {
            case WHOLE_CHARGE -> MoneyRounding.HALF_UP.round(sum, currency);
            case EACH_LINE, NONE -> sum;
        };
    }

    /** Credits are used up in their order, line by line. */
    private static List<ChargeLine> paid(List<ChargeLine> lines, List<BigDecimal> credits) {
        Iterator<BigDecimal> next = credits.iterator();
        BigDecimal left = BigDecimal.ZERO;
        List<ChargeLine> paid = new ArrayList<>(lines.size());
        for (ChargeLine line : lines) {
            BigDecimal open = line.total().max(BigDecimal.ZERO);
            while (left.compareTo(open) < 0 && next.hasNext()) {
                left = left.add(next.next());
            }
            BigDecimal credit = left.min(open);
            left = left.subtract(credit);
            paid.add(line.paidBy(credit));
        }
        return paid;
    }
}
