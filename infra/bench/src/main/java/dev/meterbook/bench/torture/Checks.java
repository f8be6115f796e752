package dev.meterbook.bench.torture;

import dev.meterbook.allinone.Main;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.bench.Answers;
import dev.meterbook.bench.Books;
import dev.meterbook.bench.Pauses;
import dev.meterbook.bench.Shape;
import dev.meterbook.bench.Stages;
import dev.meterbook.proto.operations.v1.Consumer;
import dev.meterbook.proto.operations.v1.ListConsumersRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What must hold after every scenario, over everything that was sent since the system started. */
final class Checks {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration STANDSTILL = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 200;

    private final TortureSystem system;
    private final Sent sent;
    private final Shape shape;

    Checks(TortureSystem system, Sent sent, Shape shape) {
        this.system = system;
        this.sent = sent;
        this.shape = shape;
    }

    /** All of them, in the order in which a call passes the system. */
    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(alive());
        findings.add(consumers());
        try (Connection connection = system.servers().administrator()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            CallChecks calls = new CallChecks(connection, sent);
            findings.add(calls.acknowledged());
            findings.add(calls.logged());
            findings.add(calls.receipts());
            findings.add(calls.rated());
            findings.add(calls.posted());
            SumChecks sums = new SumChecks(connection, ExpectedBooks.of(sent.inOrder()));
            findings.add(sums.balances());
            findings.add(sums.rollUp());
            findings.add(sums.counters(system.servers().redisUri()));
        } catch (SQLException refused) {
            throw new TortureFailure("cannot read the books", refused);
        }
        findings.add(books());
        findings.add(verify());
        return findings;
    }

    private Finding alive() {
        String what = "every service's process runs";
        for (Service service : Service.values()) {
            if (!system.processes().of(service).isAlive()) {
                return Finding.wrong(what, service.id() + " has ended by itself");
            }
        }
        return Finding.ok(what, "all six");
    }

    private Finding consumers() {
        String what = "every consumer is at the head, nothing is set aside";
        try {
            return Finding.ok(what, awaitConsumers(system, PATIENCE));
        } catch (TortureFailure late) {
            return Finding.wrong(what, String.valueOf(late.getMessage()));
        }
    }

    /**
     * Waits until every consumer has taken what is in its log.
     *
     * @return what they are
     * @throws TortureFailure if that takes longer
     */
    static String awaitConsumers(TortureSystem system, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try (Stages stages = new Stages(system.servers())) {
                stages.awaitAll(STANDSTILL);
                List<Consumer> consumers = consumers(system);
                Optional<Consumer> behind =
                        consumers.stream().filter(each -> !isDone(each)).findFirst();
                if (behind.isEmpty()) {
                    return consumers.size() + " consumers";
                }
                requireTime(deadline, behind.get().toString());
            } catch (TortureFailure late) {
                throw late;
            } catch (RuntimeException notYet) {
                // A service that lost its connection answers a little later.
                requireTime(deadline, String.valueOf(notYet.getMessage()));
            }
            Pauses.millis(LOOK_MILLIS);
        }
    }

    private static boolean isDone(Consumer consumer) {
        return consumer.getPosition() == consumer.getHead() && consumer.getDeadLetterCount() == 0;
    }

    private static void requireTime(long deadline, String why) {
        if (System.nanoTime() > deadline) {
            throw new TortureFailure(why.replaceAll("\\s+", " ").strip());
        }
    }

    private static List<Consumer> consumers(TortureSystem system) {
        List<Consumer> consumers = new ArrayList<>();
        for (Service service : Service.values()) {
            Iterator<Consumer> found =
                    system.operator()
                            .operations(service)
                            .listConsumers(ListConsumersRequest.getDefaultInstance());
            found.forEachRemaining(consumers::add);
        }
        return consumers;
    }

    private Finding books() {
        Answers answers = new Answers(sent.size(), 0);
        List<String> faults = new Books(system.servers(), shape).faults(answers, answers);
        String what = "the books agree with one another";
        return faults.isEmpty()
                ? Finding.ok(what, "debits = credits, positions dense, sums equal")
                : Finding.wrong(what, String.join("; ", faults));
    }

    /** As a person would call it: {@code ./meterbook verify --data DIR}. */
    private Finding verify() {
        String what = "./meterbook verify";
        ProcessBuilder command =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "verify",
                        "--data",
                        system.folder().root().toString());
        command.environment().keySet().removeIf(name -> name.startsWith("METERBOOK_"));
        command.redirectErrorStream(true);
        try {
            Process process = command.start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String last = output.lines().reduce("", (before, line) -> line);
            int status = process.waitFor();
            return status == 0
                    ? Finding.ok(what, last)
                    : Finding.wrong(what, "status " + status + ": " + last);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new TortureFailure("stopped", stop);
        }
    }
}
