package dev.meterbook.platform.eventlog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that is to be appended.
 *
 * @param tenantId the tenant it belongs to; empty for the operator's own
 * @param key with the tenant it makes the event unique: appending it again is answered as duplicate
 * @param type name and revision
 * @param aggregateId the aggregate it belongs to; null for events that belong to none
 * @param sequence number within the aggregate, from 0; -1 without aggregate
 * @param payload content; two events of the same key are duplicates if their payloads are equal
 *     byte by byte, a conflict otherwise
 * @param metadata who and why, such as the API key's id; not part of the comparison; may be null
 */
public record NewEvent(
        String tenantId,
        UUID key,
        EventType type,
        @Nullable String aggregateId,
        long sequence,
        byte[] payload,
        byte @Nullable [] metadata) {

    /** An event that belongs to no aggregate. */
    public static NewEvent of(String tenantId, UUID key, EventType type, byte[] payload) {
        return new NewEvent(tenantId, key, type, null, -1, payload, null);
    }
}
