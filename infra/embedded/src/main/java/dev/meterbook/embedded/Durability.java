package dev.meterbook.embedded;

/** What a server keeps when it, or the machine, goes down. */
public enum Durability {
    /** What it has acknowledged is on disk, and still there at the next start. */
    KEPT,
    /**
     * Nothing is kept: the data live no longer than the server. For tests; several times faster.
     */
    TEMPORARY
}
