package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that can price calls of one provider. Answers are kept by model, so that a known model
 * costs one look-up. Its content never changes; a new fact makes a new book.
 */
final class ProviderBook {

    /** Models whose offers are kept at most; names come from callers. */
    private static final int MAX_KEPT = 10_000;

    private final List<ContractOffers> contracts;
    private final List<OfferIndex> catalogues;
    private final Map<String, ModelOffers> kept = new ConcurrentHashMap<>();

    /**
     * A book.
     *
     * @param contracts in the order in which they are asked
     * @param catalogues asked after the contracts
     */
    ProviderBook(List<ContractOffers> contracts, List<OfferIndex> catalogues) {
        this.contracts = List.copyOf(contracts);
        this.catalogues = List.copyOf(catalogues);
    }

    /** The contracts, in the order in which they are asked. */
    List<ContractOffers> contracts() {
        return contracts;
    }

    ModelOffers offers(String model) {
        ModelOffers known = kept.get(model);
        return known != null ? known : find(model);
    }

    private ModelOffers find(String model) {
        List<RateOffer> all = new ArrayList<>();
        List<RateOffer> list = new ArrayList<>();
        catalogues.forEach(catalogue -> catalogue.forEach(model, list::add));
        contracts.forEach(contract -> contract.forEach(model, list, all::add));
        all.addAll(list);
        if (all.isEmpty()) {
            return ModelOffers.NONE;
        }
        ModelOffers offers = new ModelOffers(RateOffer.array(all), RateOffer.array(list));
        if (kept.size() < MAX_KEPT) {
            kept.put(model, offers);
        }
        return offers;
    }
}
