package dev.meterbook.bench;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Calls as they come: some users are heard often and most seldom (Zipf), each has three
 * applications with three models each, ids are UUIDs of version 7, and one call in a hundred was
 * sent before. About 250 bytes on the wire. Used by one thread at a time.
 */
public final class CallGenerator {

    /** Of this many calls one is sent again. */
    static final int DUPLICATE_OF = 100;

    private static final int REMEMBERED = 1_024;
    private static final long ZIPF_UNIT = 1L << 32;

    private final SplittableRandom random;
    private final long[] weights;
    private final CallTemplates templates;
    private final @Nullable MeteredCall[] sentBefore = new @Nullable MeteredCall[REMEMBERED];
    private long made;
    private long repeated;
    private long lastMillis;
    private int sequence;

    /**
     * A generator.
     *
     * @param shape who calls what
     * @param number of the stream; each gives other calls
     */
    public CallGenerator(Shape shape, int number) {
        this(shape, new CallTemplates(shape), number);
    }

    /** A generator that shares templates with others of the same shape. */
    CallGenerator(Shape shape, CallTemplates templates, int number) {
        this.random = new SplittableRandom(shape.seed() * 1_000_003 + number);
        this.weights = zipf(shape.users());
        this.templates = templates;
    }

    private static long[] zipf(int size) {
        long[] sums = new long[size];
        long sum = 0;
        for (int rank = 0; rank < size; rank++) {
            sum += ZIPF_UNIT / (rank + 1);
            sums[rank] = sum;
        }
        return sums;
    }

    /** The next message's calls. */
    List<MeteredCall> next(int count) {
        List<MeteredCall> calls = new ArrayList<>(count);
        Instant now = Instant.now();
        for (int i = 0; i < count; i++) {
            calls.add(next(now));
        }
        return calls;
    }

    /** How many calls it gave, repeated ones included. */
    long made() {
        return made;
    }

    /** How many of them it had given before. */
    long repeated() {
        return repeated;
    }

    private MeteredCall next(Instant now) {
        made++;
        if (random.nextInt(DUPLICATE_OF) == 0) {
            MeteredCall again = sentBefore[random.nextInt(REMEMBERED)];
            if (again != null) {
                repeated++;
                return again;
            }
        }
        MeteredCall call = fresh(now);
        sentBefore[(int) (made % REMEMBERED)] = call;
        return call;
    }

    /** A call that was not given before. */
    public MeteredCall fresh(Instant now) {
        long millis = now.toEpochMilli();
        return template().toBuilder()
                .setId(id(millis))
                .setOccurTime(
                        Timestamp.newBuilder()
                                .setSeconds(Math.floorDiv(millis, 1_000))
                                .setNanos(random.nextInt(1_000_000) * 1_000))
                .setUsage(usage())
                .setLatencyMillis(200 + random.nextInt(9_000))
                .build();
    }

    /** Version 7: time, a counter within the millisecond, random bits. */
    private String id(long millis) {
        sequence = millis == lastMillis ? (sequence + 1) & 0xfff : 0;
        lastMillis = millis;
        long high = (millis << 16) | 0x7000 | sequence;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private Usage usage() {
        int input = 200 + random.nextInt(8_000);
        int output = 20 + random.nextInt(1_500);
        return Usage.newBuilder()
                .setTokens(
                        TokenCounts.newBuilder()
                                .setConvention(CountingConvention.COUNTING_CONVENTION_INCLUSIVE)
                                .setInputTokens(input)
                                .setCacheReadTokens(random.nextInt(input))
                                .setOutputTokens(output)
                                .setReasoningTokens(random.nextInt(output)))
                .build();
    }

    private MeteredCall template() {
        int user = rank();
        int app = random.nextInt(CallTemplates.CHOICES);
        return templates.of(user, app, random.nextInt(CallTemplates.CHOICES));
    }

    private int rank() {
        int found = Arrays.binarySearch(weights, random.nextLong(weights[weights.length - 1]));
        return Math.min(weights.length - 1, found < 0 ? -found - 1 : found + 1);
    }
}
