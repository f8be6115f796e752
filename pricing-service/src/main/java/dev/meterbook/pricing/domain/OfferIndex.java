package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Offers by model name: a model's own before a family's, a longer beginning before a shorter one,
 * and among equals the one that starts later, then the one added later. Filled once, then only
 * read.
 */
final class OfferIndex {

    private final Map<String, List<RateOffer>> byModel = new HashMap<>();
    private final List<RateOffer> families = new ArrayList<>();

    /** Adds an offer; the later one of two goes first. */
    void add(RateOffer offer) {
        PriceTable table = offer.table().source();
        if (table.isFamily()) {
            families.addFirst(offer);
            return;
        }
        addNamed(table.model(), offer);
        table.aliases().forEach(alias -> addNamed(alias, offer));
    }

    private void addNamed(String model, RateOffer offer) {
        byModel.computeIfAbsent(model, any -> new ArrayList<>()).addFirst(offer);
    }

    /** To be called when all offers are in. */
    OfferIndex sorted() {
        byModel.values().forEach(offers -> offers.sort(RateOffer::laterStartFirst));
        families.sort(
                Comparator.comparingInt((RateOffer offer) -> -prefix(offer).length())
                        .thenComparing(RateOffer::laterStartFirst));
        return this;
    }

    /** Every offer for a model, in order. */
    void forEach(String model, Consumer<RateOffer> consumer) {
        byModel.getOrDefault(model, List.of()).forEach(consumer);
        for (RateOffer family : families) {
            if (model.startsWith(prefix(family))) {
                consumer.accept(family);
            }
        }
    }

    /** The table of the first offer for a model, whatever the moment; null if there is none. */
    @Nullable RateTable first(String model) {
        List<RateOffer> own = byModel.get(model);
        if (own != null) {
            return own.getFirst().table();
        }
        for (RateOffer family : families) {
            if (model.startsWith(prefix(family))) {
                return family.table();
            }
        }
        return null;
    }

    private static String prefix(RateOffer family) {
        return family.table().source().prefix();
    }
}
