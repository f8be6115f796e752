package dev.meterbook.bench.torture;

import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.bench.CallGenerator;
import dev.meterbook.bench.Pauses;
import dev.meterbook.bench.Shape;
import dev.meterbook.proto.metering.v1.MeteredCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What a scenario works with: the system, the calls, chance, and a voice. */
final class Arena {

    /** Calls of a feed are spread over about this time, so that faults meet them. */
    private static final long SPREAD_MILLIS = 12_000;

    private static final int STREAMS = 4;
    private static final int MOST_IN_A_MESSAGE = 250;
    private static final int MESSAGES_OF_A_STREAM = 40;

    private final TortureSystem system;
    private final Sent sent;
    private final Plan plan;
    private final Telling telling;
    private final SplittableRandom random;
    private final AtomicLong generators;

    /**
     * What is asked for.
     *
     * @param shape of the workload
     * @param calls that each scenario sends at least
     * @param times how often each fault happens
     */
    record Plan(Shape shape, int calls, int times) {}

    Arena(
            TortureSystem system,
            Sent sent,
            Plan plan,
            Telling telling,
            SplittableRandom random,
            AtomicLong generators) {
        this.system = system;
        this.sent = sent;
        this.plan = plan;
        this.telling = telling;
        this.random = random;
        this.generators = generators;
    }

    TortureSystem system() {
        return system;
    }

    Sent sent() {
        return sent;
    }

    Plan plan() {
        return plan;
    }

    Telling telling() {
        return telling;
    }

    SplittableRandom random() {
        return random;
    }

    /** Sleeps for a random while. */
    void pause(int leastMillis, int mostMillis) {
        Pauses.millis(random.nextInt(leastMillis, mostMillis + 1));
    }

    /** A generator that gives other calls than every one before. */
    CallGenerator generator() {
        return new CallGenerator(plan.shape(), Math.toIntExact(generators.incrementAndGet()));
    }

    /** Calls that happen now. */
    List<SentCall> freshCalls(int count) {
        CallGenerator generator = generator();
        List<SentCall> calls = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            calls.add(sent.add(generator.fresh(Instant.now())));
        }
        return calls;
    }

    /** Apps that send to the meter. */
    Feed feed() {
        return new Feed(List.of(system.address(Service.METERING)), system.operatorKey());
    }

    /** Has apps send calls that happen now while faults are done to the system. */
    void feedDuring(Runnable faults) {
        feedDuring(List.of(system.address(Service.METERING)), this::happeningNow, faults);
    }

    private Supplier<MeteredCall> happeningNow() {
        CallGenerator generator = generator();
        return () -> generator.fresh(Instant.now());
    }

    /**
     * Has apps send calls while faults are done to the system: at least as many as planned, and
     * until the faults are over.
     *
     * @param addresses of the meter's processes: host and port
     * @param sources gives each app a source of its own
     * @param faults returns when they are over
     */
    void feedDuring(
            List<String> addresses, Supplier<Supplier<MeteredCall>> sources, Runnable faults) {
        int quota = Math.ceilDiv(plan.calls, STREAMS);
        int message = Math.clamp(quota / MESSAGES_OF_A_STREAM, 1, MOST_IN_A_MESSAGE);
        long pause = SPREAD_MILLIS * message / quota;
        AtomicBoolean over = new AtomicBoolean();
        ProgressLine bar = telling.bar(plan.calls);
        try (Feed feed = new Feed(addresses, system.operatorKey())) {
            for (int i = 0; i < STREAMS; i++) {
                feed.start(
                        new Flow(sources.get(), new Amount(quota, message), over, bar),
                        () -> over.get() ? 0 : pause);
            }
            try {
                faults.run();
            } finally {
                over.set(true);
            }
            long resent = feed.await();
            bar.finish();
            if (resent > 0) {
                telling.fault(resent + " messages were sent again, for want of an answer");
            }
        }
    }

    /** How many calls altogether, and in one message. */
    private record Amount(int calls, int message) {}

    /** Message after message, until there were enough and the faults are over. */
    private final class Flow implements Iterator<List<SentCall>> {

        private final Supplier<MeteredCall> source;
        private final Amount amount;
        private final AtomicBoolean over;
        private final ProgressLine bar;
        private int given;

        Flow(Supplier<MeteredCall> source, Amount amount, AtomicBoolean over, ProgressLine bar) {
            this.source = source;
            this.amount = amount;
            this.over = over;
            this.bar = bar;
        }

        @Override
        public boolean hasNext() {
            return given < amount.calls || !over.get();
        }

        @Override
        public List<SentCall> next() {
            List<SentCall> message = new ArrayList<>(amount.message);
            for (int i = 0; i < amount.message; i++) {
                message.add(sent.add(source.get()));
            }
            given += amount.message;
            bar.advance(amount.message);
            return message;
        }
    }
}
