package dev.meterbook.gateway.access;

import dev.meterbook.platform.jdbc.Database;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/** The people who may sign in to the portal. Passwords are kept as Argon2id hashes only. */
public final class PortalUsers {

    /** The shortest password, in characters. */
    public static final int MIN_PASSWORD_LENGTH = 12;

    /** The longest password, in characters. */
    public static final int MAX_PASSWORD_LENGTH = 128;

    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    /** Hashes computed at once at most: each takes 19 MiB. */
    private static final int MAX_HASHES = 4;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random;
    private final Semaphore hashing = new Semaphore(MAX_HASHES);

    /** Compared with where there is no such user, so that an unknown login takes as long. */
    private final String hashOfNobody;

    /** Works on the gateway's database. */
    public PortalUsers(Database database, Clock clock, SecureRandom random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
        this.hashOfNobody = PasswordHash.of("nobody has this password", random);
    }

    /**
     * The login in the one form in which it is kept; empty if it is none.
     *
     * @param text as typed
     */
    public static Optional<String> login(String text) {
        String login = text.strip().toLowerCase(Locale.ROOT);
        return LOGIN.matcher(login).matches() ? Optional.of(login) : Optional.empty();
    }

    /**
     * Creates a user, or finds it as it is wanted.
     *
     * @param login in its kept form
     * @return the user, or empty if another one has that login
     */
    public Optional<PortalUserRecord> create(
            String login, String tenant, PortalRole role, String password) {
        PortalUserRecord user =
                new PortalUserRecord(
                        login, tenant, role, clock.instant().truncatedTo(ChronoUnit.MICROS));
        String hash = hashed(password);
        if (database.write(tx -> PortalUserTable.insert(tx, user, hash))) {
            return Optional.of(user);
        }
        return find(login)
                .filter(first -> first.tenant().equals(tenant) && first.role() == role)
                .filter(first -> isRight(login, password));
    }

    /** The user of a login and a password; empty if either is wrong. Takes the same time then. */
    public Optional<PortalUserRecord> authenticate(String login, String password) {
        return isRight(login, password) ? find(login) : Optional.empty();
    }

    /** The user of a login. */
    public Optional<PortalUserRecord> find(String login) {
        return database.read(tx -> PortalUserTable.find(tx, login));
    }

    /** A user; for a tenant only its own. */
    public Optional<PortalUserRecord> find(String login, Optional<String> boundTenant) {
        return boundTenant
                .map(tenant -> database.readAsTenant(tenant, tx -> PortalUserTable.find(tx, login)))
                .orElseGet(() -> find(login));
    }

    /** Deletes a user; false if there was none. Its sessions end with the next click. */
    public boolean delete(String login) {
        return database.write(tx -> PortalUserTable.delete(tx, login));
    }

    /** Users by login; parameters as in {@link KeyRing#list}. */
    public Page<PortalUserRecord> list(
            String tenant, Optional<String> boundTenant, int pageSize, String pageToken) {
        int size = Page.size(pageSize);
        List<PortalUserRecord> found =
                boundTenant
                        .map(
                                bound ->
                                        database.readAsTenant(
                                                bound,
                                                tx ->
                                                        PortalUserTable.list(
                                                                tx, bound, pageToken, size + 1)))
                        .orElseGet(
                                () ->
                                        database.read(
                                                tx ->
                                                        PortalUserTable.list(
                                                                tx, tenant, pageToken, size + 1)));
        return found.size() <= size
                ? new Page<>(found, "")
                : new Page<>(found.subList(0, size), found.get(size - 1).login());
    }

    private boolean isRight(String login, String password) {
        Optional<String> stored = database.read(tx -> PortalUserTable.passwordHash(tx, login));
        hashing.acquireUninterruptibly();
        try {
            boolean matches = PasswordHash.matches(password, stored.orElse(hashOfNobody));
            return matches && stored.isPresent();
        } finally {
            hashing.release();
        }
    }

    private String hashed(String password) {
        hashing.acquireUninterruptibly();
        try {
            return PasswordHash.of(password, random);
        } finally {
            hashing.release();
        }
    }
}
