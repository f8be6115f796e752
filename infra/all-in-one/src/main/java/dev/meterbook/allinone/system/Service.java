package dev.meterbook.allinone.system;

import dev.meterbook.allocation.AllocationApplication;
import dev.meterbook.budget.BudgetApplication;
import dev.meterbook.gateway.GatewayApplication;
import dev.meterbook.ledger.LedgerApplication;
import dev.meterbook.metering.MeteringApplication;
import dev.meterbook.pricing.PricingApplication;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The six services, in the order in which facts flow through them. */
public enum Service {
    METERING(MeteringApplication.class, MeteringApplication.CONFIG),
    PRICING(PricingApplication.class, PricingApplication.CONFIG),
    LEDGER(LedgerApplication.class, LedgerApplication.CONFIG),
    ALLOCATION(AllocationApplication.class, AllocationApplication.CONFIG),
    BUDGET(BudgetApplication.class, BudgetApplication.CONFIG),
    GATEWAY(GatewayApplication.class, GatewayApplication.CONFIG);

    private final Class<?> mainClass;
    private final String configLocation;

    Service(Class<?> mainClass, String configLocation) {
        this.mainClass = mainClass;
        this.configLocation = configLocation;
    }

    /** The service of a name such as {@code ledger}. */
    public static Optional<Service> of(String id) {
        return Arrays.stream(values()).filter(service -> service.id().equals(id)).findFirst();
    }

    /** Names of all services. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Service::id).toList();
    }

    /** Its name: also its schema's, and part of its roles' names. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is started to have it as a process of its own. */
    public Class<?> mainClass() {
        return mainClass;
    }

    /** Where its settings are. */
    public String configLocation() {
        return configLocation;
    }

    /** Environment variable with the password of its run-time role. */
    public String passwordVariable() {
        return "METERBOOK_" + name() + "_PASSWORD";
    }

    /** Environment variable with the password of the role that runs its migrations. */
    public String ownerPasswordVariable() {
        return "METERBOOK_" + name() + "_OWNER_PASSWORD";
    }

    /** Environment variable with the address at which other services reach it. */
    public String addressVariable() {
        return "METERBOOK_" + name() + "_ADDRESS";
    }
}
