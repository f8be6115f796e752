package dev.meterbook.allinone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/** Each service as a process of its own, all on one PostgreSQL and one Redis. */
public final class SixProcesses implements RunningSystem {

    private final SystemSettings settings;
    private final Secrets secrets;
    private final Stores stores;
    private final ServiceProcesses processes;
    private final ClosingOrder closing;

    private SixProcesses(
            SystemSettings settings,
            Secrets secrets,
            Stores stores,
            ServiceProcesses processes,
            ClosingOrder closing) {
        this.settings = settings;
        this.secrets = secrets;
        this.stores = stores;
        this.processes = processes;
        this.closing = closing;
    }

    /**
     * Starts the servers and the six processes; they take calls when this returns.
     *
     * @param closing gets what was opened, also when the start fails half-way
     * @throws CommandFailure if a port or the data folder is in use, or a service ends by itself
     */
    public static SixProcesses start(SystemSettings settings, ClosingOrder closing) {
        settings.ports().requireFree();
        Secrets secrets = settings.secrets();
        Stores stores = Stores.open(settings.data(), secrets, settings.environment(), closing);
        ServiceProcesses processes = closing.add(new ServiceProcesses(settings, secrets, stores));
        try {
            processes.startAll();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        SixProcesses system = new SixProcesses(settings, secrets, stores, processes, closing);
        closing.add(RunningNote.leave(settings.data(), system));
        return system;
    }

    /** The processes of the services. */
    public ServiceProcesses processes() {
        return processes;
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

    @Override
    public void close() {
        closing.close();
    }
}
