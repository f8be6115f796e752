package dev.meterbook.pricing.intake;

import dev.meterbook.pricing.application.CatalogueFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the catalogue of list prices that comes with the product into the log, once for each
 * content. What a rating depends on is thereby in the log, whatever file a later version brings.
 */
@Singleton
final class CatalogueSeed {

    private static final String RESOURCE = "/catalogue/starter-prices.json";
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueSeed.class);

    private final CatalogueStore store;

    CatalogueSeed(CatalogueStore store) {
        this.store = store;
    }

    /**
     * Appends the catalogue unless it is there.
     *
     * @throws IllegalStateException if the file is refused; it says line and reason
     */
    void plant() {
        switch (CatalogueFile.read(text())) {
            case CatalogueFile.Outcome.Read read ->
                    LOG.info(
                            "starter catalogue at position {}",
                            store.appendContent(read.catalogue()).position());
            case CatalogueFile.Outcome.Refused refused ->
                    throw new IllegalStateException(RESOURCE + ": " + refused.message());
        }
    }

    private static String text() {
        try (InputStream resource = CatalogueSeed.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
