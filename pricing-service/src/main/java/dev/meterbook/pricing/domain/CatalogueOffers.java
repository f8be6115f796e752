package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an edition of a catalogue offers, by provider, at the moments at which it holds. */
final class CatalogueOffers {

    private final Catalogue catalogue;
    private final Map<String, OfferIndex> offers;

    private CatalogueOffers(Catalogue catalogue, Validity moments) {
        this.catalogue = catalogue;
        this.offers = offers(catalogue, moments);
    }

    /**
     * The offers of all editions of a catalogue.
     *
     * @param editions by their first moment
     */
    static List<CatalogueOffers> of(List<Catalogue> editions) {
        List<CatalogueOffers> offers = new ArrayList<>();
        for (int i = 0; i < editions.size(); i++) {
            long until =
                    i + 1 < editions.size()
                            ? editions.get(i + 1).edition().fromMicros()
                            : Validity.OPEN;
            Catalogue edition = editions.get(i);
            offers.add(
                    new CatalogueOffers(
                            edition, new Validity(edition.edition().fromMicros(), until)));
        }
        return offers;
    }

    /** What editions offer of the provider that calls mean by a name. */
    static List<OfferIndex> indexes(String provider, List<CatalogueOffers> editions) {
        return editions.stream()
                .map(each -> each.offers(provider))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable OfferIndex offers(String provider) {
        return catalogue.provider(provider).map(each -> offers.get(each.provider())).orElse(null);
    }

    private static Map<String, OfferIndex> offers(Catalogue catalogue, Validity moments) {
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
