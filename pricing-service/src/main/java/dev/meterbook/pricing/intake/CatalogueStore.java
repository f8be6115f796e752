package dev.meterbook.pricing.intake;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.platform.axon.EventCodecs.Encoded;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.pricing.axon.PricingCodecs;
import dev.meterbook.pricing.domain.Catalogue;
import dev.meterbook.pricing.domain.PricingEvent.CatalogueImported;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.List;

/** Puts catalogues of list prices into the log. */
@Singleton
public final class CatalogueStore {

    private final Database database;
    private final EventLog log;

    CatalogueStore(@Named("pricing") Database database, @Named("pricing") EventLog log) {
        this.database = database;
        this.log = log;
    }

    /** Appends a catalogue that comes with the product, once for each content. */
    AppendOutcome appendContent(Catalogue catalogue) {
        Encoded encoded = PricingCodecs.encode(new CatalogueImported(catalogue));
        return append("catalogue/" + HexFormat.of().formatHex(encoded.payload()), encoded);
    }

    /** Appends an edition; a conflict if the catalogue has another one of the same version. */
    public AppendOutcome appendEdition(Catalogue catalogue) {
        return append(
                "catalogue/" + catalogue.id() + "/" + catalogue.version(),
                PricingCodecs.encode(new CatalogueImported(catalogue)));
    }

    private AppendOutcome append(String key, Encoded encoded) {
        NewEvent event = NewEvent.of("", CallKey.of(key), encoded.type(), encoded.payload());
        return database.write(transaction -> log.append(transaction, List.of(event))).getFirst();
    }
}
