package dev.meterbook.gateway.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Settings of the gateway.
 *
 * @param redisUrl where sessions are kept, such as {@code redis://:password@localhost:6379}
 * @param operatorKey an operator's API key that is to exist; empty for none
 * @param tls true if browsers reach the gateway over TLS (its own, or a proxy's): cookies are then
 *     sent over TLS only
 * @param deadline the longest time of an API call
 * @param pageDeadline the longest time that a page waits for a service
 */
@ConfigurationProperties("meterbook.gateway")
public record GatewaySettings(
        @Bindable(defaultValue = "redis://localhost:6379") String redisUrl,
        @Bindable(defaultValue = "") String operatorKey,
        @Bindable(defaultValue = "false") boolean tls,
        @Bindable(defaultValue = "30s") Duration deadline,
        @Bindable(defaultValue = "10s") Duration pageDeadline) {

    /** Without secrets. */
    @Override
    public String toString() {
        return "GatewaySettings[tls=" + tls + "]";
    }
}
