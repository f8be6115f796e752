package dev.meterbook.platform.eventlog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in a log.
 *
 * @param shard shard of the log, from 0
 * @param position place in the shard, from 1, without gaps
 * @param tenantId the tenant it belongs to; empty for the operator's own
 * @param key unique within the tenant
 * @param type name and revision
 * @param aggregateId the aggregate it belongs to; null for events that belong to none
 * @param sequence number within the aggregate, from 0; -1 without aggregate
 * @param recordTime when it was appended
 * @param payload content
 * @param metadata who and why; may be null
 */
public record StoredEvent(
        int shard,
        long position,
        String tenantId,
        UUID key,
        EventType type,
        @Nullable String aggregateId,
        long sequence,
        Instant recordTime,
        byte[] payload,
        byte @Nullable [] metadata) {

    /** An event as it stands in a log once it is appended. */
    static StoredEvent of(NewEvent event, int shard, long position, Instant recordTime) {
        return new StoredEvent(
                shard,
                position,
                event.tenantId(),
                event.key(),
                event.type(),
                event.aggregateId(),
                event.sequence(),
                recordTime,
                event.payload(),
                event.metadata());
    }
}
