package dev.meterbook.pricing.intake;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.platform.axon.EventCodecs.Encoded;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.pricing.application.CatalogueFile;
import dev.meterbook.pricing.axon.PricingCodecs;
import dev.meterbook.pricing.domain.PricingEvent.CatalogueImported;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
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

    private final Database database;
    private final EventLog log;

    CatalogueSeed(@Named("pricing") Database database, @Named("pricing") EventLog log) {
        this.database = database;
        this.log = log;
    }

    /**
     * Appends the catalogue unless it is there.
     *
     * @throws IllegalStateException if the file is refused; it says line and reason
     */
    void plant() {
        switch (CatalogueFile.read(text())) {
            case CatalogueFile.Outcome.Read read ->
                    append(PricingCodecs.encode(new CatalogueImported(read.catalogue())));
            case CatalogueFile.Outcome.Refused refused ->
                    throw new IllegalStateException(RESOURCE + ": " + refused.message());
        }
    }

    private void append(Encoded encoded) {
        String content = HexFormat.of().formatHex(encoded.payload());
        NewEvent event =
                NewEvent.of(
                        "", CallKey.of("catalogue/" + content), encoded.type(), encoded.payload());
        var outcome =
                database.write(transaction -> log.append(transaction, List.of(event))).getFirst();
        LOG.info("starter catalogue at position {}", outcome.position());
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
