package dev.meterbook.platform.axon;

import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The codecs of one service, by stored name and by class. */
public final class EventCodecs {

    private final Map<EventType, EventCodec<?>> byType = new HashMap<>();
    private final Map<Class<?>, EventCodec<?>> byClass = new HashMap<>();

    /**
     * Collects codecs.
     *
     * @throws IllegalArgumentException if two have the same name and revision, or the same class
     */
    public EventCodecs(List<EventCodec<?>> codecs) {
        for (EventCodec<?> codec : codecs) {
            if (byType.put(codec.type(), codec) != null
                    || byClass.put(codec.domainClass(), codec) != null) {
                throw new IllegalArgumentException(
                        "codec: " + codec.type() + " (expected: one for each name and class)");
            }
        }
    }

    /** Names of all events. */
    public Set<String> eventNames() {
        return byType.keySet().stream()
                .map(EventType::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** True if an event of this name and revision can be read. */
    public boolean knows(EventType type) {
        return byType.containsKey(type);
    }

    /**
     * The event in memory.
     *
     * @throws IllegalArgumentException if no codec has its name and revision
     * @throws UncheckedIOException if its bytes cannot be read
     */
    public Object decode(StoredEvent event) {
        EventCodec<?> codec = byType.get(event.type());
        if (codec == null) {
            throw new IllegalArgumentException(
                    "event: " + event.type() + " (expected: one of " + byType.keySet() + ")");
        }
        try {
            return codec.decode().decode(event.payload());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    event.type() + " at position " + event.position(), unreadable);
        }
    }

    /** An event as it will be stored. */
    public Encoded encode(Object event) {
        EventCodec<?> codec = byClass.get(event.getClass());
        if (codec == null) {
            throw new IllegalArgumentException(
                    "event: " + event.getClass().getName() + " (expected: a class with a codec)");
        }
        return encode(codec, event);
    }

    private static <E> Encoded encode(EventCodec<E> codec, Object event) {
        E typed = codec.domainClass().cast(event);
        return new Encoded(
                codec.type(), codec.tenantOf().apply(typed), codec.encode().apply(typed));
    }

    /**
     * An event as it will be stored.
     *
     * @param type name and revision
     * @param tenantId the tenant; empty for the operator's own
     * @param payload content
     */
    public record Encoded(EventType type, String tenantId, byte[] payload) {}
}
