package dev.meterbook.metering;

import io.micronaut.runtime.Micronaut;

/** The meter as a process of its own. */
public final class MeteringApplication {

    /** Where the service's configuration lies. */
    public static final String CONFIG = "classpath:/services/metering/";

    private MeteringApplication() {}

    /** Starts the service; settings come from the environment, see the README. */
    public static void main(String[] args) {
        var _ =
                Micronaut.build(args)
                        .mainClass(MeteringApplication.class)
                        .overrideConfigLocations("file:./config/", CONFIG)
                        .start();
    }
}
