package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.budget.v1.AuthorizeRequest;
import dev.meterbook.proto.budget.v1.AuthorizeResponse;
import dev.meterbook.proto.budget.v1.Decision;
import dev.meterbook.proto.metering.v1.GetCallRequest;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.type.v1.Money;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** Asks before a call whether it may be made, as an application does. */
final class Asking {

    private final Client client;
    private final Tally tally;

    Asking(Client client, Tally tally) {
        this.client = client;
        this.tally = tally;
    }

    /** The call as it is to be recorded; empty if it was denied and so never made. */
    Optional<MeteredCall> ask(Step step) {
        return switch (step.question()) {
            case NONE -> Optional.of(step.call());
            case MAY_I ->
                    hold(step.call()).map(hold -> step.call().toBuilder().setHoldId(hold).build());
            case MAY_I_SPEND_TOO_MUCH ->
                    authorize(
                                    question(step.call())
                                            .setMaxAmount(
                                                    Money.newBuilder()
                                                            .setAmount(RunawayAgent.TOO_MUCH)
                                                            .setCurrencyCode(DemoPrices.CURRENCY))
                                            .build())
                            .map(hold -> step.call().toBuilder().setHoldId(hold).build());
        };
    }

    /**
     * A call that an earlier demo has recorded was asked about then; its hold is part of it, and
     * asking again would hold money for nothing.
     */
    private Optional<String> hold(MeteredCall call) {
        Optional<String> earlier = earlierHold(call);
        return earlier.isPresent() ? earlier : authorize(question(call).build());
    }

    private Optional<String> earlierHold(MeteredCall call) {
        String name = "tenants/" + call.getTenant() + "/calls/" + call.getId();
        try {
            return Optional.of(
                    client.metering()
                            .getCall(GetCallRequest.newBuilder().setName(name).build())
                            .getCall()
                            .getHoldId());
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private Optional<String> authorize(AuthorizeRequest question) {
        AuthorizeResponse answer = client.budgets().authorize(question);
        if (answer.getDecision() == Decision.DECISION_DENIED) {
            tally.addDenied();
            return Optional.empty();
        }
        tally.addHeld();
        return Optional.of(answer.getHoldId());
    }

    private static AuthorizeRequest.Builder question(MeteredCall call) {
        TokenCounts counts = call.getUsage().getTokens();
        return AuthorizeRequest.newBuilder()
                .setRequestId(call.getId())
                .setTenant(call.getTenant())
                .setProvider(call.getProvider())
                .setModel(call.getRequestedModel())
                .setApplication(call.getApplication())
                .setCustomer(call.getCustomer())
                .setUser(call.getUser())
                .setEnvironment(call.getEnvironment())
                .setUseCase(call.getUseCase())
                .setAgent(call.getAgent())
                .setRun(call.getRun())
                .setEstimatedInputTokens(
                        counts.getInputTokens()
                                + counts.getCacheReadTokens()
                                + counts.getCacheWrite5MTokens())
                .setMaxOutputTokens(Math.max(1, counts.getOutputTokens()));
    }
}
