package dev.meterbook.pricing.application.conformance;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.pricing.domain.charge.AmountRounding;
import dev.meterbook.pricing.domain.charge.ChargeOptions;
import dev.meterbook.pricing.domain.charge.Dialect;
import dev.meterbook.pricing.domain.charge.FirstFee;
import dev.meterbook.pricing.domain.charge.MoneyRounding;
import dev.meterbook.pricing.domain.charge.TierEnd;
import dev.meterbook.pricing.domain.charge.TierLines;
import dev.meterbook.pricing.domain.charge.VolumeDue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What all cases have in common: the model's name, the price with its options, the currency. */
final class RatingCase {

    private static final Set<String> FIELDS =
            Set.of(
                    "id",
                    "dialect",
                    "model",
                    "price",
                    "currency",
                    "quantity",
                    "quantities",
                    "prior_quantity",
                    "full_quantity",
                    "already_billed",
                    "already_billed_blocks",
                    "position",
                    "credits",
                    "groups",
                    "windows",
                    "charges",
                    "segments",
                    "items",
                    "rates",
                    "repeat",
                    "expected",
                    "expected_runs",
                    "expected_lines",
                    "note",
                    "source");

    private static final int MAX_REPEAT = 1_000_000;
    private static final int MAX_MINOR_DIGITS = 12;

    private final CaseNode node;
    private final CaseNode price;
    private final String model;
    private final CurrencyCode currency;
    private final ChargeOptions options;

    RatingCase(CaseNode node) {
        this.node = node.only(FIELDS);
        this.price = node.child("price");
        this.model = node.text("model");
        this.currency = currency(node.text("currency"));
        this.options =
                options(node.choice("dialect", Dialect.class, null).options(), node.child("price"));
    }

    CaseNode node() {
        return node;
    }

    CaseNode price() {
        return price;
    }

    String model() {
        return model;
    }

    CurrencyCode currency() {
        return currency;
    }

    ChargeOptions options() {
        return options;
    }

    BigDecimal quantity() {
        return node.decimal("quantity");
    }

    /** Several quantities, or the one. */
    List<BigDecimal> quantities() {
        return node.has("quantities") ? node.decimals("quantities") : List.of(quantity());
    }

    /** How often the same line stands there; told with the price or beside it. */
    BigDecimal repeat() {
        CaseNode holder = price.has("repeat") ? price : node;
        BigDecimal repeat = holder.decimal("repeat", BigDecimal.ONE);
        if (repeat.signum() < 0 || repeat.compareTo(BigDecimal.valueOf(MAX_REPEAT)) > 0) {
            throw CaseRefused.invalid(
                    "OUT_OF_RANGE", "repeat", repeat.toPlainString(), "0 to " + MAX_REPEAT);
        }
        return repeat;
    }

    BigDecimal rounded(BigDecimal amount) {
        return MoneyRounding.HALF_UP.round(amount, currency);
    }

    /** Rounded if the price says so, and with the tax that it names. */
    BigDecimal finished(BigDecimal sum) {
        BigDecimal amount = options.rounding() == AmountRounding.WHOLE_CHARGE ? rounded(sum) : sum;
        BigDecimal percent = price.decimal("tax_percent", BigDecimal.ZERO);
        return amount.add(rounded(amount.multiply(percent).movePointLeft(2)));
    }

    private static CurrencyCode currency(String text) {
        int colon = text.indexOf(':');
        Optional<CurrencyCode> found = colon < 0 ? CurrencyCode.parse(text) : ownUnit(text, colon);
        return found.orElseThrow(
                () ->
                        CaseRefused.invalid(
                                "UNKNOWN_CURRENCY",
                                "currency",
                                text,
                                "ISO 4217 code, or CODE:digits"));
    }

    private static Optional<CurrencyCode> ownUnit(String text, int colon) {
        String digits = text.substring(colon + 1);
        if (!digits.matches("\\d{1,2}") || Integer.parseInt(digits) > MAX_MINOR_DIGITS) {
            return Optional.empty();
        }
        return Optional.of(new CurrencyCode(text.substring(0, colon), Integer.parseInt(digits)));
    }

    private static ChargeOptions options(ChargeOptions preset, CaseNode price) {
        ChargeOptions chosen =
                price.has("options") ? chosen(preset, price.child("options")) : preset;
        return price.choice("round", Round.class, Round.AS_OPTED) == Round.MINOR_UNIT
                ? chosen.withRounding(AmountRounding.WHOLE_CHARGE)
                : chosen;
    }

    private static ChargeOptions chosen(ChargeOptions preset, CaseNode options) {
        options.only(
                Set.of(
                        "graduated_fee",
                        "volume_fee",
                        "tier_end",
                        "tier_lines",
                        "volume_due",
                        "rounding"));
        return new ChargeOptions(
                options.choice("graduated_fee", FirstFee.class, preset.graduatedFee()),
                options.choice("volume_fee", FirstFee.class, preset.volumeFee()),
                options.choice("tier_end", TierEnd.class, preset.tierEnd()),
                options.choice("tier_lines", TierLines.class, preset.tierLines()),
                options.choice("volume_due", VolumeDue.class, preset.volumeDue()),
                options.choice("rounding", AmountRounding.class, preset.rounding()));
    }

    private enum Round {
        AS_OPTED,
        MINOR_UNIT
    }
}
