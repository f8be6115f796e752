package dev.meterbook.bench.torture;

import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.bench.Answers;
import dev.meterbook.bench.BenchSystem;
import dev.meterbook.bench.Books;
import dev.meterbook.bench.CallGenerator;
import dev.meterbook.bench.Market;
import dev.meterbook.bench.Stages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The same calls once into a Meterbook in one process, and three times, shuffled, over eight
 * streams into six processes: both must come to the same books. The six must be empty before.
 */
final class TripleFeed implements Scenario {

    /** So named because a run that has it must begin with it. */
    static final String NAME = "triple-feed";

    private static final int STREAMS = 8;
    private static final int TIMES = 3;
    private static final int MESSAGE = 250;
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    /** So many milliseconds lie between two calls. */
    private static final long APART_MILLIS = 7;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String what() {
        return "the calls once into one system and three times, shuffled, over eight streams into"
                + " another: the same books";
    }

    @Override
    public void run(Arena arena) {
        if (arena.sent().size() > 0) {
            throw new TortureFailure(NAME + " needs a system without calls");
        }
        Instant end = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Path folder = arena.system().folder().root();
        Path once = folder.resolve("books-of-one-feed.txt");
        Path thrice = folder.resolve("books-of-three-feeds.txt");
        feedOnce(arena, end, folder.resolve("once"), once);
        feedThrice(arena, end);
        Checks.awaitConsumers(arena.system(), STANDSTILL);
        long lines = BookDump.write(arena.system().servers(), budgets(arena.sent()), thrice);
        Optional<String> difference = BookDump.difference(once, thrice);
        if (difference.isPresent()) {
            throw new TortureFailure("the books differ, once | three times: " + difference.get());
        }
        arena.telling().fault("the books of both are the same, in %,d lines".formatted(lines));
    }

    private static Set<String> budgets(Sent sent) {
        return ExpectedBooks.of(sent.inOrder()).budgets().keySet();
    }

    /** Each time the same. */
    private static Sent calls(Arena arena, Instant end) {
        CallGenerator generator = new CallGenerator(arena.plan().shape(), 0);
        Sent sent = new Sent();
        fill(arena, end, generator, sent);
        return sent;
    }

    private static void fill(Arena arena, Instant end, CallGenerator generator, Sent sent) {
        for (int i = arena.plan().calls(); i > 0; i--) {
            sent.add(generator.fresh(end.minusMillis(i * APART_MILLIS)));
        }
    }

    private static void feedOnce(Arena arena, Instant end, Path folder, Path dump) {
        Sent sent = calls(arena, end);
        try (BenchSystem system = BenchSystem.start(folder)) {
            new Market(system.operator(), arena.plan().shape()).open();
            List<SentCall> calls = new ArrayList<>(sent.all());
            try (Feed feed = new Feed(List.of(system.address()), system.operatorKey())) {
                send(arena, feed, 1, calls);
            }
            try (Stages stages = new Stages(system.servers())) {
                stages.awaitAll(STANDSTILL);
            }
            Answers answers = new Answers(calls.size(), 0);
            List<String> faults =
                    new Books(system.servers(), arena.plan().shape()).faults(answers, answers);
            if (!faults.isEmpty()) {
                throw new TortureFailure("one feed, one process: " + String.join("; ", faults));
            }
            BookDump.write(system.servers(), budgets(sent), dump);
        }
        arena.telling().fault("%,d calls are fed once into one process".formatted(sent.size()));
    }

    private static void feedThrice(Arena arena, Instant end) {
        fill(arena, end, new CallGenerator(arena.plan().shape(), 0), arena.sent());
        List<SentCall> calls = new ArrayList<>(arena.sent().size() * TIMES);
        for (int i = 0; i < TIMES; i++) {
            calls.addAll(arena.sent().all());
        }
        try (Feed feed = arena.feed()) {
            send(arena, feed, STREAMS, Deliveries.shuffled(calls, arena.random()));
        }
        arena.telling()
                .fault(
                        "they are fed %d times, shuffled, over %d streams into six processes"
                                .formatted(TIMES, STREAMS));
    }

    private static void send(Arena arena, Feed feed, int streams, List<SentCall> calls) {
        ProgressLine bar = arena.telling().bar(calls.size());
        int share = Math.ceilDiv(calls.size(), streams);
        for (int from = 0; from < calls.size(); from += share) {
            List<SentCall> own = calls.subList(from, Math.min(calls.size(), from + share));
            Iterator<List<SentCall>> messages = Deliveries.messages(own, MESSAGE).iterator();
            feed.start(new Counted(messages, bar), () -> 0);
        }
        feed.await();
        bar.finish();
    }

    /** Moves the bar on. */
    private record Counted(Iterator<List<SentCall>> messages, ProgressLine bar)
            implements Iterator<List<SentCall>> {

        @Override
        public boolean hasNext() {
            return messages.hasNext();
        }

        @Override
        public List<SentCall> next() {
            List<SentCall> message = messages.next();
            bar.advance(message.size());
            return message;
        }
    }
}
