package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.Decimals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is different between two catalogues, model by model. */
public final class CatalogueDiff {

    private CatalogueDiff() {}

    /** What happened to a model. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    /**
     * A model that is different.
     *
     * @param kind what happened to it
     * @param provider its provider
     * @param model its name
     * @param differences what is different
     */
    public record Change(Kind kind, String provider, String model, List<Difference> differences) {

        /** Copies. */
        public Change {
            differences = List.copyOf(differences);
        }
    }

    /**
     * One thing that is different.
     *
     * @param subject which: a kind with its band, date and hours, or "names"
     * @param before what it was; empty if there was none
     * @param after what it is; empty if there is none
     */
    public record Difference(String subject, String before, String after) {}

    /**
     * Compares two catalogues.
     *
     * @param before the one so far; null if there was none
     * @return the changes by provider and model
     */
    public static List<Change> between(@Nullable Catalogue before, Catalogue after) {
        Map<String, Map<String, Map<String, String>>> old =
                before == null ? Map.of() : byModel(before);
        Map<String, Map<String, Map<String, String>>> now = byModel(after);
        TreeSet<String> providers = new TreeSet<>(old.keySet());
        providers.addAll(now.keySet());
        List<Change> changes = new ArrayList<>();
        for (String provider : providers) {
            compare(
                    provider,
                    old.getOrDefault(provider, Map.of()),
                    now.getOrDefault(provider, Map.of()),
                    changes);
        }
        return changes;
    }

    private static void compare(
            String provider,
            Map<String, Map<String, String>> old,
            Map<String, Map<String, String>> now,
            List<Change> changes) {
        TreeSet<String> models = new TreeSet<>(old.keySet());
        models.addAll(now.keySet());
        for (String model : models) {
            List<Difference> differences =
                    differences(
                            old.getOrDefault(model, Map.of()), now.getOrDefault(model, Map.of()));
            if (!differences.isEmpty()) {
                Kind kind =
                        !old.containsKey(model)
                                ? Kind.ADDED
                                : now.containsKey(model) ? Kind.CHANGED : Kind.REMOVED;
                changes.add(new Change(kind, provider, model, differences));
            }
        }
    }

    private static List<Difference> differences(Map<String, String> old, Map<String, String> now) {
        TreeSet<String> subjects = new TreeSet<>(old.keySet());
        subjects.addAll(now.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String subject : subjects) {
            String before = old.getOrDefault(subject, "");
            String after = now.getOrDefault(subject, "");
            if (!before.equals(after)) {
                differences.add(new Difference(subject, before, after));
            }
        }
        return differences;
    }

    private static Map<String, Map<String, Map<String, String>>> byModel(Catalogue catalogue) {
        Map<String, Map<String, Map<String, String>>> byProvider = new TreeMap<>();
        for (Catalogue.ProviderPrices provider : catalogue.providers()) {
            Map<String, Map<String, String>> models =
                    byProvider.computeIfAbsent(provider.provider(), any -> new TreeMap<>());
            for (Catalogue.ModelPrices model : provider.models()) {
                describe(
                        model,
                        catalogue.currency().code(),
                        models.computeIfAbsent(model.table().model(), any -> new TreeMap<>()));
            }
        }
        return byProvider;
    }

    private static void describe(
            Catalogue.ModelPrices model, String currency, Map<String, String> subjects) {
        PriceTable table = model.table();
        PriceTable.Listing listing = table.listing();
        subjects.put("names", names(table));
        String when = model.validity().fromMicros() == 0 ? "" : " from " + model.validity().start();
        if (listing != null && listing.hours() != null) {
            when += " " + listing.hours();
        }
        for (LeafPrice price : table.prices()) {
            String band =
                    price.aboveInputTokens() == 0
                            ? ""
                            : " above " + price.aboveInputTokens() + " input tokens";
            subjects.put(
                    price.leaf().id() + band + when,
                    Decimals.plain(price.amount()) + " " + currency + " per " + price.per());
        }
    }

    private static String names(PriceTable table) {
        PriceTable.Listing listing = table.listing();
        return listing == null ? String.join(", ", table.aliases()) : listing.match().toString();
    }
}
