package dev.meterbook.allinone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Lists;
import dev.meterbook.allinone.demo.Step.Question;
import dev.meterbook.proto.metering.v1.MeteredCall;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GeneratedWorkloadTest {

    private static final Instant END = Instant.parse("2026-11-20T12:00:00Z");

    private static List<Step> steps(long seed, int calls) {
        return Lists.newArrayList(new GeneratedWorkload(seed, calls, END).steps());
    }

    @Test
    void equal_seeds_give_equal_calls_and_other_seeds_others() {
        assertThat(steps(7, 500)).isEqualTo(steps(7, 500)).isNotEqualTo(steps(8, 500));
    }

    @Test
    void all_calls_occur_in_order_within_the_week_before_the_end() {
        List<Instant> times =
                steps(1, 2_000).stream().map(step -> Times.of(step.call().getOccurTime())).toList();

        assertThat(times.getFirst()).isAfterOrEqualTo(END.minus(Duration.ofDays(7)));
        assertThat(times.getLast()).isBefore(END).isAfter(END.minus(Duration.ofHours(3)));
        assertThat(times).isSorted();
    }

    @Test
    void has_as_many_calls_as_asked_for_the_agents_and_some_that_are_sent_twice() {
        List<Step> steps = steps(1, 4_000);
        Set<String> ids = new HashSet<>();
        long twice = steps.stream().filter(step -> !ids.add(step.call().getId())).count();

        assertThat(ids).hasSize(4_060);
        assertThat(twice).isBetween(5L, 60L);
        assertThat(steps.stream().filter(step -> step.question() == Question.MAY_I).count())
                .isBetween(150L, 350L);
        assertThat(steps.stream().map(Step::call).map(MeteredCall::getTenant).distinct())
                .containsExactlyInAnyOrder("acme", "globex", "initech");
    }

    @Test
    void a_single_call_is_a_workload_too() {
        assertThat(steps(1, 1)).hasSize(61);
    }

    @Test
    void token_lengths_have_the_quantiles_of_the_trace() {
        SplittableRandom random = new SplittableRandom(3);
        long[] lengths =
                LongStream.generate(() -> TraceShape.CONVERSATION.contextTokens(random))
                        .limit(20_000)
                        .sorted()
                        .toArray();

        assertThat(lengths[10_000]).isBetween(1_000L, 1_040L);
        assertThat(lengths[18_000]).isBetween(2_600L, 2_900L);
        assertThat(lengths[0]).isGreaterThanOrEqualTo(2);
        assertThat(lengths[19_999]).isLessThanOrEqualTo(14_050);
    }

    @Test
    void rank_zero_is_heard_most() {
        SplittableRandom random = new SplittableRandom(3);
        int[] heard = new int[10];
        for (int i = 0; i < 10_000; i++) {
            heard[Zipf.rank(random, 10)]++;
        }

        assertThat(heard[0]).isBetween(3_200, 3_600);
        assertThat(heard[9]).isBetween(250, 450);
    }
}
