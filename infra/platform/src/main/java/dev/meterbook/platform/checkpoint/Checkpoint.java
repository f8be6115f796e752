package dev.meterbook.platform.checkpoint;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a log ended at a moment. Whoever has one can tell later whether the log still begins the
 * same way.
 *
 * @param time when it was written
 * @param shard shard of the log
 * @param position the last position
 * @param chainHash hash of the chain up to there, 64 hexadecimal digits
 */
public record Checkpoint(Instant time, int shard, long position, String chainHash) {

    private static final Pattern LINE =
            Pattern.compile("(\\S{10,40}) (\\d{1,5}) (\\d{1,18}) ([0-9a-f]{64})");

    static Checkpoint of(Instant time, int shard, long position, byte[] chainHash) {
        return new Checkpoint(time, shard, position, HexFormat.of().formatHex(chainHash));
    }

    /** Time, shard, position and chain hash, parted by blanks. */
    public String line() {
        return time + " " + shard + " " + position + " " + chainHash;
    }

    /** Reads a line; empty if it is none, as the last one after a power cut may be. */
    public static Optional<Checkpoint> parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Checkpoint(
                            Instant.parse(parts.group(1)),
                            Integer.parseInt(parts.group(2)),
                            Long.parseLong(parts.group(3)),
                            parts.group(4)));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
