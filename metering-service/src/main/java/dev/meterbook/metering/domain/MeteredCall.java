package dev.meterbook.metering.domain;

import java.util.Map;

/**
 * One call of a model as the caller tells it: nothing is checked yet. Texts that were not told are
 * empty, numbers 0. Holds opaque ids only.
 *
 * @param id chosen by the client, unique within the tenant
 * @param tenant whose call it was; empty for the credential's
 * @param occurTime when it happened, or {@link OccurTime#NOT_TOLD}
 * @param usage what it consumed, or {@link Usage#NOT_TOLD}
 * @param attribution who and what for
 * @param model which model, where
 * @param lineage the work that it was a part of
 * @param trace where it stands in a distributed trace
 * @param ending how it ended
 * @param holdId the hold that it settles
 * @param labels free labels
 * @param unknownField number of a field that was sent and that this version does not know; 0 if
 *     none
 */
public record MeteredCall(
        String id,
        String tenant,
        OccurTime occurTime,
        Usage usage,
        Attribution attribution,
        Model model,
        Lineage lineage,
        Trace trace,
        Ending ending,
        String holdId,
        Map<String, String> labels,
        int unknownField) {

    /** Who called, and what for; only the application is required. */
    public record Attribution(
            String application,
            String customer,
            String user,
            String costCenter,
            String environment,
            String useCase,
            String feature,
            String businessProcess,
            String requestType) {}

    /**
     * Which model of which provider, and where; provider and one of the two models are required.
     */
    public record Model(
            String provider,
            String requestedModel,
            String servedModel,
            String region,
            ServiceTier serviceTier,
            String deployment) {}

    /** The work that the call was a part of. */
    public record Lineage(
            String conversation,
            String workflow,
            String run,
            String agent,
            String step,
            String tool,
            int attempt,
            String retryOf) {}

    /** W3C trace context, in lower-case hexadecimal digits. */
    public record Trace(String traceId, String spanId) {}

    /** How the call ended. */
    public record Ending(CallStatus status, long latencyMillis, long retrievedContextTokens) {}

    /** The provider's service tier. */
    public enum ServiceTier {
        /** A value that this version does not know; refused. */
        UNKNOWN,
        /** The default. */
        STANDARD,
        /** Delayed answers at a lower price. */
        BATCH,
        /** Slower answers at a lower price. */
        FLEX,
        /** Faster answers at a higher price. */
        PRIORITY
    }

    /** How a model call ended. */
    public enum CallStatus {
        /** A value that this version does not know; refused. */
        UNKNOWN,
        /** The provider answered completely. */
        OK,
        /** The provider answered with an error. */
        ERROR,
        /** The stream was cut off. */
        PARTIAL,
        /** The client gave up. */
        CANCELLED
    }
}
