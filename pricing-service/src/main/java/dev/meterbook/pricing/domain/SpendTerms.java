package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.util.List;

/**
 * The spend terms of a contract or plan that hold together, ready to be applied. Safe for use by
 * many threads; its answers never change.
 */
final class SpendTerms {

    /** Nothing is counted. */
    static final SpendTerms NONE = new SpendTerms("", CurrencyCode.USD, List.of());

    private final String version;
    private final CurrencyCode currency;
    private final List<PeriodTerm> terms;

    private SpendTerms(String version, CurrencyCode currency, List<PeriodTerm> terms) {
        this.version = version;
        this.currency = currency;
        this.terms = terms;
    }

    /**
     * Terms of one version.
     *
     * @param all the terms of all versions of the contract or plan by the moments at which they
     *     hold, in ascending order
     */
    static SpendTerms of(
            String version,
            CurrencyCode currency,
            List<SpendTerm> terms,
            List<Timeline.Span<List<SpendTerm>>> all) {
        return terms.isEmpty()
                ? NONE
                : new SpendTerms(
                        version,
                        currency,
                        terms.stream().map(each -> PeriodTerm.of(each, currency, all)).toList());
    }

    boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The version that they were agreed with. */
    String version() {
        return version;
    }

    CurrencyCode currency() {
        return currency;
    }

    List<PeriodTerm> terms() {
        return terms;
    }

    SpendKey key(String owner, PeriodTerm term, long micros) {
        return new SpendKey(owner, term.id(), currency, term.at(micros).startMicros());
    }

    /**
     * What a call comes to by all terms, each on what the one before leaves.
     *
     * @param gross what the call comes to without them
     * @param spent takes what each counts
     */
    BigDecimal apply(
            String owner,
            long micros,
            BigDecimal gross,
            RunningQuantities running,
            List<Spent> spent) {
        BigDecimal amount = gross;
        for (PeriodTerm each : terms) {
            SpendKey key = key(owner, each, micros);
            SpendTerm term = each.at(micros).term();
            BigDecimal before = running.spendBefore(key);
            BigDecimal counted = Amounts.limited(amount);
            BigDecimal owed = term.owed(before.add(counted)).subtract(term.owed(before));
            Spent here = new Spent(key, before, counted, owed);
            spent.add(here);
            amount = here.owed();
        }
        return amount;
    }

    /** The term that counts for a key, with the amounts of the period that holds a moment. */
    SpendTerm holding(SpendKey key, long micros) {
        return terms.stream()
                .filter(each -> each.id().equals(key.term()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no spend term " + key))
                .at(micros)
                .term();
    }
}
