package dev.meterbook.gateway.access;

import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.platform.security.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issues, lists and ends API keys. A key and its event are stored in one transaction. Only the hash
 * of a secret is stored.
 */
public final class KeyRing {

    private final Database database;
    private final EventLog log;
    private final Clock clock;
    private final Secrets secrets;

    /** Works on the gateway's database and log. */
    public KeyRing(Database database, EventLog log, Clock clock, Secrets secrets) {
        this.database = database;
        this.log = log;
        this.clock = clock;
        this.secrets = secrets;
    }

    /**
     * What a key is to be.
     *
     * @param keyId public part; empty lets it be chosen
     * @param tenant the tenant; empty for the operator
     * @param scopes what it may do
     * @param expireTime when it ends; null for never
     */
    public record Wish(
            String keyId, String tenant, Set<Scope> scopes, @Nullable Instant expireTime) {}

    /** Issues a key. */
    public Issuance issue(Wish wish) {
        String keyId = wish.keyId().isEmpty() ? secrets.keyId() : wish.keyId();
        ApiKey credential = secrets.apiKey(keyId);
        ApiKeyRecord record = record(keyId, wish);
        return database.write(
                tx -> {
                    if (!ApiKeyTable.insert(tx, record)) {
                        ApiKeyRecord first = ApiKeyTable.find(tx, keyId).orElseThrow();
                        return first.saysTheSameAs(record)
                                ? new Issuance.Repeated(first)
                                : new Issuance.Taken();
                    }
                    appendNew(tx, KeyEvents.issued(record, credential));
                    return new Issuance.Issued(record, credential);
                });
    }

    /**
     * Makes sure that a given key of the operator exists, with all scopes.
     *
     * @throws IllegalStateException if its public part belongs to another key
     */
    public void seed(ApiKey credential) {
        ApiKeyRecord record =
                record(
                        credential.keyId(),
                        new Wish(credential.keyId(), "", Set.of(Scope.values()), null));
        database.write(
                tx -> {
                    List<AppendOutcome> outcomes =
                            log.append(tx, List.of(KeyEvents.issued(record, credential)));
                    switch (outcomes.getFirst()) {
                        case AppendOutcome.Recorded _ -> ApiKeyTable.insert(tx, record);
                        case AppendOutcome.Duplicate _ -> {}
                        case AppendOutcome.Conflict _ ->
                                throw new IllegalStateException(
                                        "operator key: "
                                                + credential.keyId()
                                                + " has another secret already");
                    }
                    return true;
                });
    }

    /** A key; for a tenant only its own. */
    public Optional<ApiKeyRecord> find(String keyId, Optional<String> boundTenant) {
        return boundTenant
                .map(tenant -> database.readAsTenant(tenant, tx -> ApiKeyTable.find(tx, keyId)))
                .orElseGet(() -> database.read(tx -> ApiKeyTable.find(tx, keyId)));
    }

    /** Ends a key that exists; the key as it is then. */
    public ApiKeyRecord revoke(ApiKeyRecord key) {
        return database.write(
                tx -> {
                    if (ApiKeyTable.revoke(tx, key.keyId(), now())) {
                        appendNew(tx, KeyEvents.revoked(key));
                    }
                    return ApiKeyTable.find(tx, key.keyId()).orElseThrow();
                });
    }

    /**
     * Keys, newest first.
     *
     * @param tenant only this tenant's; empty for all
     * @param boundTenant the tenant that the caller is bound to
     * @param pageToken id of the last key of the page before; empty for the first page
     */
    public Page<ApiKeyRecord> list(
            String tenant, Optional<String> boundTenant, int pageSize, String pageToken) {
        int size = Page.size(pageSize);
        List<ApiKeyRecord> found =
                boundTenant
                        .map(
                                bound ->
                                        database.readAsTenant(
                                                bound, tx -> rows(tx, bound, pageToken, size)))
                        .orElseGet(() -> database.read(tx -> rows(tx, tenant, pageToken, size)));
        return found.size() <= size
                ? new Page<>(found, "")
                : new Page<>(found.subList(0, size), found.get(size - 1).keyId());
    }

    private static List<ApiKeyRecord> rows(Connection tx, String tenant, String pageToken, int size)
            throws SQLException {
        ApiKeyRecord after =
                pageToken.isEmpty() ? null : ApiKeyTable.find(tx, pageToken).orElse(null);
        return ApiKeyTable.list(tx, tenant, after, size + 1);
    }

    private ApiKeyRecord record(String keyId, Wish wish) {
        Instant expireTime = wish.expireTime();
        return new ApiKeyRecord(
                keyId,
                wish.tenant(),
                wish.scopes(),
                now(),
                expireTime == null ? null : expireTime.truncatedTo(ChronoUnit.MICROS),
                null);
    }

    private void appendNew(Connection tx, NewEvent event) throws SQLException {
        AppendOutcome outcome = log.append(tx, List.of(event)).getFirst();
        if (!(outcome instanceof AppendOutcome.Recorded)) {
            throw new IllegalStateException("the log has the event of a new key already");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
