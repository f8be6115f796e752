package dev.meterbook.budget.application.counting;

import java.util.function.Consumer;

/** Which life of the counters is the present one; durable, and the same for all processes. */
public interface Epochs {

    /** The present one; number 0 before the first. */
    Epoch current();

    /**
     * Begins the next one, if no other process is about to.
     *
     * @param mark a mark for it
     * @param preparation makes the counters ready; the epoch is the present one when it returns,
     *     and is given up if it throws
     * @return false if another process is about to begin one
     */
    boolean begin(String mark, Consumer<Epoch> preparation);
}
