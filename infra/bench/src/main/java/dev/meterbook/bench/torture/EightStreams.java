package dev.meterbook.bench.torture;

import java.util.ArrayList;
import java.util.List;

/** The same calls over eight streams, in another order on each, some twice in one message. */
final class EightStreams implements Scenario {

    private static final int STREAMS = 8;
    private static final int ONE_OF_TWICE = 20;
    private static final int MESSAGE = 100;

    @Override
    public String name() {
        return "eight-streams";
    }

    @Override
    public String what() {
        return "the same calls over eight streams at once, shuffled and in part doubled on each";
    }

    @Override
    public void run(Arena arena) {
        List<SentCall> calls = arena.freshCalls(arena.plan().calls());
        try (Feed feed = arena.feed()) {
            for (int i = 0; i < STREAMS; i++) {
                List<SentCall> order = Deliveries.shuffled(doubled(arena, calls), arena.random());
                feed.start(Deliveries.messages(order, MESSAGE).iterator(), () -> 0);
            }
            feed.await();
        }
        arena.telling()
                .fault(
                        "%,d calls were sent %d times and more, in %d orders"
                                .formatted(calls.size(), STREAMS, STREAMS));
    }

    private static List<SentCall> doubled(Arena arena, List<SentCall> calls) {
        List<SentCall> more = new ArrayList<>(calls);
        for (SentCall call : calls) {
            if (arena.random().nextInt(ONE_OF_TWICE) == 0) {
                more.add(call);
            }
        }
        return more;
    }
}
