package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.kernel.Leaf;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks what somebody wrote down. Each method answers with the value; it is of use only if nothing
 * was found. The limits keep every exact amount within 40 digits on either side of the point.
 */
public final class PriceChecks {

    /** Prices of one table at most. */
    public static final int MAX_PRICES = 100;

    /** Aliases of one model at most. */
    public static final int MAX_ALIASES = 32;

    /** The longest model name, in characters. */
    public static final int MAX_MODEL_LENGTH = 128;

    /** Largest divisor of a price. */
    public static final long MAX_PER = 1_000_000_000;

    /** Highest context band, in tokens. */
    public static final long MAX_BAND = 1_000_000_000;

    private static final int MAX_AMOUNT_DIGITS = 12;
    private static final int MAX_DIGITS_FOR_ONE = 24;
    private static final int MAX_FACTOR_DIGITS = 4;
    private static final BigDecimal MAX_MULTIPLIER = BigDecimal.valueOf(1_000);
    private static final BigDecimal MIN_MARKUP = BigDecimal.valueOf(-100);
    private static final BigDecimal MAX_MARKUP = BigDecimal.valueOf(10_000);
    private static final String MODEL_FORM =
            "1 to 128 characters: a letter or digit, then letters, digits and ._:@/-";

    private PriceChecks() {}

    /** A price table. */
    public static PriceTable table(TableForm form, String path, Findings findings) {
        checkModel(form.model(), path + ".model", findings);
        if (form.aliases().size() > MAX_ALIASES) {
            tooMany(path + ".aliases", form.aliases().size(), MAX_ALIASES, findings);
        }
        for (int i = 0; i < form.aliases().size(); i++) {
            checkName(form.aliases().get(i), path + ".aliases[" + i + "]", findings);
        }
        return new PriceTable(
                form.model(),
                form.aliases(),
                prices(form.prices(), path + ".prices", findings),
                multipliers(form.tiers(), path + ".tier_multipliers", findings));
    }

    private static void checkModel(String model, String path, Findings findings) {
        if (!model.endsWith("*")) {
            checkName(model, path, findings);
        } else if (model.length() > 1) {
            checkName(model.substring(0, model.length() - 1), path, findings);
        }
    }

    private static void checkName(String model, String path, Findings findings) {
        if (!Identifiers.isOpaqueId(model, MAX_MODEL_LENGTH)) {
            findings.add("INVALID_MODEL", path, model, MODEL_FORM);
        }
    }

    private static List<LeafPrice> prices(
            List<TableForm.PriceForm> forms, String path, Findings findings) {
        if (forms.isEmpty()) {
            findings.add("NO_PRICES", path, "none", "1 to " + MAX_PRICES + " prices");
        } else if (forms.size() > MAX_PRICES) {
            tooMany(path, forms.size(), MAX_PRICES, findings);
        }
        List<LeafPrice> prices = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < forms.size(); i++) {
            TableForm.PriceForm form = forms.get(i);
            String each = path + "[" + i + "]";
            prices.add(price(form, each, findings));
            if (!seen.add(form.leaf() + " above " + form.aboveInputTokens())) {
                findings.add(
                        "DUPLICATE_PRICE", each, form.leaf(), "one price for each kind and band");
            }
        }
        return prices;
    }

    private static LeafPrice price(TableForm.PriceForm form, String path, Findings findings) {
        Optional<Leaf> leaf = Leaf.ofId(form.leaf());
        if (leaf.isEmpty()) {
            findings.add("UNKNOWN_LEAF", path + ".leaf", form.leaf(), "a kind of quantity");
        }
        if (form.per() < 1 || form.per() > MAX_PER) {
            findings.add(
                    "INVALID_PER", path + ".per", Long.toString(form.per()), "1 to " + MAX_PER);
        }
        if (form.aboveInputTokens() < 0 || form.aboveInputTokens() > MAX_BAND) {
            findings.add(
                    "INVALID_BAND",
                    path + ".above_input_tokens",
                    Long.toString(form.aboveInputTokens()),
                    "0 to " + MAX_BAND);
        }
        return new LeafPrice(
                leaf.orElse(Leaf.INPUT),
                amount(form, path + ".amount", findings),
                form.per(),
                form.aboveInputTokens());
    }

    private static BigDecimal amount(TableForm.PriceForm form, String path, Findings findings) {
        BigDecimal amount = decimal(form.amount(), path, findings);
        if (amount.signum() < 0) {
            findings.add("NEGATIVE_PRICE", path, form.amount(), "0 or more; 0 means free");
        } else if (amount.scale() > MAX_AMOUNT_DIGITS
                || amount.precision() - amount.scale() > MAX_AMOUNT_DIGITS) {
            findings.add(
                    "PRICE_OUT_OF_RANGE",
                    path,
                    form.amount(),
                    "at most 12 digits before and 12 after the point");
        } else if (form.per() > 0
                && amount.scale() + UnitPrice.digitsAdded(form.per()) > MAX_DIGITS_FOR_ONE) {
            findings.add(
                    "PRICE_TOO_FINE",
                    path,
                    form.amount() + " per " + form.per(),
                    "at most 24 digits after the point for one unit");
        }
        return amount;
    }

    private static Map<ServiceTier, BigDecimal> multipliers(
            List<TableForm.TierForm> forms, String path, Findings findings) {
        Map<ServiceTier, BigDecimal> multipliers = new EnumMap<>(ServiceTier.class);
        for (int i = 0; i < forms.size(); i++) {
            String each = path + "[" + i + "]";
            BigDecimal multiplier =
                    multiplier(forms.get(i).multiplier(), each + ".multiplier", findings);
            ServiceTier tier = tier(forms.get(i).tier(), each + ".service_tier", findings);
            if (multipliers.put(tier, multiplier) != null) {
                findings.add("DUPLICATE_TIER", each, tier.name(), "each tier once");
            }
        }
        return multipliers;
    }

    /** What prices are multiplied with. */
    static BigDecimal multiplier(String text, String path, Findings findings) {
        BigDecimal multiplier = decimal(text, path, findings);
        if (multiplier.signum() <= 0
                || multiplier.compareTo(MAX_MULTIPLIER) > 0
                || multiplier.scale() > MAX_FACTOR_DIGITS) {
            findings.add(
                    "INVALID_MULTIPLIER",
                    path,
                    text,
                    "above 0, at most 1000, at most 4 digits after the point");
        }
        return multiplier;
    }

    private static ServiceTier tier(String name, String path, Findings findings) {
        for (ServiceTier tier : ServiceTier.values()) {
            if (tier.name().equals(name)) {
                return tier;
            }
        }
        findings.add("UNKNOWN_SERVICE_TIER", path, name, "STANDARD, BATCH, FLEX or PRIORITY");
        return ServiceTier.STANDARD;
    }

    /** A mark-up in percent; empty text is none. */
    public static BigDecimal markup(String text, String path, Findings findings) {
        BigDecimal percent = text.isEmpty() ? BigDecimal.ZERO : decimal(text, path, findings);
        if (percent.compareTo(MIN_MARKUP) < 0
                || percent.compareTo(MAX_MARKUP) > 0
                || percent.scale() > MAX_FACTOR_DIGITS) {
            findings.add(
                    "INVALID_MARKUP",
                    path,
                    text,
                    "-100 to 10000, at most 4 digits after the point");
        }
        return percent;
    }

    /** A currency of ISO 4217. */
    public static CurrencyCode currency(String code, String path, Findings findings) {
        Optional<CurrencyCode> currency = CurrencyCode.parse(code);
        if (currency.isEmpty()) {
            findings.add("INVALID_CURRENCY", path, code, "ISO 4217 code such as USD");
        }
        return currency.orElse(CurrencyCode.USD);
    }

    /** A provider, as calls name it. */
    public static String provider(String provider, String path, Findings findings) {
        if (!Identifiers.isOpaqueId(provider)) {
            findings.add("INVALID_PROVIDER", path, provider, Identifiers.OPAQUE_ID_FORM);
        }
        return provider;
    }

    /** A short name, such as a contract's id. */
    public static String name(String name, String reason, String path, Findings findings) {
        if (!Identifiers.isName(name)) {
            findings.add(reason, path, name, Identifiers.NAME_FORM);
        }
        return name;
    }

    /** Every model, with its aliases, at most once. */
    public static void checkUniqueModels(List<PriceTable> tables, String path, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < tables.size(); i++) {
            List<String> names = new ArrayList<>(tables.get(i).aliases());
            names.add(tables.get(i).model());
            for (String name : names) {
                if (!seen.add(name)) {
                    findings.add("DUPLICATE_MODEL", path + "[" + i + "]", name, "each model once");
                }
            }
        }
    }

    /** More of something than allowed. */
    public static void tooMany(String path, int count, int limit, Findings findings) {
        findings.add("TOO_MANY_ENTRIES", path, Integer.toString(count), "at most " + limit);
    }

    static BigDecimal decimal(String text, String path, Findings findings) {
        Optional<BigDecimal> number = Decimals.parse(text);
        if (number.isEmpty()) {
            findings.add(
                    "INVALID_DECIMAL", path, text, "decimal number without exponent, such as 1.25");
        }
        return number.orElse(BigDecimal.ONE).stripTrailingZeros();
    }
}
