package dev.meterbook.budget.application.counting;

/**
 * One life of the counters. When they are lost, the next one begins; nothing of an older life is
 * ever used again.
 *
 * @param number counts up
 * @param mark chosen at random, so that an epoch that was begun and given up is not mixed with its
 *     successor
 */
public record Epoch(long number, String mark) {

    /** One text for both parts. */
    public String uid() {
        return number + "-" + mark;
    }
}
