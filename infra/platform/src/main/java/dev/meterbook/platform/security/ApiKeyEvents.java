package dev.meterbook.platform.security;

import com.google.protobuf.ByteString;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.proto.access.v1.ApiKeyIssued;
import dev.meterbook.proto.access.v1.ApiKeyRevoked;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The facts about API keys as they stand in the gateway's log, which {@link ApiKeys} follows. */
public final class ApiKeyEvents {

    /** A key exists from now on. */
    public static final EventType ISSUED = EventType.of("access.ApiKeyIssued");

    /** A key ended. */
    public static final EventType REVOKED = EventType.of("access.ApiKeyRevoked");

    private ApiKeyEvents() {}

    /**
     * A key is issued. A key id is issued once only: appending the same again is a duplicate,
     * another secret, tenant or scope under the same id a conflict.
     *
     * @param key the credential; its secret does not reach the event
     * @param tenant the tenant it is bound to; null for the operator
     * @param scopes what it may do
     * @param expireTime when it ends; null for never
     */
    public static NewEvent issued(
            ApiKey key, @Nullable String tenant, Set<Scope> scopes, @Nullable Instant expireTime) {
        ApiKeyIssued.Builder issued =
                ApiKeyIssued.newBuilder()
                        .setKeyId(key.keyId())
                        .setSecretHash(ByteString.copyFrom(key.secretHash()))
                        .setTenant(tenant == null ? "" : tenant);
        scopes.stream().sorted().forEach(scope -> issued.addScopes(scope.toWire()));
        if (expireTime != null) {
            issued.setExpireTimeMicros(ChronoUnit.MICROS.between(Instant.EPOCH, expireTime));
        }
        return event(ISSUED, key.keyId(), issued.getTenant(), issued.build().toByteArray());
    }

    /**
     * A key ends.
     *
     * @param keyId public part of the key
     * @param tenant the tenant it was bound to; null for the operator
     */
    public static NewEvent revoked(String keyId, @Nullable String tenant) {
        byte[] payload = ApiKeyRevoked.newBuilder().setKeyId(keyId).build().toByteArray();
        return event(REVOKED, keyId, tenant == null ? "" : tenant, payload);
    }

    private static NewEvent event(EventType type, String keyId, String tenant, byte[] payload) {
        byte[] name = (type.name() + " " + keyId).getBytes(StandardCharsets.US_ASCII);
        return NewEvent.of(tenant, UUID.nameUUIDFromBytes(name), type, payload);
    }
}
