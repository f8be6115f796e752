package dev.meterbook.budget.application.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.meterbook.budget.domain.Price;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Remembers prices for a few seconds, so that most questions need no other service. Prices depend
 * on the number of input tokens in steps (context bands). Numbers are put into classes, from one
 * power of two to the next; if both ends of a class cost the same, so does everything between, else
 * each number is asked for by itself. That a price cannot be asked for is not remembered.
 */
public final class CachedPrices implements Prices {

    /** How long a price is remembered. */
    public static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** How many prices are remembered. */
    public static final int MOST = 20_000;

    private final Prices source;
    private final Cache<Key, Entry> cache;

    /** Remembers what a source says. */
    public CachedPrices(Prices source, Clock clock) {
        this.source = source;
        this.cache =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterWrite(REMEMBERED)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    /** What an entry is for: one number, or all numbers of a class, named by the highest. */
    private record Key(PriceQuestion question, Reach reach) {}

    private enum Reach {
        CLASS,
        NUMBER
    }

    private sealed interface Entry {
        record Same(Price price) implements Entry {}

        record Differs() implements Entry {}
    }

    @Override
    public Price priceOf(PriceQuestion question) {
        long highest = highestOfClass(question.inputTokens());
        Key ofClass = new Key(question.withInputTokens(highest), Reach.CLASS);
        Entry entry = cache.getIfPresent(ofClass);
        if (entry == null) {
            entry = askForClass(ofClass.question);
            remember(ofClass, entry);
        }
        return switch (entry) {
            case Entry.Same(Price price) -> price;
            case Entry.Differs() -> priceOfNumber(question);
        };
    }

    private Price priceOfNumber(PriceQuestion question) {
        Key ofNumber = new Key(question, Reach.NUMBER);
        if (cache.getIfPresent(ofNumber) instanceof Entry.Same(Price price)) {
            return price;
        }
        Price price = source.priceOf(question);
        remember(ofNumber, new Entry.Same(price));
        return price;
    }

    private Entry askForClass(PriceQuestion question) {
        long highest = question.inputTokens();
        Price top = source.priceOf(question);
        if (top instanceof Price.Unavailable || highest == 1) {
            return new Entry.Same(top);
        }
        Price bottom = source.priceOf(question.withInputTokens(highest / 2 + 1));
        return top.equals(bottom) ? new Entry.Same(top) : new Entry.Differs();
    }

    private void remember(Key key, Entry entry) {
        if (!(entry instanceof Entry.Same(Price.Unavailable _))) {
            cache.put(key, entry);
        }
    }

    /** The power of two at or above a number. */
    static long highestOfClass(long number) {
        return number <= 1 ? 1 : Long.highestOneBit(number - 1) << 1;
    }
}
