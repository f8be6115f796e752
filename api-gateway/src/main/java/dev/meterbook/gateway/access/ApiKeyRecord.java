package dev.meterbook.gateway.access;

import dev.meterbook.platform.security.Scope;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is kept: without its secret.
 *
 * @param keyId public part, 1 to 32 characters of a-z and 0-9
 * @param tenant the tenant it is bound to; empty for the operator's keys
 * @param scopes what it may do; at least one
 * @param createTime when it was issued
 * @param expireTime when it ends by itself; null for never
 * @param revokeTime when it was revoked; null while it was not
 */
public record ApiKeyRecord(
        String keyId,
        String tenant,
        Set<Scope> scopes,
        Instant createTime,
        @Nullable Instant expireTime,
        @Nullable Instant revokeTime) {

    /** Keys that the gateway issues to itself begin with this. */
    public static final String OWN_PREFIX = "portal0";

    /** Copies the scopes. */
    public ApiKeyRecord {
        scopes = Set.copyOf(scopes);
    }

    /** True while the key is good. */
    public boolean isActive(Instant now) {
        return revokeTime == null && (expireTime == null || now.isBefore(expireTime));
    }

    /** True for keys that the gateway issued to itself, to act for people who are signed in. */
    public boolean isOwn() {
        return keyId.startsWith(OWN_PREFIX);
    }

    /** True if both say the same, whenever they were issued. */
    boolean saysTheSameAs(ApiKeyRecord other) {
        return tenant.equals(other.tenant)
                && scopes.equals(other.scopes)
                && Objects.equals(expireTime, other.expireTime);
    }
}
