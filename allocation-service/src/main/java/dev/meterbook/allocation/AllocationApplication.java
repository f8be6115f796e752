package dev.meterbook.allocation;

import io.micronaut.runtime.Micronaut;

/** The allocation service as a process of its own. */
public final class AllocationApplication {

    /** Where the service's configuration lies. */
    public static final String CONFIG = "classpath:/services/allocation/";

    private AllocationApplication() {}

    /** Starts the service; settings come from the environment, see the README. */
    public static void main(String[] args) {
        var _ =
                Micronaut.build(args)
                        .mainClass(AllocationApplication.class)
                        .overrideConfigLocations("file:./config/", CONFIG)
                        .banner(false)
                        .start();
    }
}
