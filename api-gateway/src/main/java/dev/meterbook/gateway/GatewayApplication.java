package dev.meterbook.gateway;

import io.micronaut.runtime.Micronaut;

/** The gateway as a process of its own. */
public final class GatewayApplication {

    /** Where its settings are, for whoever starts several services in one process. */
    public static final String CONFIG = "classpath:/services/gateway/";

    private GatewayApplication() {}

    /** Starts the gateway; settings come from {@code ./config/} and the environment. */
    public static void main(String[] args) {
        Micronaut.build(args)
                .mainClass(GatewayApplication.class)
                .overrideConfigLocations("file:./config/", CONFIG)
                .banner(false)
                .start();
    }
}
