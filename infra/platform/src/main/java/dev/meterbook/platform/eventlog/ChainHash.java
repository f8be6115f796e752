package dev.meterbook.platform.eventlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a batch in the chain: SHA-256 over the previous hash, shard and first position, and
 * every event of the batch. Numbers are big-endian, each text and byte string stands behind its
 * length, an absent one is length -1, so that no two contents give the same bytes. Changing, moving
 * or leaving out one event breaks every later hash.
 */
public final class ChainHash {

    private static final int GATHERED_BYTES = 1_024;

    private final MessageDigest digest;

    /** Small things are hashed together, which is cheaper than each by itself. */
    private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED_BYTES);

    /** Begins the batch that follows a hash and whose first event stands at a position. */
    public ChainHash(byte[] previous, int shard, long firstPosition) {
        this.digest = sha256();
        digest.update(previous);
        add(shard);
        add(firstPosition);
    }

    /** Adds the next event. The record time is that of the batch, in microseconds since 1970. */
    public ChainHash add(NewEvent event, long recordTimeMicros) {
        add(recordTimeMicros);
        add(event.tenantId());
        add(event.key().getMostSignificantBits());
        add(event.key().getLeastSignificantBits());
        add(event.type().name());
        add(event.type().revision());
        add(event.aggregateId());
        add(event.sequence());
        add(event.payload());
        add(event.metadata());
        return this;
    }

    /** The hash; 32 bytes. */
    public byte[] finish() {
        hashGathered();
        return digest.digest();
    }

    private void add(long value) {
        if (gathered.remaining() < Long.BYTES) {
            hashGathered();
        }
        gathered.putLong(value);
    }

    private void add(@Nullable String text) {
        add(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(byte @Nullable [] bytes) {
        add(bytes == null ? -1L : bytes.length);
        if (bytes != null && bytes.length <= gathered.remaining()) {
            gathered.put(bytes);
        } else if (bytes != null) {
            hashGathered();
            digest.update(bytes);
        }
    }

    private void hashGathered() {
        digest.update(gathered.array(), 0, gathered.position());
        gathered.clear();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
