package dev.meterbook.platform.axon;

import dev.meterbook.platform.eventlog.EventType;
import java.util.function.Function;

/**
 * How one kind of domain event is stored: a plain record in memory, protobuf bytes in the log,
 * under a stable name.
 *
 * @param type the stable name and revision
 * @param domainClass the class in memory
 * @param tenantOf the tenant that an event belongs to; empty for the operator's own
 * @param encode to bytes; the same event gives the same bytes
 * @param decode from bytes that {@code encode} of this revision made
 * @param <E> the class in memory
 */
public record EventCodec<E>(
        EventType type,
        Class<E> domainClass,
        Function<E, String> tenantOf,
        Function<E, byte[]> encode,
        Decoder<E> decode) {

    /**
     * Reads an event from bytes.
     *
     * @param <E> the class in memory
     */
    @FunctionalInterface
    public interface Decoder<E> {

        /**
         * Reads an event.
         *
         * @throws java.io.IOException if the bytes are not such an event
         */
        E decode(byte[] bytes) throws java.io.IOException;
    }
}
