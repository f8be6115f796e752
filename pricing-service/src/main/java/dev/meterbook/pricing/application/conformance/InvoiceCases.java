package dev.meterbook.pricing.application.conformance;

import dev.meterbook.pricing.domain.charge.Allocation;
import dev.meterbook.pricing.domain.charge.CreditNote;
import dev.meterbook.pricing.domain.charge.Discount;
import dev.meterbook.pricing.domain.charge.MoneyRounding;
import dev.meterbook.pricing.domain.charge.Taxes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cases about what happens to amounts on an invoice. */
final class InvoiceCases {

    private final RatingCase rated;
    private final CaseNode price;

    InvoiceCases(RatingCase rated) {
        this.rated = rated;
        this.price = rated.price();
    }

    /** {@code rounding}: each part rounded, then summed. */
    Got rounding() {
        price.only(Set.of("mode", "repeat"));
        MoneyRounding mode = price.choice("mode", MoneyRounding.class, MoneyRounding.HALF_UP);
        BigDecimal sum =
                rated.quantities().stream()
                        .map(amount -> mode.round(amount, rated.currency()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Got.of(sum.multiply(rated.repeat()));
    }

    /** {@code invoice}: each line rounded, then summed. */
    Got invoice() {
        price.only(Set.of("repeat"));
        List<GotLine> lines = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (CaseNode item : rated.node().children("items")) {
            BigDecimal total =
                    rated.rounded(amount(item)).multiply(item.decimal("repeat", BigDecimal.ONE));
            String ref = "item " + (lines.size() + 1);
            lines.add(GotLine.total(item.text("ref", ref), total));
            sum = sum.add(total);
        }
        return Got.of(sum.multiply(rated.repeat()), lines);
    }

    private static BigDecimal amount(CaseNode item) {
        item.only(Set.of("ref", "amount", "quantity", "unit_amount", "repeat"));
        return item.has("amount")
                ? item.decimal("amount")
                : item.decimal("quantity").multiply(item.decimal("unit_amount"));
    }

    /** {@code discount}: what comes off. */
    Got discount() {
        price.only(Set.of("percent", "amount", "repeat"));
        Discount discount =
                price.has("percent")
                        ? new Discount.Percent(price.decimal("percent"))
                        : new Discount.Fixed(price.decimal("amount"));
        BigDecimal off = BigDecimal.ZERO;
        BigDecimal all = BigDecimal.ZERO;
        for (BigDecimal amount : rated.quantities()) {
            off = off.add(discount.off(amount, rated.currency()));
            all = all.add(amount);
        }
        BigDecimal times = rated.repeat();
        return Got.of(
                off.multiply(times),
                List.of(
                        GotLine.total("discount", off.multiply(times)),
                        GotLine.total("final", all.subtract(off).multiply(times))));
    }

    /** {@code tax}: each rate rounded on its own, on what is left after the discount. */
    Got tax() {
        price.only(Set.of("percents", "discount", "repeat"));
        List<BigDecimal> percents = price.decimals("percents");
        BigDecimal discount = price.decimal("discount", BigDecimal.ZERO);
        BigDecimal sum = BigDecimal.ZERO;
        List<BigDecimal> taxes = new ArrayList<>(percents.stream().map(p -> sum).toList());
        for (BigDecimal quantity : rated.quantities()) {
            List<BigDecimal> own =
                    new Taxes(percents).on(quantity.subtract(discount), rated.currency());
            for (int i = 0; i < own.size(); i++) {
                taxes.set(i, taxes.get(i).add(own.get(i).multiply(rated.repeat())));
            }
        }
        List<GotLine> lines = new ArrayList<>();
        taxes.forEach(tax -> lines.add(GotLine.total("tax " + (lines.size() + 1), tax)));
        return Got.of(taxes.stream().reduce(sum, BigDecimal::add), lines);
    }

    /** {@code credit_note}: the net of unused days and its tax. */
    Got creditNote() {
        price.only(Set.of("amount", "days_unused", "days_in_period", "tax_percent"));
        CreditNote note =
                new CreditNote(
                        price.decimal("amount").multiply(rated.quantity()),
                        CommitmentCases.days(price, "days_unused"),
                        price.decimal("tax_percent", BigDecimal.ZERO));
        BigDecimal net = note.net(rated.currency());
        BigDecimal tax = note.tax(rated.currency());
        return Got.of(net.add(tax), List.of(GotLine.total("net", net), GotLine.total("tax", tax)));
    }

    /** {@code allocation}: who gets which share; shares of zero are left out. */
    Got allocation() {
        price.only(Set.of("weights", "tie"));
        Allocation allocation =
                new Allocation(
                        price.pairs("weights").stream()
                                .map(pair -> new Allocation.Weight(pair.getKey(), pair.getValue()))
                                .toList(),
                        price.choice("tie", Allocation.Tie.class, Allocation.Tie.ORDER));
        List<GotLine> lines =
                allocation.split(rated.quantity(), rated.currency()).stream()
                        .filter(share -> share.amount().signum() != 0)
                        .map(share -> GotLine.total(share.key(), share.amount()))
                        .toList();
        BigDecimal sum =
                lines.stream()
                        .map(line -> line.numbers().getOrDefault("total", BigDecimal.ZERO))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return Got.of(sum, lines);
    }
}
