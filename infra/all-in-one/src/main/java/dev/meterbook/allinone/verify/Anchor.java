package dev.meterbook.allinone.verify;

import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.platform.checkpoint.Checkpoint;
import dev.meterbook.platform.checkpoint.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody outside of the database knows of a log.
 *
 * @param log the service whose log it is
 * @param position a position
 * @param chainHash hash of the chain up to the batch that holds the position, 64 hexadecimal digits
 * @param source where it is from, for people
 */
public record Anchor(String log, long position, String chainHash, String source) {

    private static final String FILE_SUFFIX = ".checkpoints";
    private static final int HASH_BYTES = 32;
    private static final Pattern RECEIPT = Pattern.compile("0:(\\d{1,18}):(\\S{43,64})");

    /**
     * The acknowledgement of a metered call.
     *
     * @param text {@code SHARD:POSITION:HASH}, the hash as 64 hexadecimal digits or in base 64
     * @throws CommandFailure if it is none
     */
    public static Anchor ofReceipt(String text) {
        Matcher parts = RECEIPT.matcher(text);
        if (parts.matches()) {
            byte[] hash = bytes(parts.group(2));
            if (hash.length == HASH_BYTES) {
                return new Anchor(
                        "metering",
                        Long.parseLong(parts.group(1)),
                        HexFormat.of().formatHex(hash),
                        "receipt " + text);
            }
        }
        throw new CommandFailure(
                "receipt: "
                        + text
                        + " (expected: SHARD:POSITION:HASH of an acknowledgement; shard 0, the hash"
                        + " as 64 hexadecimal digits or in base 64)");
    }

    private static byte[] bytes(String hash) {
        try {
            return hash.length() == 2 * HASH_BYTES
                    ? HexFormat.of().parseHex(hash)
                    : Base64.getDecoder().decode(hash);
        } catch (IllegalArgumentException neither) {
            return new byte[0];
        }
    }

    /**
     * All checkpoints of a file, which is named after its log.
     *
     * @throws CommandFailure if it cannot be read
     */
    public static List<Anchor> ofCheckpoints(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(FILE_SUFFIX)) {
            throw new CommandFailure(
                    "checkpoint: " + file + " (expected: a file SERVICE" + FILE_SUFFIX + ")");
        }
        String log = name.substring(0, name.length() - FILE_SUFFIX.length());
        try {
            return new CheckpointFile(file)
                    .read().stream()
                            .filter(each -> each.shard() == 0)
                            .map(each -> of(log, each, name))
                            .toList();
        } catch (IOException unreadable) {
            throw new CommandFailure("checkpoint: cannot read " + file, unreadable);
        }
    }

    /** All checkpoints of a service in a folder; none if there is no file. */
    public static List<Anchor> ofCheckpoints(Path folder, String service) {
        Path file = CheckpointFile.of(folder, service);
        return Files.exists(file) ? ofCheckpoints(file) : List.of();
    }

    private static Anchor of(String log, Checkpoint checkpoint, String file) {
        return new Anchor(
                log,
                checkpoint.position(),
                checkpoint.chainHash(),
                "checkpoint of " + checkpoint.time() + " in " + file);
    }
}
