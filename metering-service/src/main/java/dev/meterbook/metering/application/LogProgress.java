package dev.meterbook.metering.application;

/** Wants to know how far the usage log has grown. */
@FunctionalInterface
public interface LogProgress {

    /**
     * Calls up to a position are durable. Called often, by many threads; returns at once.
     *
     * @param position a position in the usage log
     */
    void reached(long position);
}
