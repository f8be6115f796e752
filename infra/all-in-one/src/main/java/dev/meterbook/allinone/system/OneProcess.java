package dev.meterbook.allinone.system;

import dev.meterbook.platform.consumer.LogConsumers;
import dev.meterbook.platform.consumer.RunningConsumer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.runtime.EmbeddedApplication;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/** All services in this process, beside an embedded or a given PostgreSQL and Redis. */
public final class OneProcess implements RunningSystem {

    private final SystemSettings settings;
    private final Secrets secrets;
    private final Stores stores;
    private final ApplicationContext context;
    private final ClosingOrder closing;

    private OneProcess(
            SystemSettings settings,
            Secrets secrets,
            Stores stores,
            ApplicationContext context,
            ClosingOrder closing) {
        this.settings = settings;
        this.secrets = secrets;
        this.stores = stores;
        this.context = context;
        this.closing = closing;
    }

    /**
     * Starts everything; it takes calls when this returns.
     *
     * @param closing gets what was opened, also when the start fails half-way
     * @throws CommandFailure if a port or the data folder is in use
     */
    public static OneProcess start(SystemSettings settings, ClosingOrder closing) {
        settings.ports().requireFree();
        Secrets secrets = settings.secrets();
        Stores stores = Stores.open(settings.data(), secrets, settings.environment(), closing);
        ApplicationContext context = closing.add(context(settings, secrets, stores)).start();
        context.getBean(EmbeddedApplication.class).start();
        OneProcess system = new OneProcess(settings, secrets, stores, context, closing);
        closing.add(RunningNote.leave(settings.data(), system));
        return system;
    }

    /**
     * Not {@code Micronaut.run}: its own shutdown hook would run beside ours and take the same
     * locks in the other order.
     */
    private static ApplicationContext context(
            SystemSettings settings, Secrets secrets, Stores stores) {
        return ApplicationContext.builder()
                .mainClass(OneProcess.class)
                .deduceEnvironment(false)
                .banner(false)
                .overrideConfigLocations(configLocations())
                .propertySources(
                        PropertySource.of(
                                "all-in-one",
                                new HashMap<>(ServiceEnvironment.ofAll(stores, settings, secrets)),
                                PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE,
                                PropertySource.Origin.of("all-in-one")))
                .build();
    }

    /**
     * The first location wins: the operator's own files, then what is common, then each service.
     */
    private static String[] configLocations() {
        List<String> locations =
                new ArrayList<>(List.of("file:./config/", "classpath:/services/all-in-one/"));
        Arrays.stream(Service.values()).map(Service::configLocation).forEach(locations::add);
        return locations.toArray(String[]::new);
    }

    @Override
    public URI http() {
        return URI.create("http://" + settings.ports().host() + ":" + settings.ports().http());
    }

    @Override
    public String grpc(Service service) {
        return settings.ports().address(service);
    }

    @Override
    public String operatorKey() {
        return secrets.operatorKey();
    }

    @Override
    public String postgresUrl() {
        return stores.postgresUrl();
    }

    /** The consumers of all services, at work in this process. */
    public List<RunningConsumer> consumers() {
        return context.getBean(LogConsumers.class).all();
    }

    @Override
    public void close() {
        closing.close();
    }
}
