package dev.meterbook.pricing.domain;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Books for calls whose provider no contract and no catalogue has by that name, such as {@code
 * my-openai-proxy}: the list prices of the provider whose condition on other names it meets. Safe
 * for use by many threads.
 */
final class OtherNames {

    /** Names that are kept at most; they come from callers. */
    private static final int MAX_KEPT = 1_000;

    private final List<CatalogueOffers> listed;
    private final Map<String, ProviderBook> byName = new ConcurrentHashMap<>();

    /** Names that mean the same share a book, so that names are all that callers can add. */
    private final Map<List<OfferIndex>, ProviderBook> byOffers = new ConcurrentHashMap<>();

    OtherNames(List<CatalogueOffers> listed) {
        this.listed = listed;
    }

    /** The book for a name; one without prices where no provider has it. */
    ProviderBook book(String name) {
        ProviderBook known = byName.get(name);
        if (known != null) {
            return known;
        }
        ProviderBook book =
                byOffers.computeIfAbsent(
                        CatalogueOffers.indexes(name, listed),
                        offers -> new ProviderBook(List.of(), offers));
        if (byName.size() < MAX_KEPT) {
            byName.put(name, book);
        }
        return book;
    }
}
