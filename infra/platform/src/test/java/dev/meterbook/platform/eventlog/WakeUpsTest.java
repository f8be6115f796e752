package dev.meterbook.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.platform.PlatformContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WakeUpsTest {

    private static final EventType NOTED = EventType.of("ledger.Noted");
    private static final EventType OTHER = EventType.of("ledger.Other");

    private PlatformContext platform;

    @BeforeEach
    void start() throws SQLException {
        platform = PlatformContext.fresh();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private WakeUps wakeUps() {
        return platform.context().getBean(WakeUps.class, Qualifiers.byName("ledger"));
    }

    private void append(long key, EventType... types) {
        List<NewEvent> events =
                IntStream.range(0, types.length)
                        .mapToObj(
                                i ->
                                        NewEvent.of(
                                                "acme",
                                                new UUID(key, i),
                                                types[i],
                                                new byte[] {(byte) i}))
                        .toList();
        platform.database().write(transaction -> platform.log().append(transaction, events));
    }

    @Test
    void wakes_only_those_who_want_one_of_the_events() {
        List<String> woken = new CopyOnWriteArrayList<>();
        wakeUps().onAppend("ledger", Set.of(NOTED.name()), () -> woken.add("noted"));
        wakeUps().onAppend("ledger", () -> woken.add("any"));
        AtomicInteger key = new AtomicInteger();
        await().until(
                        () -> {
                            append(key.incrementAndGet(), NOTED);
                            return woken.containsAll(List.of("noted", "any"));
                        });

        append(1_001, OTHER);
        append(1_002, OTHER, NOTED);
        append(1_003, OTHER);

        await().untilAsserted(
                        () -> assertThat(woken).endsWith("any", "any", "noted", "any", "any"));
    }

    @Test
    void names_too_many_for_a_notification_stand_for_any_event() {
        assertThat(WakeUps.names(Stream.of("a.B", "a.C", "a.B"))).isEqualTo("a.B a.C");
        assertThat(WakeUps.names(IntStream.range(0, 900).mapToObj(i -> "event" + i))).isEmpty();
    }
}
