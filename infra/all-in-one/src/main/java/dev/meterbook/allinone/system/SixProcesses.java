package dev.meterbook.allinone.system;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Each service as a process of its own, all on one PostgreSQL and one Redis. */
public final class SixProcesses implements RunningSystem {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 50;

    private final SystemSettings settings;
    private final Secrets secrets;
    private final Stores stores;
    private final ClosingOrder closing;

    private SixProcesses(
            SystemSettings settings, Secrets secrets, Stores stores, ClosingOrder closing) {
        this.settings = settings;
        this.secrets = secrets;
        this.stores = stores;
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
        SixProcesses system = new SixProcesses(settings, secrets, stores, closing);
        system.startServices();
        closing.add(RunningNote.leave(settings.data(), system));
        return system;
    }

    /** All at once: each waits by itself for what it needs of the others. */
    private void startServices() {
        List<ServiceProcess> processes = new ArrayList<>();
        closing.add(() -> stop(processes));
        for (Service service : Service.values()) {
            processes.add(
                    ServiceProcess.start(
                            service,
                            ServiceEnvironment.of(service, stores, settings.ports(), secrets),
                            settings.data().log(service.id())));
        }
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        for (Service service : Service.values()) {
            awaitServing(service, processes, deadline);
        }
        awaitHttp(processes, deadline);
    }

    private static void stop(List<ServiceProcess> processes) throws IOException {
        for (ServiceProcess process : processes) {
            process.askToStop();
        }
        for (ServiceProcess process : processes) {
            process.close();
        }
    }

    private void awaitServing(Service service, List<ServiceProcess> processes, long deadline) {
        ManagedChannel channel = Channels.open(grpc(service));
        try {
            HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
            while (!isServing(health)) {
                waitABit(service.id(), processes, deadline);
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private static boolean isServing(HealthGrpc.HealthBlockingStub health) {
        try {
            return health.withDeadlineAfter(2, TimeUnit.SECONDS)
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }

    private void awaitHttp(List<ServiceProcess> processes, long deadline) {
        HttpRequest request = HttpRequest.newBuilder(http().resolve("/health")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!answers(client, request)) {
                waitABit("HTTP of the gateway", processes, deadline);
            }
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped while starting", stop);
        }
    }

    private static void waitABit(String what, List<ServiceProcess> processes, long deadline) {
        processes.forEach(ServiceProcess::requireAlive);
        if (System.nanoTime() > deadline) {
            throw new CommandFailure(
                    what + ": not ready after " + START_LIMIT.toSeconds() + " s; see its log");
        }
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped while starting", stop);
        }
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
