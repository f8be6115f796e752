package dev.meterbook.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.proto.metering.v1.MeteredCall;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CallGeneratorTest {

    private static final Shape SHAPE = new Shape(1, 200, 2_000, 50, 30);

    @Test
    void sends_about_one_call_in_a_hundred_again_and_counts_them() {
        CallGenerator generator = new CallGenerator(SHAPE, 0);

        List<MeteredCall> calls = generator.next(50_000);

        Set<String> ids = calls.stream().map(MeteredCall::getId).collect(Collectors.toSet());
        assertThat(generator.made()).isEqualTo(50_000);
        assertThat(generator.repeated()).isEqualTo(50_000 - ids.size()).isBetween(400L, 600L);
    }

    @Test
    void repeats_a_call_with_every_field() {
        List<MeteredCall> calls = new CallGenerator(SHAPE, 0).next(20_000);

        assertThat(new HashSet<>(calls))
                .hasSameSizeAs(calls.stream().map(MeteredCall::getId).collect(Collectors.toSet()));
    }

    @Test
    void gives_ids_of_version_7() {
        assertThat(new CallGenerator(SHAPE, 0).next(1_000))
                .allMatch(call -> UUID.fromString(call.getId()).version() == 7)
                .allMatch(call -> UUID.fromString(call.getId()).variant() == 2);
    }

    @Test
    void chooses_the_same_for_the_same_seed_and_otherwise_for_another() {
        List<String> users = users(new CallGenerator(SHAPE, 3));

        assertThat(users(new CallGenerator(SHAPE, 3))).isEqualTo(users);
        assertThat(users(new CallGenerator(SHAPE, 4))).isNotEqualTo(users);
        assertThat(users(new CallGenerator(new Shape(2, 200, 2_000, 50, 30), 3)))
                .isNotEqualTo(users);
    }

    private static List<String> users(CallGenerator generator) {
        return generator.next(200).stream().map(MeteredCall::getUser).toList();
    }

    @Test
    void is_about_250_bytes_on_the_wire() {
        assertThat(
                        new CallGenerator(SHAPE, 0)
                                .next(1_000).stream()
                                        .mapToInt(MeteredCall::getSerializedSize)
                                        .average()
                                        .orElseThrow())
                .isBetween(230.0, 270.0);
    }

    @Test
    void hears_some_users_often_and_most_seldom() {
        List<MeteredCall> calls = new CallGenerator(SHAPE, 0).next(50_000);

        long first = calls.stream().filter(call -> call.getUser().equals("user-0")).count();
        assertThat(first).isGreaterThan(50_000 / 20);
        assertThat(calls.stream().map(MeteredCall::getUser).distinct().count())
                .isGreaterThan(1_500);
    }
}
