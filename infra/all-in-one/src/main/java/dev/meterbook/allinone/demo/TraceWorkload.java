package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.demo.Step.Question;
import dev.meterbook.allinone.demo.TraceFile.TraceCall;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The calls of traces: one tenant and one application for each file. A call's id is the file's name
 * and the number of its line, so that playing it again changes nothing. What a trace does not hold
 * (user, customer, use case) is chosen by the line's number.
 */
final class TraceWorkload implements Workload {

    /** Each so many calls, one is asked about first. */
    private static final int ASKED = 50;

    /** Questions about calls that are too expensive, and therefore never made. */
    private static final int TOO_EXPENSIVE = 25;

    private final List<TraceFile> files;

    TraceWorkload(List<TraceFile> files) {
        this.files = List.copyOf(files);
    }

    @Override
    public String title() {
        return "traces " + String.join(", ", files.stream().map(TraceFile::name).toList());
    }

    @Override
    public long size() {
        return files.stream().mapToLong(file -> file.calls().size()).sum() + TOO_EXPENSIVE;
    }

    @Override
    public Iterator<Step> steps() {
        Stream<Step> calls =
                IntStream.range(0, files.size())
                        .boxed()
                        .flatMap(
                                index ->
                                        files.get(index).calls().stream()
                                                .map(call -> step(index, call)));
        Stream<Step> refused =
                IntStream.rangeClosed(1, TOO_EXPENSIVE)
                        .mapToObj(
                                number ->
                                        new Step(
                                                RunawayAgent.call(
                                                        "trace", number, DemoPrices.START),
                                                Question.MAY_I_SPEND_TOO_MUCH));
        return Stream.concat(calls, refused).iterator();
    }

    private Step step(int index, TraceCall traced) {
        TraceFile file = files.get(index);
        Company company = Company.ofTrace(index);
        boolean code = file.name().contains("code");
        SplittableRandom random = new SplittableRandom(traced.line());
        MeteredCall.Builder call =
                MeteredCall.newBuilder()
                        .setId(file.name() + ":" + traced.line())
                        .setTenant(company.id())
                        .setOccurTime(Times.of(traced.time()))
                        .setApplication(code ? "code-assistant" : "chat-assistant")
                        .setProvider(code ? DemoPrices.CODE_PROVIDER : DemoPrices.CHAT_PROVIDER)
                        .setRequestedModel(code ? DemoPrices.CODE_MODEL : DemoPrices.CHAT_MODEL)
                        .setUsage(usage(traced))
                        .setEnvironment("prod")
                        .setUseCase(code ? "completion" : "conversation")
                        .setRequestType("chat")
                        .setCustomer(company.customer(1 + random.nextInt(company.customers())))
                        .setUser(Company.user(1 + Zipf.rank(random, 200)));
        boolean asked = traced.line() % ASKED == 0;
        return new Step(call.build(), asked ? Question.MAY_I : Question.NONE);
    }

    private static Usage usage(TraceCall call) {
        return Usage.newBuilder()
                .setTokens(
                        TokenCounts.newBuilder()
                                .setConvention(CountingConvention.COUNTING_CONVENTION_INCLUSIVE)
                                .setInputTokens(call.contextTokens())
                                .setOutputTokens(call.generatedTokens()))
                .build();
    }
}
