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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The processes of the services: started, awaited, and, after one was lost, started again. */
public final class ServiceProcesses implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 50;

    private final SystemSettings settings;
    private final Secrets secrets;
    private final Stores stores;
    private final Map<Service, ServiceProcess> present = new EnumMap<>(Service.class);
    private final List<ServiceProcess> started = new ArrayList<>();
    private boolean stopping;

    ServiceProcesses(SystemSettings settings, Secrets secrets, Stores stores) {
        this.settings = settings;
        this.secrets = secrets;
        this.stores = stores;
    }

    /** All at once: each waits by itself for what it needs of the others. */
    void startAll() throws IOException {
        for (Service service : Service.values()) {
            Files.deleteIfExists(log(service));
            start(service);
        }
        for (Service service : Service.values()) {
            await(service);
        }
    }

    /**
     * The process of a service that was started last.
     *
     * @throws CommandFailure if there is none
     */
    public ServiceProcess of(Service service) {
        synchronized (started) {
            return Optional.ofNullable(present.get(service))
                    .orElseThrow(() -> new CommandFailure(service.id() + " was never started"));
        }
    }

    /** Starts a service whose process has ended; it need not take calls yet. */
    public ServiceProcess start(Service service) {
        synchronized (started) {
            ServiceProcess process = start(service, environment(service));
            present.put(service, process);
            return process;
        }
    }

    /** Starts one more process of a service, whose gRPC server listens elsewhere. */
    public ServiceProcess startAnother(Service service, int grpcPort) {
        Map<String, String> environment = environment(service);
        environment.put("METERBOOK_GRPC_PORT", Integer.toString(grpcPort));
        synchronized (started) {
            return start(service, environment);
        }
    }

    private ServiceProcess start(Service service, Map<String, String> environment) {
        if (stopping) {
            throw new CommandFailure("stopped while starting " + service.id());
        }
        ServiceProcess process = ServiceProcess.start(service, environment, log(service));
        started.add(process);
        return process;
    }

    private Map<String, String> environment(Service service) {
        return ServiceEnvironment.of(service, stores, settings, secrets);
    }

    private Path log(Service service) {
        return settings.data().log(service.id());
    }

    /**
     * Waits until a service takes calls.
     *
     * @throws CommandFailure if its process ends, or it takes too long
     */
    public void await(Service service) {
        await(of(service), settings.ports().address(service), service.id());
        if (service == Service.GATEWAY) {
            awaitHttp(of(service));
        }
    }

    /**
     * Waits until a process takes calls.
     *
     * @param address host and port of its gRPC server
     * @param name for people
     */
    public static void await(ServiceProcess process, String address, String name) {
        ManagedChannel channel = Channels.open(address);
        try {
            HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
            await(process, name, () -> isServing(health));
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

    private void awaitHttp(ServiceProcess gateway) {
        URI health =
                URI.create(
                        "http://%s:%d/health"
                                .formatted(settings.ports().host(), settings.ports().http()));
        HttpRequest request = HttpRequest.newBuilder(health).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            await(gateway, "HTTP of the gateway", () -> answers(client, request));
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

    private static void await(ServiceProcess process, String what, BooleanSupplier ready) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!ready.getAsBoolean()) {
            process.requireAlive();
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
    }

    /** Stops all of them and waits until they are down. */
    @Override
    public void close() throws IOException {
        List<ServiceProcess> processes;
        synchronized (started) {
            stopping = true;
            processes = List.copyOf(started);
        }
        for (ServiceProcess process : processes) {
            process.askToStop();
        }
        for (ServiceProcess process : processes) {
            process.close();
        }
    }
}
