package dev.meterbook.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who used the processors, from {@code /proc}: this process, PostgreSQL and Redis with all their
 * children, dead ones included, and the machine as a whole. What is left is foreign. Kernel threads
 * that write for the servers count as foreign.
 */
final class CpuMeter {

    /** Of {@code /proc}: a hundredth of a second on every Linux that Java runs on. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Path data;

    /** A meter for the servers of a data folder. */
    CpuMeter(Path data) {
        this.data = data;
    }

    /**
     * Processor time in microseconds, since some moment or between two.
     *
     * @param jvm this process
     * @param postgres PostgreSQL with all its processes
     * @param redis Redis
     * @param busy of the whole machine, all processors together
     * @param total what the machine has, busy or not
     */
    record Cpu(long jvm, long postgres, long redis, long busy, long total) {

        Cpu minus(Cpu before) {
            return new Cpu(
                    jvm - before.jvm,
                    postgres - before.postgres,
                    redis - before.redis,
                    busy - before.busy,
                    total - before.total);
        }

        /** Of this benchmark. */
        long own() {
            return jvm + postgres + redis;
        }

        /** The share of the machine that others used, from 0 to 1. */
        double foreignShare() {
            return total == 0 ? 0 : Math.max(0, busy - own()) / (double) total;
        }

        /** The share of the machine that was used, from 0 to 1. */
        double busyShare() {
            return total == 0 ? 0 : busy / (double) total;
        }
    }

    /** Since the machine and the processes started. */
    Cpu now() {
        String[] words = machine();
        long busy = 0;
        long total = 0;
        // user nice system idle iowait irq softirq steal; guests are part of user.
        for (int i = 1; i <= 8; i++) {
            long ticks = Long.parseLong(words[i]);
            total += ticks;
            busy += i == 4 || i == 5 ? 0 : ticks;
        }
        return new Cpu(
                ofProcess(ProcessHandle.current().pid()),
                tree(server("postgres/data/postmaster.pid")),
                tree(server("redis/pid")),
                busy * MICROS_PER_TICK,
                total * MICROS_PER_TICK);
    }

    private static String[] machine() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            return BLANKS.split(lines.findFirst().orElseThrow());
        } catch (IOException none) {
            throw new UncheckedIOException("/proc/stat is needed: Linux only", none);
        }
    }

    private OptionalLong server(String pidFile) {
        try (Stream<String> lines = Files.lines(data.resolve(pidFile))) {
            return lines.findFirst().stream()
                    .mapToLong(pid -> Long.parseLong(pid.strip()))
                    .findAny();
        } catch (NoSuchFileException stopped) {
            return OptionalLong.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long tree(OptionalLong root) {
        if (root.isEmpty()) {
            return 0;
        }
        Supplier<Stream<ProcessHandle>> children =
                () ->
                        ProcessHandle.of(root.getAsLong()).stream()
                                .flatMap(ProcessHandle::descendants);
        return ofProcess(root.getAsLong())
                + children.get().mapToLong(child -> ofProcess(child.pid())).sum();
    }

    /** Its own time and that of children it has waited for. */
    private static long ofProcess(long pid) {
        return fields(Path.of("/proc", Long.toString(pid), "stat"))
                .map(
                        fields -> {
                            long ticks = 0;
                            // After the name, which is cut off: utime stime cutime cstime.
                            for (int i = 11; i <= 14; i++) {
                                ticks += Long.parseLong(fields[i]);
                            }
                            return ticks * MICROS_PER_TICK;
                        })
                .orElse(0L);
    }

    /** The fields after the name, which may hold blanks itself. */
    static Optional<String[]> fields(Path stat) {
        try {
            String line = Files.readString(stat, StandardCharsets.UTF_8);
            return Optional.of(BLANKS.split(line.substring(line.lastIndexOf(')') + 1).strip()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Processor time of one thread or process by its stat file, without children. */
    static long ownMicros(Path stat) {
        return fields(stat)
                .map(fields -> Long.parseLong(fields[11]) + Long.parseLong(fields[12]))
                .map(ticks -> ticks * MICROS_PER_TICK)
                .orElse(0L);
    }
}
