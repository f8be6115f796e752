package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exchange rates by currencies and time. Immutable. */
final class ExchangeRates {

    static final ExchangeRates NONE = new ExchangeRates(Map.of());

    private record Pair(CurrencyCode from, CurrencyCode to) {}

    /** The one that begins later first; of two that begin together the one added later. */
    private final Map<Pair, List<ExchangeRate>> latestFirst;

    private ExchangeRates(Map<Pair, List<ExchangeRate>> latestFirst) {
        this.latestFirst = latestFirst;
    }

    /** These and one more. */
    ExchangeRates with(ExchangeRate rate) {
        Pair pair = new Pair(rate.from(), rate.to());
        List<ExchangeRate> rates = new ArrayList<>(latestFirst.getOrDefault(pair, List.of()));
        int place = 0;
        while (place < rates.size() && rates.get(place).fromMicros() > rate.fromMicros()) {
            place++;
        }
        rates.add(place, rate);
        Map<Pair, List<ExchangeRate>> more = new HashMap<>(latestFirst);
        more.put(pair, List.copyOf(rates));
        return new ExchangeRates(more);
    }

    /** The rate that counts at a moment; null if none does. */
    @Nullable ExchangeRate at(CurrencyCode from, CurrencyCode to, long micros) {
        for (ExchangeRate rate : latestFirst.getOrDefault(new Pair(from, to), List.of())) {
            if (rate.fromMicros() <= micros) {
                return rate;
            }
        }
        return null;
    }
}
