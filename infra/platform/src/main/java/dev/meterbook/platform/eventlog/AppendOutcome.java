package dev.meterbook.platform.eventlog;

/** What became of one event of an append. */
public sealed interface AppendOutcome {

    /** Place in the shard, from 1. */
    long position();

    /**
     * Stored now.
     *
     * @param shard shard of the log
     * @param position its place
     * @param chainHash hash of the chain up to the batch that holds it, 32 bytes; callers must not
     *     change it
     */
    record Recorded(int shard, long position, byte[] chainHash) implements AppendOutcome {}

    /**
     * The same event was stored before.
     *
     * @param shard shard of the log
     * @param position place of the first
     */
    record Duplicate(int shard, long position) implements AppendOutcome {}

    /**
     * Another event of the same tenant and key was stored before; this one was not.
     *
     * @param shard shard of the log
     * @param position place of the other
     */
    record Conflict(int shard, long position) implements AppendOutcome {}
}
