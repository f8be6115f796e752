package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Violation;
import dev.meterbook.pricing.domain.charge.Commitment;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks terms on the spend of periods, as {@link PriceChecks} does with prices. */
public final class SpendChecks {

    /** Spend terms of a contract or plan at a time at most. */
    public static final int MAX_TERMS = 100;

    private static final int MAX_AMOUNT_DIGITS = 12;
    private static final int MAX_FACTOR_DIGITS = 4;
    private static final BigDecimal MAX_FACTOR = BigDecimal.valueOf(1_000);

    private SpendChecks() {}

    /** What a period owes at least; empty text is none. */
    public static @Nullable BigDecimal minimum(String text, String path, Findings findings) {
        return text.isEmpty() ? null : amount(text, path, findings);
    }

    /** What a period owes at most; empty text is none. */
    public static @Nullable BigDecimal maximum(String text, String path, Findings findings) {
        return text.isEmpty() ? null : positive(text, path, findings);
    }

    /** An amount above 0. */
    public static BigDecimal positive(String text, String path, Findings findings) {
        BigDecimal amount = amount(text, path, findings);
        if (amount.signum() == 0) {
            findings.add("INVALID_AMOUNT", path, text, "above 0");
        }
        return amount;
    }

    private static BigDecimal amount(String text, String path, Findings findings) {
        BigDecimal amount = PriceChecks.decimal(text, path, findings);
        if (amount.signum() < 0) {
            findings.add("NEGATIVE_AMOUNT", path, text, "0 or more");
        } else if (amount.scale() > MAX_AMOUNT_DIGITS
                || amount.precision() - amount.scale() > MAX_AMOUNT_DIGITS) {
            findings.add("AMOUNT_OUT_OF_RANGE", path, text, "at most 12 digits before the point");
        }
        return amount;
    }

    /** What usage beyond a commitment is multiplied with; empty text is 1. */
    public static BigDecimal overage(String text, String path, Findings findings) {
        BigDecimal factor =
                text.isEmpty() ? BigDecimal.ONE : PriceChecks.decimal(text, path, findings);
        if (factor.signum() < 0
                || factor.compareTo(MAX_FACTOR) > 0
                || factor.scale() > MAX_FACTOR_DIGITS) {
            findings.add(
                    "INVALID_MULTIPLIER",
                    path,
                    text,
                    "0 to 1000, at most 4 digits after the point");
        }
        return factor;
    }

    /** That a term says something, and nothing that contradicts itself. */
    public static SpendTerm consistent(SpendTerm term, String path, Findings findings) {
        BigDecimal maximum = term.maximum();
        Commitment commitment = term.commitment();
        if (term.minimum() == null && maximum == null && commitment == null) {
            findings.add("EMPTY_TERM", path, term.id(), "a minimum, a maximum or a commitment");
        }
        checkWithin(
                term.minimum(),
                maximum,
                "MINIMUM_ABOVE_MAXIMUM",
                path + ".minimum_amount",
                findings);
        checkWithin(
                commitment == null ? null : commitment.amount(),
                maximum,
                "COMMITMENT_ABOVE_MAXIMUM",
                path + ".commitment.amount",
                findings);
        return term;
    }

    private static void checkWithin(
            @Nullable BigDecimal amount,
            @Nullable BigDecimal maximum,
            String reason,
            String path,
            Findings findings) {
        if (amount != null && maximum != null && amount.compareTo(maximum) > 0) {
            findings.add(
                    reason,
                    path,
                    Decimals.plain(amount),
                    "at most the maximum, " + Decimals.plain(maximum));
        }
    }

    /** Each id at most once. */
    public static void checkUnique(List<SpendTerm> terms, String path, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < terms.size(); i++) {
            String id = terms.get(i).id();
            if (!seen.add(id)) {
                findings.add("DUPLICATE_TERM", path + "[" + i + "].id", id, "each id once");
            }
        }
    }

    /**
     * What does not fit the contract or plan that terms are for: more digits than its currency has,
     * or another period than a term of the same id has in another version.
     *
     * @param others the terms of its other versions
     * @param path of the terms
     */
    static Optional<Violation> misfit(
            List<SpendTerm> terms, List<SpendTerm> others, CurrencyCode currency, String path) {
        Map<String, VolumePeriod> periods = new HashMap<>();
        others.forEach(each -> periods.put(each.id(), each.period()));
        Findings findings = new Findings();
        for (int i = 0; i < terms.size(); i++) {
            SpendTerm term = terms.get(i);
            String each = path + "[" + i + "]";
            checkDigits(term.minimum(), currency, each + ".minimum_amount", findings);
            checkDigits(term.maximum(), currency, each + ".maximum_amount", findings);
            Commitment commitment = term.commitment();
            BigDecimal promised = commitment == null ? null : commitment.amount();
            checkDigits(promised, currency, each + ".commitment.amount", findings);
            VolumePeriod before = periods.getOrDefault(term.id(), term.period());
            if (before != term.period()) {
                findings.add(
                        "PERIOD_CHANGED",
                        each + ".period",
                        term.period().name(),
                        before.name() + " as in the versions before, or another id");
            }
        }
        return findings.first();
    }

    private static void checkDigits(
            @Nullable BigDecimal amount, CurrencyCode currency, String path, Findings findings) {
        if (amount != null && amount.scale() > currency.minorDigits()) {
            findings.add(
                    "AMOUNT_TOO_FINE",
                    path,
                    Decimals.plain(amount),
                    "at most %d digits after the point in %s"
                            .formatted(currency.minorDigits(), currency));
        }
    }
}
