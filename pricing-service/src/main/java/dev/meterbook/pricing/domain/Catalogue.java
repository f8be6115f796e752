package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.util.List;

/**
 * A collection of public list prices.
 *
 * @param id its id, such as {@code starter}; an import takes the place of the one of the same id
 * @param version its version, such as a date
 * @param currency currency of all prices
 * @param providers the prices by provider
 */
public record Catalogue(
        String id, String version, CurrencyCode currency, List<ProviderPrices> providers) {

    /** Copies. */
    public Catalogue {
        providers = List.copyOf(providers);
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
     */
    public record ProviderPrices(
            String provider,
            String sourceUri,
            String checkDate,
            List<ModelPrices> models,
            List<String> fallbacks) {

        /** Copies. */
        public ProviderPrices {
            models = List.copyOf(models);
            fallbacks = List.copyOf(fallbacks);
        }

        /** A provider that offers its own models only. */
        public ProviderPrices(
                String provider, String sourceUri, String checkDate, List<ModelPrices> models) {
            this(provider, sourceUri, checkDate, models, List.of());
        }
    }

    /**
     * The list prices of one model.
     *
     * @param validity when they hold
     * @param table the prices
     */
    public record ModelPrices(Validity validity, PriceTable table) {}

    /** How many models have prices. */
    public int modelCount() {
        return providers.stream().mapToInt(provider -> provider.models().size()).sum();
    }
}
