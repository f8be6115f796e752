package dev.meterbook.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A shell that starts a server, says so, and stops it when its standard input ends.
 *
 * <p>The input is a pipe held by this JVM, so the server ends with the JVM however that ends, also
 * when it is killed. The shell ignores Ctrl-C and the server is in a session of its own: the JVM
 * comes to rest first, then its servers.
 */
final class Supervisor implements AutoCloseable {
    private static final String IGNORE_SIGNALS = "trap '' INT HUP TERM QUIT\n";
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

    private final Process process;

    private Supervisor(Process process) {
        this.process = process;
    }

    /**
     * Runs the script, which writes the line {@code ready} once its server answers and then reads
     * one line before it stops the server.
     *
     * @param prefix words before the shell's own command
     * @param arguments the script's {@code $1}, {@code $2} and so on
     * @param log gets what the script says; its end is in the exception's message
     */
    static Supervisor start(
            List<String> prefix, String script, List<String> arguments, Path log, Duration limit) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("sh", "-c", IGNORE_SIGNALS + script, "sh"));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            Supervisor supervisor = new Supervisor(process);
            supervisor.awaitReady(log, limit);
            return supervisor;
        } catch (IOException e) {
            throw new EmbeddedServerException("cannot run " + command.getFirst() + ": " + e, e);
        }
    }

    private void awaitReady(Path log, Duration limit) {
        CompletableFuture<@Nullable String> line = CompletableFuture.supplyAsync(this::readLine);
        try {
            if ("ready".equals(line.get(limit.toMillis(), TimeUnit.MILLISECONDS))) {
                return;
            }
            throw new EmbeddedServerException("server did not start; " + tail(log));
        } catch (TimeoutException e) {
            close();
            throw new EmbeddedServerException(
                    "server not ready after " + limit.toSeconds() + " s; " + tail(log), e);
        } catch (ExecutionException e) {
            throw new EmbeddedServerException("server did not start; " + tail(log), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new EmbeddedServerException("interrupted while a server started", e);
        }
    }

    private @Nullable String readLine() {
        try {
            return new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            int from = Math.max(0, lines.size() - 5);
            return "end of " + log + ": " + String.join(" | ", lines.subList(from, lines.size()));
        } catch (IOException e) {
            return "see " + log;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Stops the server and waits until it is down; a second call does nothing. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The shell has gone already, and with it the reader of this pipe.
        }
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new EmbeddedServerException(
                        "server not down after " + STOP_LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
