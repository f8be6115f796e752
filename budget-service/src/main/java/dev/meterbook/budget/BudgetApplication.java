package dev.meterbook.budget;

import io.micronaut.runtime.Micronaut;

/** The budget service as a process of its own. */
public final class BudgetApplication {

    /** Where the service's configuration lies. */
    public static final String CONFIG = "classpath:/services/budget/";

    private BudgetApplication() {}

    /** Starts the service; settings come from the environment, see the README. */
    public static void main(String[] args) {
        var _ =
                Micronaut.build(args)
                        .mainClass(BudgetApplication.class)
                        .overrideConfigLocations("file:./config/", CONFIG)
                        .start();
    }
}
