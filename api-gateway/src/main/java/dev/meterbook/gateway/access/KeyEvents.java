package dev.meterbook.gateway.access;

import com.google.protobuf.ByteString;
import dev.meterbook.kernel.CallKey;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.access.v1.ApiKeyIssued;
import dev.meterbook.proto.access.v1.ApiKeyRevoked;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the gateway's log says about keys; every service follows it. */
final class KeyEvents {

    private static final EventType ISSUED = EventType.of("access.ApiKeyIssued");
    private static final EventType REVOKED = EventType.of("access.ApiKeyRevoked");

    private KeyEvents() {}

    static NewEvent issued(ApiKeyRecord record, ApiKey key) {
        ApiKeyIssued.Builder event =
                ApiKeyIssued.newBuilder()
                        .setKeyId(record.keyId())
                        .setSecretHash(ByteString.copyFrom(key.secretHash()))
                        .setTenant(record.tenant());
        record.scopes().stream().sorted().map(KeyEvents::wire).forEach(event::addScopes);
        Instant expireTime = record.expireTime();
        if (expireTime != null) {
            event.setExpireTimeMicros(ChronoUnit.MICROS.between(Instant.EPOCH, expireTime));
        }
        return NewEvent.of(
                record.tenant(),
                CallKey.of("api-key-issued:" + record.keyId()),
                ISSUED,
                event.build().toByteArray());
    }

    static NewEvent revoked(ApiKeyRecord record) {
        return NewEvent.of(
                record.tenant(),
                CallKey.of("api-key-revoked:" + record.keyId()),
                REVOKED,
                ApiKeyRevoked.newBuilder().setKeyId(record.keyId()).build().toByteArray());
    }

    private static dev.meterbook.proto.access.v1.Scope wire(Scope scope) {
        return switch (scope) {
            case INGEST -> dev.meterbook.proto.access.v1.Scope.SCOPE_INGEST;
            case READ -> dev.meterbook.proto.access.v1.Scope.SCOPE_READ;
            case ADMIN -> dev.meterbook.proto.access.v1.Scope.SCOPE_ADMIN;
        };
    }
}
