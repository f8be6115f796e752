package dev.meterbook.pricing;

import io.micronaut.runtime.Micronaut;

/** The pricing service as a process of its own. */
public final class PricingApplication {

    /** Where the service's configuration lies. */
    public static final String CONFIG = "classpath:/services/pricing/";

    private PricingApplication() {}

    /** Starts the service; settings come from the environment, see the README. */
    public static void main(String[] args) {
        var _ =
                Micronaut.build(args)
                        .mainClass(PricingApplication.class)
                        .overrideConfigLocations("file:./config/", CONFIG)
                        .banner(false)
                        .start();
    }
}
