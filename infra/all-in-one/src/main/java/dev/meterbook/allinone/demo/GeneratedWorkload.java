package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.demo.AppProfile.ModelChoice;
import dev.meterbook.allinone.demo.Step.Question;
import dev.meterbook.proto.metering.v1.CallStatus;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Calls of three companies in the week before a moment, made from a seed. Token lengths and bursts
 * have the {@link TraceShape} of published traces (gaps between calls are stretched so that the
 * calls fill the week), users are heard by Zipf's law. Among them are retries that are sent twice,
 * calls of a model that nobody has a price for, and an agent that runs into its ceiling.
 */
final class GeneratedWorkload implements Workload {

    /** Calls at most. */
    static final int MAX_CALLS = 1_000_000;

    private static final Duration SPAN = Duration.ofDays(7);
    private static final int AGENT_CALLS = 60;
    private static final int USERS = 200;

    private final long seed;
    private final int calls;
    private final Instant end;

    /**
     * A workload.
     *
     * @param seed equal seeds give equal calls
     * @param calls how many, from 1 to {@link #MAX_CALLS}; those of the agent come on top
     * @param end all calls occur before this moment
     */
    GeneratedWorkload(long seed, int calls, Instant end) {
        this.seed = seed;
        this.calls = calls;
        this.end = end;
    }

    @Override
    public String title() {
        return "generated calls, seed " + seed;
    }

    @Override
    public long size() {
        return (long) calls + AGENT_CALLS;
    }

    @Override
    public Iterator<Step> steps() {
        return new Steps();
    }

    private long sumOfGaps() {
        RandomGenerator gaps = new SplittableRandom(seed);
        long sum = 0;
        for (int i = 0; i < calls; i++) {
            sum += TraceShape.CONVERSATION.gapMicros(gaps);
        }
        return Math.max(1, sum);
    }

    /** Makes one step after the other, so that a long workload needs little memory. */
    private final class Steps implements Iterator<Step> {
        private final RandomGenerator gaps = new SplittableRandom(seed);
        private final RandomGenerator random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        private final long sumOfGaps = sumOfGaps();
        private final Deque<Step> again = new ArrayDeque<>();
        private long passed;
        private int made;
        private int agentCalls;

        @Override
        public boolean hasNext() {
            return made < calls || agentCalls < AGENT_CALLS || !again.isEmpty();
        }

        @Override
        public Step next() {
            Step repeated = again.poll();
            if (repeated != null) {
                return repeated;
            }
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return isTheAgentsTurn() ? agentStep() : step();
        }

        /** The agent's calls lie evenly among the others. */
        private boolean isTheAgentsTurn() {
            return made == calls
                    || (agentCalls < AGENT_CALLS
                            && (long) made * AGENT_CALLS >= (long) (agentCalls + 1) * calls);
        }

        private Step agentStep() {
            agentCalls++;
            return new Step(
                    RunawayAgent.call(seed + "-" + calls, agentCalls, now()), Question.MAY_I);
        }

        private Step step() {
            made++;
            passed += TraceShape.CONVERSATION.gapMicros(gaps);
            boolean asked = random.nextInt(20) == 0;
            Step step = new Step(call(), asked ? Question.MAY_I : Question.NONE);
            if (!asked && random.nextInt(200) == 0) {
                // A client that did not hear the answer sends the same again.
                again.add(step);
            }
            return step;
        }

        /** In whole milliseconds; the last call is a gap before the end. */
        private Instant now() {
            long share =
                    Math.multiplyExact(passed / 1000, SPAN.toMillis()) / (sumOfGaps / 1000 + 1);
            return end.minus(SPAN).plusMillis(Math.min(share, SPAN.toMillis() - 1));
        }

        private MeteredCall call() {
            AppProfile app = AppProfile.choose(random);
            ModelChoice model = app.chooseModel(random);
            Company company = app.company();
            int user = 1 + Zipf.rank(random, USERS);
            return MeteredCall.newBuilder()
                    .setId("demo-%d-%d-%d".formatted(seed, calls, made))
                    .setTenant(company.id())
                    .setOccurTime(Times.of(now()))
                    .setApplication(app.application())
                    .setProvider(model.provider())
                    .setRequestedModel(model.model())
                    .setUsage(usage(app, model))
                    .setEnvironment(random.nextInt(10) == 0 ? "staging" : "prod")
                    .setUseCase(app.useCases().get(random.nextInt(app.useCases().size())))
                    .setRequestType("chat")
                    .setCustomer(company.customer(1 + user % company.customers()))
                    .setUser(Company.user(user))
                    .setConversation("c-" + user + "-" + made / 50)
                    .setStatus(
                            random.nextInt(100) == 0
                                    ? CallStatus.CALL_STATUS_PARTIAL
                                    : CallStatus.CALL_STATUS_OK)
                    .setLatencyMillis(200 + random.nextInt(8_000))
                    .build();
        }

        private Usage usage(AppProfile app, ModelChoice model) {
            long input = app.shape().contextTokens(random);
            long output = app.shape().generatedTokens(random);
            long cached = random.nextInt(100) < model.cachedPercent() ? input / 2 : 0;
            TokenCounts.Builder counts =
                    TokenCounts.newBuilder()
                            .setConvention(
                                    model.countsWithoutCache()
                                            ? CountingConvention.COUNTING_CONVENTION_EXCLUSIVE
                                            : CountingConvention.COUNTING_CONVENTION_INCLUSIVE)
                            .setInputTokens(model.countsWithoutCache() ? input - cached : input)
                            .setOutputTokens(output)
                            .setCacheReadTokens(cached)
                            .setReasoningTokens(output * model.reasoningPercent() / 100);
            if (model.countsWithoutCache() && random.nextInt(10) == 0) {
                counts.setCacheWrite5MTokens(input / 4);
            }
            return Usage.newBuilder().setTokens(counts).build();
        }
    }
}
