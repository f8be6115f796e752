package dev.meterbook.gateway.session;

import dev.meterbook.gateway.access.Secrets;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.Optional;

/**
 * Slows down those who guess passwords: so many attempts for one login and for one address in a
 * quarter of an hour. An attempt counts before the password is looked at, so that many at once gain
 * nothing; a right password clears the login's count.
 */
public final class SignInThrottle {

    /** Attempts for one login. */
    public static final int MAX_FOR_LOGIN = 10;

    /** Attempts from one address. */
    public static final int MAX_FOR_ADDRESS = 100;

    /** The time in which they are counted. */
    public static final Duration WINDOW = Duration.ofMinutes(15);

    private static final String PREFIX = "meterbook:gateway:sign-in:";

    /** Counts, and answers how many seconds to wait; 0 for none. */
    private static final String COUNT =
            """
            local wait = 0
            for i = 1, 2 do
                local n = redis.call('incr', KEYS[i])
                if n == 1 then redis.call('expire', KEYS[i], ARGV[3]) end
                if n > tonumber(ARGV[i]) then
                    wait = math.max(wait, redis.call('ttl', KEYS[i]), 1)
                end
            end
            return wait
            """;

    private final RedisLink redis;

    /** Counts where the link leads. */
    public SignInThrottle(RedisLink redis) {
        this.redis = redis;
    }

    /** Counts an attempt; how long to wait if there were too many. */
    public Optional<Duration> countAttempt(String login, String address) {
        Long wait =
                redis.commands()
                        .eval(
                                COUNT,
                                ScriptOutputType.INTEGER,
                                new String[] {loginKey(login), addressKey(address)},
                                Integer.toString(MAX_FOR_LOGIN),
                                Integer.toString(MAX_FOR_ADDRESS),
                                Long.toString(WINDOW.toSeconds()));
        return wait > 0 ? Optional.of(Duration.ofSeconds(wait)) : Optional.empty();
    }

    /** Forgets the attempts for a login. */
    public void clear(String login) {
        redis.commands().del(loginKey(login));
    }

    private static String loginKey(String login) {
        return PREFIX + "login:" + Secrets.hash(login);
    }

    private static String addressKey(String address) {
        return PREFIX + "address:" + address;
    }
}
