package dev.meterbook.allinone.system;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One service as a process of its own, which ends with this one however this one ends: a shell
 * between them waits for the end of its standard input.
 */
public final class ServiceProcess implements AutoCloseable {

    /** Ctrl-C reaches the parent only: it stops the services first and their servers after them. */
    private static final String SCRIPT =
            """
            trap '' INT HUP
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            { read -r _ <&3; kill -TERM "$child"; } 2>/dev/null &
            reader=$!
            wait "$child"
            status=$?
            kill "$reader" 2>/dev/null
            exit "$status"
            """;

    /**
     * Six machines that compile their hottest code twice would have one another wait at the start.
     */
    private static final List<String> SIX_ON_ONE_MACHINE =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final long STOP_SECONDS = 30;
    private static final long APPEAR_SECONDS = 10;
    private static final int TAIL = 3;

    private final Service service;
    private final Process process;
    private final Path log;
    private volatile boolean paused;

    private ServiceProcess(Service service, Process process, Path log) {
        this.service = service;
        this.process = process;
        this.log = log;
    }

    /** Starts the service; its output goes to the end of the log. */
    static ServiceProcess start(Service service, Map<String, String> environment, Path log) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh"));
        command.addAll(command(service, SIX_ON_ONE_MACHINE));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("METERBOOK_"));
        builder.environment().putAll(environment);
        try {
            return new ServiceProcess(service, builder.start(), log);
        } catch (IOException refused) {
            throw new CommandFailure("cannot start " + service.id(), refused);
        }
    }

    /**
     * {@code java -cp … dev.meterbook.<service>.<Service>Application} with this process' own Java.
     */
    static List<String> command(Service service, List<String> moreOptions) {
        List<String> command = new ArrayList<>();
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(
                List.of(
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Ddisable-axoniq-console-message=true"));
        command.addAll(moreOptions);
        command.addAll(List.of("-cp", ServiceClassPath.of(service), service.mainClass().getName()));
        return command;
    }

    /**
     * Fails if the service has ended.
     *
     * @throws CommandFailure with the end of its log
     */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new CommandFailure(
                    service.id() + " ended by itself; end of " + log + ": " + tail());
        }
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Ends the service's Java machine with no chance to do anything more ({@code kill -9}) and
     * waits until it is gone.
     */
    public void kill() {
        ProcessHandle java = java();
        java.destroyForcibly();
        java.onExit().join();
        try {
            process.waitFor();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has the service's Java machine stand still ({@code SIGSTOP}); its connections stay open. */
    public void pause() {
        paused = true;
        signal("STOP");
    }

    /** Lets it go on where it stood still. */
    public void resume() {
        signal("CONT");
        paused = false;
    }

    private void signal(String name) {
        List<String> command = List.of("kill", "-" + name, Long.toString(java().pid()));
        try {
            int status = new ProcessBuilder(command).start().waitFor();
            if (status != 0) {
                throw new CommandFailure(String.join(" ", command) + " ended with " + status);
            }
        } catch (IOException refused) {
            throw new CommandFailure("cannot run " + command, refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped", stop);
        }
    }

    /** The shell's child that is not a shell; it is there a moment after the shell. */
    private ProcessHandle java() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(APPEAR_SECONDS);
        while (System.nanoTime() < deadline && process.isAlive()) {
            Optional<ProcessHandle> found =
                    process.children().filter(ServiceProcess::isJava).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.onSpinWait();
        }
        throw new CommandFailure(service.id() + " does not run; end of " + log + ": " + tail());
    }

    private static boolean isJava(ProcessHandle child) {
        return child.info()
                .command()
                .filter(command -> command.endsWith(File.separator + "java"))
                .isPresent();
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join(
                    " | ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException unreadable) {
            return "(not readable)";
        }
    }

    /** Stops the service and waits until it is down. */
    @Override
    public void close() throws IOException {
        askToStop();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins to stop the service. */
    void askToStop() throws IOException {
        if (paused && process.isAlive()) {
            resume();
        }
        process.getOutputStream().close();
    }
}
