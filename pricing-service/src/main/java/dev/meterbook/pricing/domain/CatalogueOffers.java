package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a catalogue offers, by provider. */
final class CatalogueOffers {

    private CatalogueOffers() {}

    /**
     * The offers of all editions of a catalogue, each at the moments at which it holds.
     *
     * @param editions by their first moment
     */
    static List<Map<String, OfferIndex>> of(List<Catalogue> editions) {
        List<Map<String, OfferIndex>> offers = new ArrayList<>();
        for (int i = 0; i < editions.size(); i++) {
            long until =
                    i + 1 < editions.size()
                            ? editions.get(i + 1).edition().fromMicros()
                            : Validity.OPEN;
            Catalogue edition = editions.get(i);
            offers.add(of(edition, new Validity(edition.edition().fromMicros(), until)));
        }
        return offers;
    }

    private static Map<String, OfferIndex> of(Catalogue catalogue, Validity moments) {
        Map<String, OfferIndex> offers = new HashMap<>();
        for (Catalogue.ProviderPrices provider : catalogue.providers()) {
            offers.put(provider.provider(), offers(catalogue, provider, moments));
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

    private static OfferIndex offers(
            Catalogue catalogue, Catalogue.ProviderPrices provider, Validity moments) {
        PriceSource source =
                new PriceSource(
                        PriceSource.LIST + provider.provider(),
                        catalogue.version(),
                        catalogue.currency());
        OfferIndex index = new OfferIndex();
        for (Catalogue.ModelPrices model : provider.models()) {
            Validity validity = model.validity().intersect(moments);
            index.add(new RateOffer(source, validity, new RateTable(model.table())));
        }
        return index.sorted();
    }
}
