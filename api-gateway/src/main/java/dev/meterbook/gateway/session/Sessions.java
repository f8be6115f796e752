package dev.meterbook.gateway.session;

import dev.meterbook.gateway.access.Secrets;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions in Redis. The id is 256 random bits that only the browser has; Redis has its hash. A
 * session ends 30 minutes after the last click, and 12 hours after sign-in whatever happens.
 */
public final class Sessions {

    /** How long a session lives without a click. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** How long a session lives at most. */
    public static final Duration MAX_AGE = Duration.ofHours(12);

    private static final String PREFIX = "meterbook:gateway:session:";
    private static final String LOGIN = "login";
    private static final String TOKEN = "token";
    private static final String SINCE = "since";

    private final RedisLink redis;
    private final Secrets secrets;
    private final Clock clock;

    /** Keeps sessions where the link leads. */
    public Sessions(RedisLink redis, Secrets secrets, Clock clock) {
        this.redis = redis;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * What a session is about.
     *
     * @param login who signed in
     * @param formToken what its forms carry
     */
    public record Session(String login, String formToken) {}

    /** Opens a session under a new id, which is returned and nowhere else. */
    public String open(String login) {
        String id = secrets.secret();
        RedisCommands<String, String> commands = redis.commands();
        commands.hset(
                key(id),
                Map.of(
                        LOGIN, login,
                        TOKEN, secrets.secret(),
                        SINCE, Long.toString(clock.instant().getEpochSecond())));
        commands.expire(key(id), IDLE);
        return id;
    }

    /** The session of an id, its life renewed; empty if there is none or it ended. */
    public Optional<Session> find(String id) {
        RedisCommands<String, String> commands = redis.commands();
        Map<String, String> fields = commands.hgetall(key(id));
        String login = fields.get(LOGIN);
        String token = fields.get(TOKEN);
        String since = fields.get(SINCE);
        if (login == null || token == null || since == null) {
            return Optional.empty();
        }
        Instant end = Instant.ofEpochSecond(Long.parseLong(since)).plus(MAX_AGE);
        if (!clock.instant().isBefore(end)) {
            close(id);
            return Optional.empty();
        }
        commands.expire(key(id), IDLE);
        return Optional.of(new Session(login, token));
    }

    /** Ends a session; nothing happens if there is none. */
    public void close(String id) {
        redis.commands().del(key(id));
    }

    private static String key(String id) {
        return PREFIX + Secrets.hash(id);
    }
}
