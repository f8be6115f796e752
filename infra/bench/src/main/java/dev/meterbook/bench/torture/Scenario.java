package dev.meterbook.bench.torture;

/** One kind of fault, done to a system while apps send calls. */
interface Scenario {

    /** By which it is chosen. */
    String name();

    /** What happens in it, for people. */
    String what();

    /**
     * Does it; every call that it sent was acknowledged when this returns.
     *
     * @throws TortureFailure if that cannot be brought about
     */
    void run(Arena arena);
}
