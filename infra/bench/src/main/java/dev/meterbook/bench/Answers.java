package dev.meterbook.bench;

/**
 * What calls were answered.
 *
 * @param recorded stored now
 * @param duplicates stored before
 */
public record Answers(long recorded, long duplicates) {

    static final Answers NONE = new Answers(0, 0);

    Answers plus(Answers more) {
        return new Answers(recorded + more.recorded, duplicates + more.duplicates);
    }

    /** All of them. */
    long total() {
        return recorded + duplicates;
    }
}
