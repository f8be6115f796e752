package dev.meterbook.pricing.domain;

import java.util.HashMap;
import java.util.Map;

/** What a catalogue offers, by provider. */
final class CatalogueOffers {

    private CatalogueOffers() {}

    static Map<String, OfferIndex> of(Catalogue catalogue) {
        Map<String, OfferIndex> offers = new HashMap<>();
        for (Catalogue.ProviderPrices provider : catalogue.providers()) {
            offers.put(provider.provider(), offers(catalogue, provider));
        }
        for (Catalogue.ProviderPrices provider : catalogue.providers()) {
            OfferIndex own = offers.get(provider.provider());
            for (String fallback : provider.fallbacks()) {
                OfferIndex other = offers.get(fallback);
                if (own != null && other != null) {
                    own.fallBackTo(other);
                }
            }
        }
        return offers;
    }

    private static OfferIndex offers(Catalogue catalogue, Catalogue.ProviderPrices provider) {
        PriceSource source =
                new PriceSource(
                        PriceSource.LIST + provider.provider(),
                        catalogue.version(),
                        catalogue.currency());
        OfferIndex index = new OfferIndex();
        for (Catalogue.ModelPrices model : provider.models()) {
            index.add(new RateOffer(source, model.validity(), new RateTable(model.table())));
        }
        return index.sorted();
    }
}
