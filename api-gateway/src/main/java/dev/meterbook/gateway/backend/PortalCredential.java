package dev.meterbook.gateway.backend;

import dev.meterbook.gateway.access.ApiKeyRecord;
import dev.meterbook.gateway.access.Issuance;
import dev.meterbook.gateway.access.KeyRing;
import dev.meterbook.gateway.access.Secrets;
import dev.meterbook.platform.jdbc.DatabaseException;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.platform.security.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key with which the gateway acts for people who are signed in: one of the operator, issued by
 * the gateway to itself, never written anywhere. It lives for a day, is replaced after half of it
 * and revoked at the end, so a stopped gateway leaves nothing that opens a door.
 */
public final class PortalCredential implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PortalCredential.class);
    private static final Duration LIFE = Duration.ofHours(24);
    private static final Duration RENEWAL = Duration.ofHours(12);

    private final KeyRing keys;
    private final Secrets secrets;
    private final Clock clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Current current;

    /** Issues the first key. */
    public PortalCredential(KeyRing keys, Secrets secrets, Clock clock) {
        this.keys = keys;
        this.secrets = secrets;
        this.clock = clock;
        this.current = issue(keys, secrets, clock.instant());
    }

    private record Current(ApiKey key, Instant renewTime) {}

    /** The key to use now. */
    ApiKey key() {
        Current known = current;
        if (clock.instant().isBefore(known.renewTime)) {
            return known.key;
        }
        renewing.lock();
        try {
            Instant now = clock.instant();
            if (!now.isBefore(current.renewTime)) {
                current = issue(keys, secrets, now);
            }
            return current.key;
        } finally {
            renewing.unlock();
        }
    }

    private static Current issue(KeyRing keys, Secrets secrets, Instant now) {
        String keyId = ApiKeyRecord.OWN_PREFIX + secrets.keyId();
        Issuance issuance =
                keys.issue(
                        new KeyRing.Wish(
                                keyId, "", Set.of(Scope.READ, Scope.ADMIN), now.plus(LIFE)));
        if (!(issuance instanceof Issuance.Issued issued)) {
            throw new IllegalStateException("key " + keyId + " exists already");
        }
        return new Current(issued.credential(), now.plus(RENEWAL));
    }

    /** Revokes the key; if the database is gone already, the key ends by itself within a day. */
    @Override
    public void close() {
        try {
            keys.find(current.key.keyId(), Optional.empty()).ifPresent(keys::revoke);
        } catch (DatabaseException gone) {
            LOG.warn("portal key {} could not be revoked", current.key.keyId());
        }
    }
}
