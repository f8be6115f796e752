package dev.meterbook.bench;

/** Something that is measured in rounds, in turn with others. */
interface Side {

    /** Its name in the results. */
    String name();

    /** Measures once. */
    Measurement measure();
}
