package dev.meterbook.ledger;

import io.micronaut.runtime.Micronaut;

/** The ledger as a process of its own. */
public final class LedgerApplication {

    /** Where the service's configuration lies. */
    public static final String CONFIG = "classpath:/services/ledger/";

    private LedgerApplication() {}

    /** Starts the service; settings come from the environment, see the README. */
    public static void main(String[] args) {
        var _ =
                Micronaut.build(args)
                        .mainClass(LedgerApplication.class)
                        .overrideConfigLocations("file:./config/", CONFIG)
                        .start();
    }
}
