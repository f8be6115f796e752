package dev.meterbook.ledger.config;

import dev.meterbook.ledger.document.InvoicePdf;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Puts together what depends on settings. */
@Factory
final class LedgerFactory {

    @Singleton
    InvoicePdf invoicePdf(SellerSettings settings) {
        return new InvoicePdf(settings.seller());
    }
}
