package dev.meterbook.gateway.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.gateway.access.ApiKeyRecord;
import dev.meterbook.gateway.access.KeyRing;
import dev.meterbook.gateway.access.PortalRole;
import dev.meterbook.gateway.access.PortalUserRecord;
import dev.meterbook.gateway.access.PortalUsers;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.access.v1.ApiKey;
import dev.meterbook.proto.access.v1.CreateApiKeyRequest;
import dev.meterbook.proto.access.v1.PortalUser;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Messages of the access service: what they must be, and how they are made. */
final class AccessProtos {

    private static final Pattern KEY_ID = Pattern.compile("[a-z0-9]{0,32}");
    private static final String LOGIN_FORM =
            "1 to 64 characters of a-z, 0-9 and ._@-, a letter or digit first";

    private final Clock clock;

    AccessProtos(Clock clock) {
        this.clock = clock;
    }

    KeyRing.Wish wish(CreateApiKeyRequest request, String tenant) {
        String keyId = request.getKeyId();
        if (!KEY_ID.matcher(keyId).matches() || keyId.startsWith(ApiKeyRecord.OWN_PREFIX)) {
            throw Refusal.invalid(
                    "INVALID_KEY_ID",
                    "key_id",
                    keyId,
                    "1 to 32 characters of a-z and 0-9, not beginning with "
                            + ApiKeyRecord.OWN_PREFIX);
        }
        return new KeyRing.Wish(
                keyId, tenant, scopes(request.getScopesList()), expireTime(request));
    }

    private @Nullable Instant expireTime(CreateApiKeyRequest request) {
        if (!request.hasExpireTime()) {
            return null;
        }
        Timestamp time = request.getExpireTime();
        try {
            Instant expireTime = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
            if (expireTime.isAfter(clock.instant())) {
                return expireTime;
            }
        } catch (DateTimeException absurd) {
            // Refused below like a time that has passed.
        }
        throw Refusal.invalid(
                "TIME_IN_THE_PAST", "expire_time", time.getSeconds() + " s", "a time ahead");
    }

    private static Set<Scope> scopes(List<dev.meterbook.proto.access.v1.Scope> wanted) {
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (dev.meterbook.proto.access.v1.Scope scope : wanted) {
            switch (scope) {
                case SCOPE_INGEST -> scopes.add(Scope.INGEST);
                case SCOPE_READ -> scopes.add(Scope.READ);
                case SCOPE_ADMIN -> scopes.add(Scope.ADMIN);
                case SCOPE_UNSPECIFIED, UNRECOGNIZED ->
                        throw Refusal.invalid(
                                "INVALID_SCOPE",
                                "scopes",
                                scope.name(),
                                "SCOPE_INGEST, SCOPE_READ, SCOPE_ADMIN");
            }
        }
        if (scopes.isEmpty()) {
            throw Refusal.invalid("NO_SCOPE", "scopes", "[]", "at least one scope");
        }
        return scopes;
    }

    static String idAfter(String collection, String name) {
        if (!name.startsWith(collection) || name.length() == collection.length()) {
            throw Refusal.invalid("INVALID_NAME", "name", name, collection + "{id}");
        }
        return name.substring(collection.length());
    }

    static String login(String text) {
        return PortalUsers.login(text)
                .orElseThrow(() -> Refusal.invalid("INVALID_LOGIN", "login", text, LOGIN_FORM));
    }

    static PortalRole role(dev.meterbook.proto.access.v1.PortalRole wanted, String tenant) {
        PortalRole role =
                switch (wanted) {
                    case PORTAL_ROLE_TENANT_VIEWER -> PortalRole.TENANT_VIEWER;
                    case PORTAL_ROLE_OPERATOR_VIEWER -> PortalRole.OPERATOR_VIEWER;
                    case PORTAL_ROLE_OPERATOR_ADMIN -> PortalRole.OPERATOR_ADMIN;
                    case PORTAL_ROLE_UNSPECIFIED, UNRECOGNIZED ->
                            throw Refusal.invalid(
                                    "INVALID_ROLE", "role", wanted.name(), "one of PortalRole");
                };
        if (role.isOperator() != tenant.isEmpty()) {
            throw Refusal.invalid(
                    "INVALID_ROLE",
                    "role",
                    wanted.name(),
                    tenant.isEmpty() ? "a tenant for this role" : "a tenant's role");
        }
        return role;
    }

    /** The password; its text is in no message. */
    static String password(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < PortalUsers.MIN_PASSWORD_LENGTH || length > PortalUsers.MAX_PASSWORD_LENGTH) {
            throw Refusal.invalid(
                    "WEAK_PASSWORD",
                    "password",
                    length + " characters",
                    PortalUsers.MIN_PASSWORD_LENGTH + " to " + PortalUsers.MAX_PASSWORD_LENGTH);
        }
        return password;
    }

    static ApiKey toProto(ApiKeyRecord key) {
        ApiKey.Builder proto =
                ApiKey.newBuilder()
                        .setName("apiKeys/" + key.keyId())
                        .setTenant(key.tenant())
                        .setCreateTime(timestamp(key.createTime()));
        key.scopes().stream().sorted().map(AccessProtos::toProto).forEach(proto::addScopes);
        Instant expireTime = key.expireTime();
        if (expireTime != null) {
            proto.setExpireTime(timestamp(expireTime));
        }
        Instant revokeTime = key.revokeTime();
        if (revokeTime != null) {
            proto.setRevokeTime(timestamp(revokeTime));
        }
        return proto.build();
    }

    static PortalUser toProto(PortalUserRecord user) {
        return PortalUser.newBuilder()
                .setName("portalUsers/" + user.login())
                .setTenant(user.tenant())
                .setRole(
                        switch (user.role()) {
                            case TENANT_VIEWER ->
                                    dev.meterbook.proto.access.v1.PortalRole
                                            .PORTAL_ROLE_TENANT_VIEWER;
                            case OPERATOR_VIEWER ->
                                    dev.meterbook.proto.access.v1.PortalRole
                                            .PORTAL_ROLE_OPERATOR_VIEWER;
                            case OPERATOR_ADMIN ->
                                    dev.meterbook.proto.access.v1.PortalRole
                                            .PORTAL_ROLE_OPERATOR_ADMIN;
                        })
                .setCreateTime(timestamp(user.createTime()))
                .build();
    }

    private static dev.meterbook.proto.access.v1.Scope toProto(Scope scope) {
        return switch (scope) {
            case INGEST -> dev.meterbook.proto.access.v1.Scope.SCOPE_INGEST;
            case READ -> dev.meterbook.proto.access.v1.Scope.SCOPE_READ;
            case ADMIN -> dev.meterbook.proto.access.v1.Scope.SCOPE_ADMIN;
        };
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
