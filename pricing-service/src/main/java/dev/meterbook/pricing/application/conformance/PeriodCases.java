package dev.meterbook.pricing.application.conformance;

import dev.meterbook.pricing.domain.charge.Adjustments;
import dev.meterbook.pricing.domain.charge.AmountRounding;
import dev.meterbook.pricing.domain.charge.Charge;
import dev.meterbook.pricing.domain.charge.ChargeBill;
import dev.meterbook.pricing.domain.charge.DeltaBilling;
import dev.meterbook.pricing.domain.charge.EventPercentage;
import dev.meterbook.pricing.domain.charge.PeriodLine;
import dev.meterbook.pricing.domain.charge.PeriodPart;
import dev.meterbook.pricing.domain.charge.Position;
import dev.meterbook.pricing.domain.charge.UnitConversion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Cases that price the quantity of a period, of its windows, of groups, of runs. */
final class PeriodCases {

    private final RatingCase rated;
    private final ChargeReader reader;

    PeriodCases(RatingCase rated) {
        this.rated = rated;
        this.reader = new ChargeReader(rated.options());
    }

    /** {@code unit}, {@code flat}, {@code graduated}, {@code volume}, {@code package} and such. */
    Got period() {
        rated.price().only(ChargeReader.FIELDS);
        if (rated.node().has("groups")) {
            return groups(rated.node().children("groups"));
        }
        if (rated.node().has("quantities")) {
            return rated.model().equals("dynamic") ? events() : windows();
        }
        ChargeBill bill = bill(charge(rated.price()), part(rated.quantity()));
        return Got.of(
                rated.finished(bill.total()), bill.lines().stream().map(GotLine::of).toList());
    }

    private Charge charge(CaseNode price) {
        return reader.charge(rated.model(), price);
    }

    private ChargeBill bill(Charge charge, PeriodPart part) {
        return charge.bill(part, rated.currency());
    }

    private PeriodPart part(BigDecimal quantity) {
        CaseNode node = rated.node();
        CaseNode fullQuantity = rated.price().has("full_quantity") ? rated.price() : node;
        return new PeriodPart(
                quantity,
                node.decimal("prior_quantity", BigDecimal.ZERO),
                node.choice("position", Position.class, Position.SINGLE),
                node.decimal("already_billed", BigDecimal.ZERO),
                node.decimals("credits"),
                fullQuantity.optional("full_quantity"));
    }

    /** Each window is priced alone; only the sum is rounded. */
    private Got windows() {
        Charge charge = charge(rated.price());
        List<GotLine> lines = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal quantity : rated.quantities()) {
            BigDecimal total = unrounded(bill(charge, PeriodPart.whole(quantity)));
            lines.add(GotLine.total("window " + (lines.size() + 1), total));
            sum = sum.add(total);
        }
        return Got.of(rated.finished(sum), lines);
    }

    private static BigDecimal unrounded(ChargeBill bill) {
        return bill.lines().stream()
                .map(line -> line.total())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The events of one period. */
    private Got events() {
        BigDecimal sum = rated.quantities().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        ChargeBill bill = bill(charge(rated.price()), part(sum));
        return Got.of(
                rated.finished(bill.total()), bill.lines().stream().map(GotLine::of).toList());
    }

    /** Each group has a price and a line of its own. */
    private Got groups(List<CaseNode> groups) {
        List<GotLine> lines = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (CaseNode group : groups) {
            Charge charge = charge(rated.price().overlaidBy(group));
            BigDecimal total = bill(charge, PeriodPart.whole(group.decimal("quantity"))).total();
            String ref = "group " + (lines.size() + 1);
            lines.add(GotLine.total(group.text("ref", ref), total));
            sum = sum.add(total);
        }
        return Got.of(rated.finished(sum), lines);
    }

    /** {@code delta}: one period, rated anew by every run. */
    Got delta() {
        return runs(rated.node().decimals("quantities").stream().map(List::of).toList());
    }

    /** {@code delta_by_period}: every run tells anew what all periods have used. */
    Got deltaByPeriod() {
        return runs(rated.node().rows("quantities"));
    }

    private Got runs(List<List<BigDecimal>> quantities) {
        rated.price().only(ChargeReader.FIELDS);
        Charge charge = reader.charge(rated.node().text("rates"), rated.price());
        DeltaBilling billing = new DeltaBilling(charge, rated.currency());
        List<BigDecimal> runs = new ArrayList<>();
        List<PeriodLine> last = List.of();
        for (List<BigDecimal> cumulated : quantities) {
            boolean ends = runs.size() == quantities.size() - 1;
            last = billing.run(cumulated, ends ? DeltaBilling.Run.FINAL : DeltaBilling.Run.INTERIM);
            runs.add(DeltaBilling.total(last));
        }
        BigDecimal amount = runs.isEmpty() ? BigDecimal.ZERO : runs.getLast();
        return new Got(amount, runs, last.stream().map(GotLine::of).toList());
    }

    /** {@code percentage}: events, each with a share of its own. */
    Got percentage() {
        CaseNode price =
                rated.price()
                        .only(
                                Set.of(
                                        "rate_percent",
                                        "fixed_per_event",
                                        "free_events",
                                        "free_quantity",
                                        "minimum_per_event",
                                        "maximum_per_event",
                                        "round",
                                        "tax_percent"));
        EventPercentage percentage =
                new EventPercentage(
                        price.decimal("rate_percent"),
                        price.decimal("fixed_per_event", BigDecimal.ZERO),
                        price.optional("free_events"),
                        price.optional("free_quantity"),
                        price.optional("minimum_per_event"),
                        price.optional("maximum_per_event"));
        return Got.of(rated.finished(percentage.amount(rated.quantities())));
    }

    /** {@code daily_allowance}: an allowance is a free quantity of one day. */
    Got dailyAllowance() {
        CaseNode price = rated.price();
        Charge charge =
                new Charge(
                        reader.model(ChargeReader.modelOf(price), price),
                        UnitConversion.NONE,
                        price.decimal("allowance"),
                        Adjustments.NONE,
                        AmountRounding.NONE);
        List<BigDecimal> days = rated.quantities();
        List<BigDecimal> amounts =
                days.stream().map(day -> bill(charge, PeriodPart.whole(day)).total()).toList();
        return Got.of(
                rated.finished(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add)),
                IntStream.range(0, amounts.size())
                        .mapToObj(i -> GotLine.total("day " + (i + 1), amounts.get(i)))
                        .toList());
    }
}
