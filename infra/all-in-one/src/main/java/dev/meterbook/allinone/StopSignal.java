package dev.meterbook.allinone;

import dev.meterbook.allinone.system.ClosingOrder;

/**
 * Ctrl-C and SIGTERM. There is one hook for everything: hooks run side by side, and services whose
 * database is stopped under them would take seconds to give up.
 */
final class StopSignal {

    private StopSignal() {}

    /** What is opened here is closed at the end of the process, in the right order. */
    static ClosingOrder closing() {
        ClosingOrder closing = new ClosingOrder();
        Runtime.getRuntime().addShutdownHook(new Thread(closing::close, "stop"));
        return closing;
    }
}
