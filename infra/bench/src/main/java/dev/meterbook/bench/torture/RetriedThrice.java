package dev.meterbook.bench.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Apps that send every message three times without waiting for an answer. */
final class RetriedThrice implements Scenario {

    private static final int STREAMS = 4;
    private static final int TIMES = 3;
    private static final int MESSAGE = 50;

    @Override
    public String name() {
        return "retry-thrice";
    }

    @Override
    public String what() {
        return "clients that send every message three times";
    }

    @Override
    public void run(Arena arena) {
        int each = Math.ceilDiv(arena.plan().calls(), STREAMS);
        try (Feed feed = arena.feed()) {
            for (int i = 0; i < STREAMS; i++) {
                List<List<SentCall>> thrice = new ArrayList<>();
                for (List<SentCall> message :
                        Deliveries.messages(arena.freshCalls(each), MESSAGE)) {
                    thrice.addAll(Collections.nCopies(TIMES, message));
                }
                feed.start(thrice.iterator(), () -> 0);
            }
            feed.await();
        }
        arena.telling().fault("%,d calls were sent three times".formatted(each * STREAMS));
    }
}
