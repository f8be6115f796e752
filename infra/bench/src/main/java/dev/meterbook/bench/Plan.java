package dev.meterbook.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param rounds how often and how long
 * @param shape the workload
 * @param load how it is sent
 * @param parts what is measured
 * @param data folder of databases, logs and results
 * @param passing whether the databases are deleted at the end
 * @param json file of the results, a JSON object a line
 * @param statements whether PostgreSQL counts the time of each statement, which costs a little
 */
record Plan(
        Rounds rounds,
        Shape shape,
        Load load,
        Set<Part> parts,
        Path data,
        boolean passing,
        Path json,
        boolean statements) {

    /** What can be measured. */
    enum Part {
        /** From a gRPC stream to the last stage. */
        WHOLE,
        /** From a gRPC stream to the usage log; the other stages stand still. */
        APPEND,
        /** A bare COPY of the same rows. */
        LIMIT,
        /** Stock Axon appends of the same calls. */
        PEER,
        /** From the acknowledgement to what can be read. */
        LATENCY,
        /** The roll-up made anew. */
        REPLAY,
        /** Bytes on disk, memory, start-up time. */
        DISK
    }

    /**
     * How often and how long.
     *
     * @param warm rounds that do not count
     * @param measured rounds that count
     * @param roundSeconds load of one side of a round
     * @param steadySeconds load of the long run; 0 for none
     * @param latencySeconds length of each paced run
     * @param rates calls a second of the paced runs; 0 stands for half of the peak
     */
    record Rounds(
            int warm,
            int measured,
            int roundSeconds,
            int steadySeconds,
            int latencySeconds,
            List<Integer> rates) {}

    /**
     * How calls are sent.
     *
     * @param streams gRPC streams at a time
     * @param message calls in one message
     */
    record Load(int streams, int message) {}

    boolean has(Part part) {
        return parts.contains(part);
    }

    /** True if rounds of alternating sides are part of it. */
    boolean hasRounds() {
        return has(Part.WHOLE) || has(Part.APPEND) || has(Part.LIMIT) || has(Part.PEER);
    }
}
