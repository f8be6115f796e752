package dev.meterbook.bench.torture;

import dev.meterbook.allinone.demo.ProgressLine;
import java.io.PrintStream;
import java.util.Locale;

/** Lines for a person, and a bar below them while calls are sent. Safe for use by many threads. */
final class Telling {

    private static final String CLEARED = "\r" + " ".repeat(100) + "\r";

    private final PrintStream out;
    private final ProgressLine.Style style;
    private final long start = System.nanoTime();

    Telling(PrintStream out, ProgressLine.Style style) {
        this.out = out;
        this.style = style;
    }

    /** A bar for so many calls. */
    ProgressLine bar(long calls) {
        return new ProgressLine(out, style, "calls", calls);
    }

    /** A line of its own. */
    void line(String text) {
        synchronized (out) {
            out.println((style == ProgressLine.Style.BAR ? CLEARED : "") + text);
            out.flush();
        }
    }

    /** Something that happened, with the second since the beginning. */
    void fault(String text) {
        long tenths = (System.nanoTime() - start) / 100_000_000;
        line(String.format(Locale.ROOT, "  %5d.%d s  %s", tenths / 10, tenths % 10, text));
    }
}
