package dev.meterbook.bench.torture;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.Receipt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A call that the app has sent, and what it was answered. Safe for use by many threads. */
final class SentCall {

    private final UUID key;
    private final byte[] content;
    private long position;
    private byte @Nullable [] chainHash;
    private @Nullable String contradiction;

    SentCall(MeteredCall call) {
        this.key = UUID.fromString(call.getId());
        this.content = call.toByteArray();
    }

    /** Its id, which is its key too. */
    UUID key() {
        return key;
    }

    /** As it was sent. */
    MeteredCall call() {
        try {
            return MeteredCall.parseFrom(content);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("these bytes were written by us", impossible);
        }
    }

    /** Keeps an acknowledgement; every later one must say the same. */
    synchronized void acknowledged(Receipt receipt) {
        if (position != 0 && position != receipt.getPosition()) {
            contradiction =
                    "call %s was acknowledged at position %d and at %d"
                            .formatted(key, position, receipt.getPosition());
        }
        position = receipt.getPosition();
        if (!receipt.getChainHash().isEmpty()) {
            chainHash = receipt.getChainHash().toByteArray();
        }
    }

    /** Where it was acknowledged; 0 while it was not. */
    synchronized long position() {
        return position;
    }

    /** The chain's hash that came with the first acknowledgement; null if that was lost. */
    synchronized byte @Nullable [] chainHash() {
        return chainHash;
    }

    /** How acknowledgements contradict each other; null if they do not. */
    synchronized @Nullable String contradiction() {
        return contradiction;
    }
}
