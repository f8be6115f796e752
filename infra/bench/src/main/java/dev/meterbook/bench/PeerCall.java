package dev.meterbook.bench;

import dev.meterbook.proto.metering.v1.MeteredCall;

/** A call as an event of the peer: the same fields, which Axon's Jackson serializer makes JSON. */
record PeerCall(
        String id,
        String tenant,
        long occurTimeMicros,
        String application,
        String provider,
        String requestedModel,
        String servedModel,
        String customer,
        String user,
        String costCenter,
        String environment,
        String useCase,
        String feature,
        String requestType,
        String region,
        String workflow,
        String run,
        long inputTokens,
        long cacheReadTokens,
        long outputTokens,
        long reasoningTokens,
        long latencyMillis) {

    static PeerCall of(MeteredCall call) {
        return new PeerCall(
                call.getId(),
                call.getTenant(),
                call.getOccurTime().getSeconds() * 1_000_000
                        + call.getOccurTime().getNanos() / 1_000,
                call.getApplication(),
                call.getProvider(),
                call.getRequestedModel(),
                call.getServedModel(),
                call.getCustomer(),
                call.getUser(),
                call.getCostCenter(),
                call.getEnvironment(),
                call.getUseCase(),
                call.getFeature(),
                call.getRequestType(),
                call.getRegion(),
                call.getWorkflow(),
                call.getRun(),
                call.getUsage().getTokens().getInputTokens(),
                call.getUsage().getTokens().getCacheReadTokens(),
                call.getUsage().getTokens().getOutputTokens(),
                call.getUsage().getTokens().getReasoningTokens(),
                call.getLatencyMillis());
    }
}
