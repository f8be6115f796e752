package dev.meterbook.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static List<String> drain(FairQueue<String> queue) {
        List<String> all = new ArrayList<>();
        for (String next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        return all;
    }

    @Test
    void tenants_take_turns_and_keep_their_own_order() {
        FairQueue<String> queue = new FairQueue<>(100);
        for (int i = 1; i <= 4; i++) {
            queue.offer("noisy", "noisy " + i, 1);
        }
        queue.offer("quiet", "quiet 1", 1);
        queue.offer("quiet", "quiet 2", 1);

        assertThat(drain(queue))
                .containsExactly("noisy 1", "quiet 1", "noisy 2", "quiet 2", "noisy 3", "noisy 4");
    }

    @Test
    void one_tenant_fills_half_of_it_at_most() {
        FairQueue<String> queue = new FairQueue<>(10);

        assertThat(queue.offer("noisy", "a", 5)).isTrue();
        assertThat(queue.offer("noisy", "b", 1)).isFalse();
        assertThat(queue.offer("quiet", "c", 5)).isTrue();
        assertThat(queue.offer("third", "d", 1)).isFalse();
        assertThat(drain(queue)).containsExactly("a", "c");
        assertThat(queue.offer("noisy", "b", 5)).isTrue();
    }

    @Test
    void waits_for_the_next_one_but_not_for_ever() throws InterruptedException {
        FairQueue<String> queue = new FairQueue<>(10);

        assertThat(queue.poll(1, TimeUnit.MILLISECONDS)).isNull();
        Thread late = Thread.ofVirtual().start(() -> queue.offer("acme", "late", 1));

        assertThat(queue.poll(10, TimeUnit.SECONDS)).isEqualTo("late");
        late.join();
        assertThat(queue.isEmpty()).isTrue();
    }
}
