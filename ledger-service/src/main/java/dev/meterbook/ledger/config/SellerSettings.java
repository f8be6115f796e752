package dev.meterbook.ledger.config;

import dev.meterbook.ledger.document.Seller;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * Who issues the invoices: {@code meterbook.ledger.seller} in the configuration.
 *
 * @param name the operator's name
 * @param lines address, tax number and the like, one line each; at most 6
 */
@ConfigurationProperties("meterbook.ledger.seller")
public record SellerSettings(
        @Bindable(defaultValue = "Meterbook operator") String name,
        @Bindable(defaultValue = "") List<String> lines) {

    /** As it stands on invoices. */
    public Seller seller() {
        return new Seller(name, lines.stream().filter(line -> !line.isBlank()).toList());
    }
}
