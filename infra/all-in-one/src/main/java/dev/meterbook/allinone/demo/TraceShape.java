package dev.meterbook.allinone.demo;

import java.util.random.RandomGenerator;

/**
 * How long prompts and answers of a real service are, and how its calls arrive, as quantiles.
 *
 * <p>The figures are our own measurements of the two services of the Azure LLM inference trace 2023
 * (Azure/AzurePublicDataset, CC-BY 4.0; published with Patel et al., "Splitwise: Efficient
 * Generative LLM Inference Using Phase Splitting", ISCA 2024). Between two quantiles values are
 * taken as evenly spread.
 */
final class TraceShape {
    /** The conversation service: 19,366 calls of about one hour. */
    static final TraceShape CONVERSATION =
            new TraceShape(
                    new long[] {
                        2, 8, 29, 181, 207, 387, 403, 703, 1020, 1071, 1130, 1315, 2735, 4083, 4142,
                        6212, 14050
                    },
                    new long[] {
                        7, 12, 16, 41, 54, 77, 91, 103, 129, 177, 384, 400, 424, 451, 601, 954, 1000
                    },
                    new long[] {
                        2, 7, 551, 6320, 16129, 36523, 60722, 87254, 118424, 158670, 213606, 288810,
                        420740, 565234, 888997, 1430997, 4314579
                    });

    /** The coding service: 8,819 calls of about one hour, in bursts. */
    static final TraceShape CODING =
            new TraceShape(
                    new long[] {
                        3, 7, 17, 75, 147, 386, 770, 1075, 1469, 1909, 2433, 3192, 5186, 7302, 7436,
                        7437, 7437
                    },
                    new long[] {6, 6, 6, 6, 7, 8, 9, 11, 13, 16, 20, 29, 55, 90, 252, 824, 1899},
                    new long[] {
                        6, 6, 22, 88, 209, 1184, 3292, 15117, 63812, 94988, 100130, 160092, 272778,
                        400764, 2205167, 78444134, 217168952
                    });

    /** The quantiles that the tables hold, in hundredths of a percent. */
    private static final int[] BASIS_POINTS = {
        0, 10, 100, 500, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 9500, 9900, 9990,
        10000
    };

    private final long[] contextTokens;
    private final long[] generatedTokens;
    private final long[] gapMicros;

    private TraceShape(long[] contextTokens, long[] generatedTokens, long[] gapMicros) {
        this.contextTokens = contextTokens;
        this.generatedTokens = generatedTokens;
        this.gapMicros = gapMicros;
    }

    /** Length of a prompt. */
    long contextTokens(RandomGenerator random) {
        return sample(contextTokens, random);
    }

    /** Length of an answer. */
    long generatedTokens(RandomGenerator random) {
        return sample(generatedTokens, random);
    }

    /** Time from one call to the next, in microseconds. */
    long gapMicros(RandomGenerator random) {
        return sample(gapMicros, random);
    }

    private static long sample(long[] quantiles, RandomGenerator random) {
        int at = random.nextInt(BASIS_POINTS[BASIS_POINTS.length - 1]);
        int upper = 1;
        while (BASIS_POINTS[upper] <= at) {
            upper++;
        }
        long span = quantiles[upper] - quantiles[upper - 1];
        long width = BASIS_POINTS[upper] - (long) BASIS_POINTS[upper - 1];
        return quantiles[upper - 1] + span * (at - BASIS_POINTS[upper - 1]) / width;
    }
}
