package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.usage.TextMatch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A collection of public list prices.
 *
 * @param id its id, such as {@code starter}; an import takes the place of the one of the same id
 * @param version its version, such as a date
 * @param currency currency of all prices
 * @param providers the prices by provider
 * @param edition when it holds and where it is from
 */
public record Catalogue(
        String id,
        String version,
        CurrencyCode currency,
        List<ProviderPrices> providers,
        Edition edition) {

    /** Copies. */
    public Catalogue {
        providers = List.copyOf(providers);
    }

    /** A catalogue that comes with the product. */
    public Catalogue(
            String id, String version, CurrencyCode currency, List<ProviderPrices> providers) {
        this(id, version, currency, providers, Edition.BUILT_IN);
    }

    /**
     * An edition of a catalogue. It succeeds those that hold from the same moment or a later one;
     * before it those that held then still do.
     *
     * @param fromMicros first moment at which it holds, in microseconds since 1970-01-01T00:00Z
     * @param document what was imported, as text of JSON; empty if it came with the product
     * @param source where that is from
     * @param checkDate when the prices were read there: YYYY-MM-DD
     */
    public record Edition(long fromMicros, String document, String source, String checkDate) {

        /** Came with the product; holds at any time. */
        public static final Edition BUILT_IN = new Edition(0, "", "", "");
    }

    /**
     * The list prices of one provider.
     *
     * @param provider the provider, as calls name it
     * @param sourceUri where the prices were read
     * @param checkDate when they were read: YYYY-MM-DD
     * @param models the prices
     * @param fallbacks providers whose models it offers as well, in the order in which they are
     *     asked for a model that is not its own
     * @param otherNames which other names calls have for it; null for none
     */
    public record ProviderPrices(
            String provider,
            String sourceUri,
            String checkDate,
            List<ModelPrices> models,
            List<String> fallbacks,
            @Nullable TextMatch otherNames) {

        /** Copies. */
        public ProviderPrices {
            models = List.copyOf(models);
            fallbacks = List.copyOf(fallbacks);
        }

        /** A provider of one name that offers its own models only. */
        public ProviderPrices(
                String provider, String sourceUri, String checkDate, List<ModelPrices> models) {
            this(provider, sourceUri, checkDate, models, List.of(), null);
        }
    }

    /**
     * The list prices of one model.
     *
     * @param validity when they hold
     * @param table the prices
     */
    public record ModelPrices(Validity validity, PriceTable table) {}

    /**
     * The provider that calls mean by a name: the one of that id, else the one that OpenTelemetry
     * calls so, else the first one whose condition on other names it meets.
     */
    public Optional<ProviderPrices> provider(String name) {
        return Stream.concat(Stream.of(name), ProviderNames.ids(name).stream())
                .flatMap(id -> providers.stream().filter(each -> each.provider().equals(id)))
                .findFirst()
                .or(() -> byCondition(TextMatch.lower(name)));
    }

    private Optional<ProviderPrices> byCondition(String lower) {
        return providers.stream().filter(each -> isOtherName(each.otherNames(), lower)).findFirst();
    }

    private static boolean isOtherName(@Nullable TextMatch otherNames, String lower) {
        return otherNames != null && otherNames.matchesLower(lower);
    }

    /** How many models have prices; one with several tables counts once. */
    public int modelCount() {
        return (int)
                providers.stream()
                        .mapToLong(
                                provider ->
                                        provider.models().stream()
                                                .map(each -> each.table().model())
                                                .distinct()
                                                .count())
                        .sum();
    }
}
