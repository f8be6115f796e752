package dev.meterbook.allinone.demo;

import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import java.time.Instant;

/**
 * An agent of Initech that calls the same model with the same full context again and again, until
 * its ceiling stops it. Every call costs the same, so the ceiling always lets the same number pass.
 */
final class RunawayAgent {

    static final String AGENT = "report-agent";

    /** The ceiling of all its calls together, as charged; one call is charged about 0.019 USD. */
    static final String CEILING = "0.50";

    /** A worst case that never fits. */
    static final String TOO_MUCH = "1.00";

    static final long INPUT_TOKENS = 40_000;
    static final long OUTPUT_TOKENS = 4_000;

    private RunawayAgent() {}

    /** The n-th call of a run. */
    static MeteredCall call(String run, int number, Instant time) {
        return MeteredCall.newBuilder()
                .setId("agent-" + run + "-" + number)
                .setTenant(Company.INITECH.id())
                .setOccurTime(Times.of(time))
                .setApplication("report-writer")
                .setProvider(DemoPrices.CHAT_PROVIDER)
                .setRequestedModel(DemoPrices.CHAT_MODEL)
                .setUsage(
                        Usage.newBuilder()
                                .setTokens(
                                        TokenCounts.newBuilder()
                                                .setConvention(
                                                        CountingConvention
                                                                .COUNTING_CONVENTION_INCLUSIVE)
                                                .setInputTokens(INPUT_TOKENS)
                                                .setOutputTokens(OUTPUT_TOKENS)))
                .setEnvironment("prod")
                .setUseCase("report")
                .setRequestType("chat")
                .setAgent(AGENT)
                .setRun("run-" + run)
                .setStep(Integer.toString(number))
                .setCustomer(Company.INITECH.customer(1))
                .setUser(Company.user(1))
                .build();
    }
}
