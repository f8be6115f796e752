package dev.meterbook.allinone.system;

import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables by which a service finds its database, its Redis, its ports and the
 * other services. The same ones hold for a process of its own and for all services in one.
 */
final class ServiceEnvironment {

    private ServiceEnvironment() {}

    /** What all services know. */
    private static Map<String, String> shared(Stores stores, SystemSettings settings) {
        Ports ports = settings.ports();
        Map<String, String> variables = new TreeMap<>();
        variables.put(Stores.POSTGRES_URL, stores.postgresUrl());
        variables.put(Stores.REDIS_URL, stores.redisUrl());
        variables.put("METERBOOK_BIND", ports.bind());
        variables.put("METERBOOK_HTTP_PORT", Integer.toString(ports.http()));
        variables.put(
                DataFolder.CHECKPOINT_FOLDER,
                settings.data().checkpoints(settings.environment()).toString());
        for (Service service : Service.values()) {
            variables.put(service.addressVariable(), ports.address(service));
        }
        return variables;
    }

    /** The environment of one service's own process: no secret of another one is in it. */
    static Map<String, String> of(
            Service service, Stores stores, SystemSettings settings, Secrets secrets) {
        Map<String, String> variables = shared(stores, settings);
        add(variables, service, secrets);
        variables.put(
                "METERBOOK_GRPC_PORT",
                Integer.toString(settings.ports().grpc().getOrDefault(service, 0)));
        return variables;
    }

    /** The environment of a process with all services. */
    static Map<String, String> ofAll(Stores stores, SystemSettings settings, Secrets secrets) {
        Map<String, String> variables = shared(stores, settings);
        for (Service service : Service.values()) {
            add(variables, service, secrets);
        }
        variables.put(
                "METERBOOK_GRPC_PORT",
                Integer.toString(settings.ports().grpc().getOrDefault(Service.GATEWAY, 0)));
        return variables;
    }

    private static void add(Map<String, String> variables, Service service, Secrets secrets) {
        variables.put(service.passwordVariable(), secrets.password(service));
        variables.put(service.ownerPasswordVariable(), secrets.ownerPassword(service));
        if (service == Service.GATEWAY) {
            variables.put(Secrets.OPERATOR_KEY, secrets.operatorKey());
        }
    }
}
