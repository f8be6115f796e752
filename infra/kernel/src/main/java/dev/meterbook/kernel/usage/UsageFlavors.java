package dev.meterbook.kernel.usage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Flavours by provider and name. Immutable. */
public final class UsageFlavors {

    private static final String RESOURCE = "usage-flavors.txt";
    private static final UsageFlavors OWN = new UsageFlavors(FlavorFile.read(text()));

    private final Map<String, UsageFlavor> byName = new LinkedHashMap<>();

    /**
     * Flavours; of two of one name the first counts.
     *
     * @param flavors the flavours
     */
    public UsageFlavors(List<UsageFlavor> flavors) {
        for (UsageFlavor each : flavors) {
            byName.putIfAbsent(name(each.provider(), each.flavor()), each);
        }
    }

    /** The flavours that come with Meterbook, written from the providers' public documentation. */
    public static UsageFlavors own() {
        return OWN;
    }

    /** A flavour, if it is known. Capital and small letters are the same. */
    public Optional<UsageFlavor> find(String provider, String flavor) {
        return Optional.ofNullable(byName.get(name(provider, flavor)));
    }

    /** All flavours. */
    public Collection<UsageFlavor> all() {
        return List.copyOf(byName.values());
    }

    private static String name(String provider, String flavor) {
        return TextMatch.lower(provider) + " " + TextMatch.lower(flavor);
    }

    private static String text() {
        try (InputStream resource = UsageFlavors.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
