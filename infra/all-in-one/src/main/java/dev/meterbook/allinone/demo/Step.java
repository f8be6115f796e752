package dev.meterbook.allinone.demo;

import dev.meterbook.proto.metering.v1.MeteredCall;

/**
 * One call of a workload.
 *
 * @param call what is metered after the call
 * @param question what is asked before the call
 */
record Step(MeteredCall call, Question question) {

    /** What the application asks before it makes a call. */
    enum Question {
        /** Nothing: the call is made and metered. */
        NONE,
        /** Whether it may be made; the usage settles the hold. */
        MAY_I,
        /**
         * As {@link #MAY_I}, with a worst case far above a small ceiling: the answer is no, and the
         * call is never made.
         */
        MAY_I_SPEND_TOO_MUCH
    }
}
