package dev.meterbook.bench;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * The applications: each has a connection, a generator and, while it sends, a stream of its own.
 * They remember what was answered, for the books must hold exactly that.
 */
final class Generators implements AutoCloseable {

    private final List<Application> applications = new ArrayList<>();
    private final ExecutorService threads;
    private final int message;
    private final AtomicReference<Answers> answered = new AtomicReference<>(Answers.NONE);

    private record Application(Apis connection, Client client, CallGenerator calls) {}

    Generators(BenchSystem system, Plan plan) {
        this.message = plan.load().message();
        CallTemplates templates = new CallTemplates(plan.shape());
        for (int number = 0; number < plan.load().streams(); number++) {
            Apis connection = system.connect();
            applications.add(
                    new Application(
                            connection,
                            connection.as(system.operatorKey()),
                            new CallGenerator(plan.shape(), templates, number)));
        }
        this.threads =
                Executors.newFixedThreadPool(
                        applications.size(),
                        Thread.ofPlatform().daemon().name("bench-load-", 0).factory());
    }

    /**
     * Sends as fast as is taken.
     *
     * @param duration for so long
     * @param full while true, nothing is sent
     * @return what was answered; everything was
     */
    Answers send(Duration duration, BooleanSupplier full) {
        long end = System.nanoTime() + duration.toNanos();
        List<Future<Answers>> running =
                applications.stream()
                        .map(each -> threads.submit(() -> send(each, end, full)))
                        .toList();
        Answers sum = Answers.NONE;
        for (Future<Answers> each : running) {
            sum = sum.plus(await(each));
        }
        answered.accumulateAndGet(sum, Answers::plus);
        return sum;
    }

    private Answers send(Application application, long end, BooleanSupplier full) {
        LoadStream stream = new LoadStream(application.client, any -> {});
        while (System.nanoTime() < end) {
            if (full.getAsBoolean()) {
                Pauses.millis(1);
            } else {
                stream.send(application.calls.next(message));
            }
        }
        return stream.finish();
    }

    private static Answers await(Future<Answers> running) {
        try {
            return running.get();
        } catch (ExecutionException failed) {
            throw new BenchFailure("sending failed: " + failed.getCause(), failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("stopped", stop);
        }
    }

    /**
     * Sends at a steady pace, whatever the answers are like.
     *
     * @param callsPerSecond the pace
     * @param calls in one message
     * @param duration for so long
     * @param arrivals is told of every acknowledgement
     * @return what was answered; everything was
     */
    Answers pace(int callsPerSecond, int calls, Duration duration, Arrivals arrivals) {
        List<LoadStream> streams =
                applications.stream()
                        .map(each -> new LoadStream(each.client, arrivals::acknowledged))
                        .toList();
        long interval = 1_000_000_000L * calls / callsPerSecond;
        long began = System.nanoTime();
        long messages = duration.toNanos() / interval;
        for (long number = 0; number < messages; number++) {
            Pauses.until(began + number * interval);
            int index = (int) (number % streams.size());
            streams.get(index).send(applications.get(index).calls.next(calls));
        }
        Answers sum = Answers.NONE;
        for (LoadStream stream : streams) {
            sum = sum.plus(stream.finish());
        }
        answered.accumulateAndGet(sum, Answers::plus);
        return sum;
    }

    /** What was answered since the beginning. */
    Answers answered() {
        return answered.get();
    }

    /** What must have been answered: each call once recorded, and a duplicate each other time. */
    Answers expected() {
        long made = applications.stream().mapToLong(each -> each.calls.made()).sum();
        long repeated = applications.stream().mapToLong(each -> each.calls.repeated()).sum();
        return new Answers(made - repeated, repeated);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        applications.forEach(each -> each.connection.close());
    }
}
