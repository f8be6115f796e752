package dev.meterbook.bench.torture;

/**
 * The result of one check.
 *
 * @param what was checked
 * @param holds whether it is as it must be
 * @param detail figures, or the first thing that is wrong
 */
record Finding(String what, boolean holds, String detail) {

    static Finding ok(String what, String detail) {
        return new Finding(what, true, detail);
    }

    static Finding wrong(String what, String detail) {
        return new Finding(what, false, detail);
    }
}
