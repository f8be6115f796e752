package dev.meterbook.bench;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What Redis has counted, read from its hashes and not through the service that wrote them. */
public final class RedisCounters implements AutoCloseable {

    private static final String KEYS = "meterbook:{budget}:";
    private static final String STATE = ":state";

    /** They begin a moment after the service has started. */
    private static final int ATTEMPTS = 300;

    /** Amounts are whole units, and a fraction in units of 10^-15. */
    private static final int FRACTION_DIGITS = 15;

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final String prefix;

    /** Counters of the Redis at an address. */
    public RedisCounters(String uri) {
        this.client = RedisClient.create(uri);
        this.connection = client.connect();
        String state = stateKey(connection.sync());
        this.prefix = state.substring(0, state.length() - STATE.length() + 1);
    }

    /** The key that holds the position, of the latest life of the counters. */
    static String stateKey(RedisCommands<String, String> redis) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<String> found = keys(redis, KEYS + "*" + STATE);
            if (!found.isEmpty()) {
                return Collections.max(
                        found, Comparator.comparingLong(RedisCounters::numberOfLife));
            }
            Pauses.millis(100);
        }
        throw new BenchFailure("Redis has no counters");
    }

    /** Each life has a number above that of the one before, which may still be there. */
    private static long numberOfLife(String stateKey) {
        return Long.parseLong(stateKey.substring(KEYS.length()).split("-", 2)[0]);
    }

    private static List<String> keys(RedisCommands<String, String> redis, String pattern) {
        ScanArgs page = ScanArgs.Builder.matches(pattern).limit(1_000);
        List<String> keys = new ArrayList<>();
        KeyScanCursor<String> cursor = redis.scan(page);
        keys.addAll(cursor.getKeys());
        while (!cursor.isFinished()) {
            cursor = redis.scan(cursor, page);
            keys.addAll(cursor.getKeys());
        }
        return keys;
    }

    /**
     * What a budget counted.
     *
     * @param spent the sum of charges
     * @param calls how many calls
     */
    public record Counted(BigDecimal spent, long calls) {

        static final Counted NOTHING = new Counted(BigDecimal.ZERO, 0);

        Counted plus(Counted more) {
            return new Counted(spent.add(more.spent), calls + more.calls);
        }
    }

    /**
     * Over all windows of a budget.
     *
     * @param uid owner and id: {@code acme/spend}
     */
    public Counted of(String uid) {
        Counted sum = Counted.NOTHING;
        for (Map.Entry<String, String> field :
                connection.sync().hgetall(prefix + "b:" + uid).entrySet()) {
            sum = sum.plus(counted(field.getKey(), field.getValue()));
        }
        return sum;
    }

    private static Counted counted(String field, String value) {
        if (!field.matches("-?[0-9]+[stc]")) {
            return Counted.NOTHING;
        }
        return switch (field.charAt(field.length() - 1)) {
            case 's' -> new Counted(new BigDecimal(value), 0);
            case 't' -> new Counted(new BigDecimal(value).movePointLeft(FRACTION_DIGITS), 0);
            default -> new Counted(BigDecimal.ZERO, Long.parseLong(value));
        };
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
