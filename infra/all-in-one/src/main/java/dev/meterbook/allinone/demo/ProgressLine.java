package dev.meterbook.allinone.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far something has come: a bar that is drawn over itself on a terminal, elsewhere a plain line
 * for every tenth. Safe for use by several threads.
 */
public final class ProgressLine {

    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000;

    private final PrintStream out;
    private final Style style;
    private final String what;
    private final long total;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private long drawnAt;
    private long drawnTenth;

    /** How progress is shown. */
    public enum Style {
        /** A bar, drawn over itself. */
        BAR,
        /** Lines, one for each tenth. */
        LINES,
        /** Nothing. */
        NONE;

        /** A bar where a person looks on, else lines. */
        public static Style ofThisProcess() {
            return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                    ? BAR
                    : LINES;
        }
    }

    /**
     * Begins at nothing.
     *
     * @param what the things counted, such as {@code calls}
     * @param total how many there will be; more are taken as all
     */
    public ProgressLine(PrintStream out, Style style, String what, long total) {
        this.out = out;
        this.style = style;
        this.what = what;
        this.total = Math.max(1, total);
    }

    /** So many more are done. */
    public void advance(long more) {
        long now = Math.min(total, done.addAndGet(more));
        switch (style) {
            case BAR -> drawBar(now, now == total);
            case LINES -> drawLine(now);
            case NONE -> {}
        }
    }

    /** How many are done. */
    public long done() {
        return done.get();
    }

    /** Done per second since the beginning. */
    public long perSecond() {
        long nanos = Math.max(1, System.nanoTime() - start);
        return done.get() * 1_000_000_000 / nanos;
    }

    private synchronized void drawBar(long now, boolean last) {
        long time = System.nanoTime();
        if (!last && time - drawnAt < REDRAW_NANOS) {
            return;
        }
        drawnAt = time;
        int filled = (int) (WIDTH * now / total);
        out.printf(
                Locale.ROOT,
                "\r[%s%s] %3d %%  %,d of %,d %s  %,d/s ",
                "#".repeat(filled),
                " ".repeat(WIDTH - filled),
                100 * now / total,
                now,
                total,
                what,
                perSecond());
        out.flush();
    }

    private synchronized void drawLine(long now) {
        long tenth = 10 * now / total;
        if (tenth > drawnTenth) {
            drawnTenth = tenth;
            out.printf(
                    Locale.ROOT,
                    "%3d %%  %,d of %,d %s  %,d/s%n",
                    100 * now / total,
                    now,
                    total,
                    what,
                    perSecond());
        }
    }

    /** Ends the bar's line. */
    public void finish() {
        if (style == Style.BAR) {
            out.println();
        }
    }
}
