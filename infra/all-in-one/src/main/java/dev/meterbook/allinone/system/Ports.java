package dev.meterbook.allinone.system;

import dev.meterbook.embedded.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The addresses that a Meterbook listens on.
 *
 * @param bind the address of a network interface; 0.0.0.0 for all
 * @param http port of the gateway's HTTP server, 1..65535
 * @param grpc port of each service's gRPC server; the same for all when they share a process
 */
public record Ports(String bind, int http, Map<Service, Integer> grpc) {

    /** Copies the map. */
    public Ports {
        grpc = Map.copyOf(grpc);
    }

    /** Ports of a Meterbook in one process; 0 chooses a free one. */
    public static Ports shared(String bind, int http, int grpc) {
        int port = grpc == 0 ? FreePort.next() : grpc;
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            ports.put(service, port);
        }
        return new Ports(bind, http == 0 ? FreePort.next() : http, ports);
    }

    /** Ports of six processes: those after {@code grpc}, or free ones if that is 0. */
    public static Ports separate(String bind, int http, int grpc) {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        int next = grpc;
        for (Service service : Service.values()) {
            ports.put(service, grpc == 0 ? FreePort.next() : ++next);
        }
        return new Ports(bind, http == 0 ? FreePort.next() : http, ports);
    }

    /**
     * Fails if somebody else listens on one of them.
     *
     * @throws CommandFailure with the port and the flag that chooses another
     */
    public void requireFree() {
        requireFree(http, "--http-port");
        grpc.values().stream()
                .distinct()
                .sorted()
                .forEach(port -> requireFree(port, "--grpc-port"));
    }

    private void requireFree(int port, String flag) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address(), port));
        } catch (IOException busy) {
            throw new CommandFailure(
                    "port: %d is in use (expected: a free one; %s chooses another)"
                            .formatted(port, flag),
                    busy);
        }
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException unknown) {
            throw new CommandFailure(
                    "--bind: %s (expected: an address of this machine)".formatted(bind), unknown);
        }
    }

    /** The host by which this machine itself reaches the servers. */
    public String host() {
        return address().isAnyLocalAddress() ? "127.0.0.1" : bind;
    }

    /** Where a service's gRPC server is reached from this machine. */
    public String address(Service service) {
        return host() + ":" + grpc.get(service);
    }
}
