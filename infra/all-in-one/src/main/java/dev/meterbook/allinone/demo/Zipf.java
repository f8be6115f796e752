package dev.meterbook.allinone.demo;

import java.util.random.RandomGenerator;

/** Some are heard often and most seldom: rank r is chosen in proportion to 1 / (r + 1). */
final class Zipf {

    private static final long UNIT = 1_000_000;

    private Zipf() {}

    /** A rank from 0 to {@code size - 1}. */
    static int rank(RandomGenerator random, int size) {
        long total = 0;
        for (int rank = 0; rank < size; rank++) {
            total += UNIT / (rank + 1);
        }
        long at = random.nextLong(total);
        int rank = 0;
        for (long next = UNIT; at >= next; next = UNIT / (rank + 1)) {
            at -= next;
            rank++;
        }
        return rank;
    }
}
