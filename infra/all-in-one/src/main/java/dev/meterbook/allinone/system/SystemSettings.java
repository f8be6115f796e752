package dev.meterbook.allinone.system;

import java.util.Map;

/**
 * How a Meterbook is to be started.
 *
 * @param data its data folder
 * @param ports where it listens
 * @param environment variables that name external servers and given secrets
 */
public record SystemSettings(DataFolder data, Ports ports, Map<String, String> environment) {

    /** Copies the map. */
    public SystemSettings {
        environment = Map.copyOf(environment);
    }

    /** Secrets of the data folder, or as given by the environment. */
    public Secrets secrets() {
        return Secrets.of(data, environment);
    }
}
