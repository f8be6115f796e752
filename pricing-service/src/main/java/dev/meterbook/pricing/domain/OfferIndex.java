package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.usage.TextMatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Offers by model name: a model's own before a family's, a longer beginning before a shorter one,
 * and among equals the one that starts later, then the one added later. Of the models that a
 * catalogue lists with a condition, the first one that was added and matches counts, of its offers
 * the one added later. Filled once, then only read.
 */
final class OfferIndex {

    private final Map<String, List<RateOffer>> byModel = new HashMap<>();
    private final List<RateOffer> families = new ArrayList<>();
    private final List<ListedModel> listed = new ArrayList<>();
    private final List<OfferIndex> fallbacks = new ArrayList<>();

    /**
     * A model of a catalogue.
     *
     * @param model its id
     * @param match which names it has
     * @param offers its offers, the one added last first
     */
    private record ListedModel(String model, TextMatch match, Deque<RateOffer> offers) {}

    /** Adds an offer; the later one of two goes first. */
    void add(RateOffer offer) {
        PriceTable table = offer.table().source();
        PriceTable.Listing listing = table.listing();
        if (listing != null) {
            addListed(table.model(), listing.match(), offer);
            return;
        }
        if (table.isFamily()) {
            families.addFirst(offer);
            return;
        }
        addNamed(table.model(), offer);
        table.aliases().forEach(alias -> addNamed(alias, offer));
    }

    private void addListed(String model, TextMatch match, RateOffer offer) {
        if (listed.isEmpty() || !listed.getLast().model().equals(model)) {
            listed.add(new ListedModel(model, match, new ArrayDeque<>()));
        }
        listed.getLast().offers().addFirst(offer);
    }

    /** Models that this index does not list are looked for in another one, and no further. */
    void fallBackTo(OfferIndex other) {
        fallbacks.add(other);
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
        if (!listed.isEmpty() || !fallbacks.isEmpty()) {
            forEachListed(TextMatch.lower(model), consumer);
        }
    }

    private void forEachListed(String lower, Consumer<RateOffer> consumer) {
        ListedModel found = findListed(lower);
        for (int i = 0; found == null && i < fallbacks.size(); i++) {
            found = fallbacks.get(i).findListed(lower);
        }
        if (found != null) {
            found.offers().forEach(consumer);
        }
    }

    private @Nullable ListedModel findListed(String lower) {
        for (ListedModel each : listed) {
            if (each.match().matchesLower(lower)) {
                return each;
            }
        }
        return null;
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
