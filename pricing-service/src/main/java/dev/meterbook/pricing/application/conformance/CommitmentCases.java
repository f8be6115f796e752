package dev.meterbook.pricing.application.conformance;

import dev.meterbook.pricing.domain.charge.ChargeModel;
import dev.meterbook.pricing.domain.charge.Commitment;
import dev.meterbook.pricing.domain.charge.Commitment.Owed;
import dev.meterbook.pricing.domain.charge.Commitment.Shortfall;
import dev.meterbook.pricing.domain.charge.DayShare;
import dev.meterbook.pricing.domain.charge.MinimumCommitment;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cases about a spend that was promised. */
final class CommitmentCases {

    private static final Set<String> FIELDS =
            Set.of(
                    "commitment_amount",
                    "commitment_quantity",
                    "overage_factor",
                    "true_up",
                    "windows",
                    "charges",
                    "unit_amount",
                    "tiers",
                    "package_size",
                    "amount",
                    "rounding",
                    "round",
                    "tax_percent",
                    "options");

    private final RatingCase rated;
    private final CaseNode price;
    private final ChargeReader reader;

    CommitmentCases(RatingCase rated) {
        this.rated = rated;
        this.price = rated.price();
        this.reader = new ChargeReader(rated.options());
    }

    /** {@code commitment}: per window, once for several charges, or for the one quantity. */
    Got commitment() {
        price.only(FIELDS);
        Owed owed =
                listed("windows") != null
                        ? windows(listed("windows").children("windows"))
                        : once(price, used());
        return Got.of(
                rated.finished(owed.total()),
                List.of(
                        GotLine.total("commitment_used", owed.covered()),
                        GotLine.total("overage", owed.overage()),
                        GotLine.total("true_up", owed.trueUp())));
    }

    private @Nullable CaseNode listed(String field) {
        if (rated.node().has(field)) {
            return rated.node();
        }
        return price.has(field) ? price : null;
    }

    private Owed windows(List<CaseNode> windows) {
        Owed sum = Owed.NOTHING;
        for (CaseNode window : windows) {
            CaseNode own = own(window);
            sum = sum.plus(once(own, used(own, window.decimal("quantity"))));
        }
        return sum;
    }

    /** A window's own commitment takes the place of the price's, whichever form the two have. */
    private CaseNode own(CaseNode window) {
        boolean commits = window.has("commitment_amount") || window.has("commitment_quantity");
        CaseNode rest =
                commits ? price.without(Set.of("commitment_amount", "commitment_quantity")) : price;
        return rest.overlaidBy(window);
    }

    private BigDecimal used() {
        CaseNode holder = listed("charges");
        if (holder == null) {
            return used(price, rated.quantity());
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (CaseNode charge : holder.children("charges")) {
            sum = sum.add(used(price.overlaidBy(charge), charge.decimal("quantity")));
        }
        return sum;
    }

    private BigDecimal used(CaseNode own, BigDecimal quantity) {
        return model(own).total(quantity);
    }

    private ChargeModel model(CaseNode own) {
        return reader.model(ChargeReader.modelOf(own), own);
    }

    private Owed once(CaseNode own, BigDecimal used) {
        BigDecimal promised = promised(own);
        if (promised == null) {
            return new Owed(used, BigDecimal.ZERO, BigDecimal.ZERO);
        }
        return new Commitment(
                        promised,
                        own.decimal("overage_factor", BigDecimal.ONE),
                        own.isSet("true_up") ? Shortfall.OWED : Shortfall.WAIVED)
                .owed(used);
    }

    private @Nullable BigDecimal promised(CaseNode own) {
        return own.has("commitment_quantity")
                ? used(own, own.decimal("commitment_quantity"))
                : own.optional("commitment_amount");
    }

    /** {@code true_up}: the quantity is the amount used; it is rounded before it is subtracted. */
    Got trueUp() {
        price.only(FIELDS);
        BigDecimal used =
                price.has("unit_amount") || price.has("tiers") || price.has("package_size")
                        ? used(price, rated.quantity())
                        : rated.quantity();
        Commitment commitment =
                new Commitment(
                        price.has("commitment_amount")
                                ? price.decimal("commitment_amount")
                                : used(price, price.decimal("commitment_quantity")),
                        BigDecimal.ONE,
                        Shortfall.OWED);
        return Got.of(commitment.missing(rated.rounded(used)));
    }

    /** {@code minimum_commitment}: the quantity is the amount used. */
    Got minimumCommitment() {
        price.only(Set.of("minimum", "fee", "days", "days_in_period"));
        MinimumCommitment commitment =
                new MinimumCommitment(
                        price.decimal("minimum"),
                        price.decimal("fee", BigDecimal.ZERO),
                        days(price, "days"));
        return Got.of(commitment.missing(rated.quantity(), rated.currency()));
    }

    static DayShare days(CaseNode price, String counted) {
        return price.has(counted)
                ? new DayShare(price.decimal(counted), price.decimal("days_in_period"))
                : DayShare.WHOLE;
    }
}
