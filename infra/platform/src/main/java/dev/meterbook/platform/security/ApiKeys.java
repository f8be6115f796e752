package dev.meterbook.platform.security;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.platform.consumer.LogFollower;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.proto.access.v1.ApiKeyIssued;
import dev.meterbook.proto.access.v1.ApiKeyRevoked;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Every valid API key, in memory: follows the gateway's log, so that each service verifies callers
 * by itself and a revoked key ends within moments everywhere.
 */
@Singleton
public final class ApiKeys implements LogFollower {

    private static final String ISSUED = "access.ApiKeyIssued";
    private static final String REVOKED = "access.ApiKeyRevoked";

    private final Map<String, ApiKeyIssued> keys = new ConcurrentHashMap<>();
    private final String service;
    private final Clock clock;

    /** Reads the gateway's log on a connection of the process' first service. */
    ApiKeys(List<Database> databases, Clock clock) {
        this.service = databases.getFirst().service();
        this.clock = clock;
    }

    @Override
    public String log() {
        return "gateway";
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public Set<String> eventNames() {
        return Set.of(ISSUED, REVOKED);
    }

    @Override
    public void apply(StoredEvent event) {
        try {
            if (event.type().name().equals(ISSUED)) {
                ApiKeyIssued issued = ApiKeyIssued.parseFrom(event.payload());
                keys.put(issued.getKeyId(), issued);
            } else {
                keys.remove(ApiKeyRevoked.parseFrom(event.payload()).getKeyId());
            }
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException(
                    "gateway log, position " + event.position(), unreadable);
        }
    }

    /** True if there is a key of that public part, whatever its secret. */
    boolean knows(ApiKey key) {
        return keys.containsKey(key.keyId());
    }

    /** The caller that a key stands for; empty if it is unknown, wrong, revoked or at its end. */
    Optional<Caller> verify(ApiKey key) {
        ApiKeyIssued issued = keys.get(key.keyId());
        if (issued == null
                || !MessageDigest.isEqual(issued.getSecretHash().toByteArray(), key.secretHash())
                || hasEnded(issued)) {
            return Optional.empty();
        }
        String tenant = issued.getTenant().isEmpty() ? null : issued.getTenant();
        return Optional.of(new Caller(key.keyId(), tenant, scopes(issued)));
    }

    /**
     * True while the key of a caller is neither revoked nor at its end; for calls that last long.
     */
    public boolean isAlive(Caller caller) {
        ApiKeyIssued issued = keys.get(caller.keyId());
        return issued != null && !hasEnded(issued);
    }

    private boolean hasEnded(ApiKeyIssued issued) {
        return issued.getExpireTimeMicros() != 0
                && clock.instant()
                        .isAfter(
                                Instant.EPOCH.plus(
                                        issued.getExpireTimeMicros(), ChronoUnit.MICROS));
    }

    private static Set<Scope> scopes(ApiKeyIssued issued) {
        return issued.getScopesList().stream()
                .flatMap(scope -> Scope.ofWire(scope).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
