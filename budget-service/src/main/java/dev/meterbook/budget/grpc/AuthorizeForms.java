package dev.meterbook.budget.grpc;

import dev.meterbook.budget.application.admission.AuthorizeQuestion;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.CallDimensions;
import dev.meterbook.budget.domain.Dimension;
import dev.meterbook.budget.domain.TokenNeed;
import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.kernel.Money;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.budget.v1.AuthorizeRequest;
import dev.meterbook.proto.metering.v1.ServiceTier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The question before a call, read field by field. */
final class AuthorizeForms {

    private static final Duration DEFAULT_LIFE = Duration.ofMinutes(10);
    private static final Duration MIN_LIFE = Duration.ofSeconds(1);
    private static final Duration MAX_LIFE = Duration.ofHours(24);
    private static final Duration MOST_AGO = Duration.ofHours(24);
    private static final Duration MOST_AHEAD = Duration.ofHours(1);

    private AuthorizeForms() {}

    /**
     * Reads a request.
     *
     * @param tenant the tenant, from the credential
     */
    static AuthorizeQuestion question(AuthorizeRequest request, String tenant, Instant now) {
        checkHead(request);
        Optional<TokenNeed> tokens = tokens(request);
        Optional<Money> maxAmount =
                request.hasMaxAmount()
                        ? Optional.of(
                                Checks.money(
                                        "max_amount",
                                        request.getMaxAmount(),
                                        Decimals.MAX_DIGITS,
                                        Budget.LIMIT_BELOW))
                        : Optional.empty();
        if (tokens.isEmpty() && maxAmount.isEmpty()) {
            throw Refusal.invalid(
                    "ESTIMATE_MISSING",
                    "max_output_tokens",
                    "",
                    "estimated_input_tokens and max_output_tokens, or max_amount");
        }
        return new AuthorizeQuestion(
                request.getRequestId(),
                dimensions(request, tenant),
                request.getServiceTierValue(),
                tokens,
                maxAmount,
                request.hasHoldTimeToLive()
                        ? Checks.wholeSeconds(
                                "hold_time_to_live",
                                request.getHoldTimeToLive(),
                                MIN_LIFE,
                                MAX_LIFE)
                        : DEFAULT_LIFE,
                occurTime(request, now));
    }

    private static void checkHead(AuthorizeRequest request) {
        if (request.getRequestId().length() > CallKey.MAX_ID_LENGTH) {
            throw Refusal.invalid(
                    "INVALID_REQUEST_ID",
                    "request_id",
                    request.getRequestId(),
                    "at most " + CallKey.MAX_ID_LENGTH + " characters");
        }
        if (request.getServiceTier() == ServiceTier.UNRECOGNIZED) {
            throw Refusal.invalid(
                    "UNKNOWN_SERVICE_TIER",
                    "service_tier",
                    Integer.toString(request.getServiceTierValue()),
                    "STANDARD, BATCH, FLEX or PRIORITY");
        }
    }

    private static Optional<TokenNeed> tokens(AuthorizeRequest request) {
        if (!request.hasEstimatedInputTokens() || !request.hasMaxOutputTokens()) {
            return Optional.empty();
        }
        long input =
                Checks.between(
                        "estimated_input_tokens",
                        request.getEstimatedInputTokens(),
                        0,
                        TokenNeed.MAX_TOKENS);
        long output =
                Checks.between(
                        "max_output_tokens", request.getMaxOutputTokens(), 0, TokenNeed.MAX_TOKENS);
        long least =
                request.hasMinOutputTokens()
                        ? Checks.between(
                                "min_output_tokens", request.getMinOutputTokens(), 0, output)
                        : Math.min(1, output);
        return Optional.of(new TokenNeed(input, output, least));
    }

    private static Optional<Instant> occurTime(AuthorizeRequest request, Instant now) {
        if (!request.hasOccurTime()) {
            return Optional.empty();
        }
        Instant time = Checks.moment("occur_time", request.getOccurTime());
        if (time.isBefore(now.minus(MOST_AGO)) || time.isAfter(now.plus(MOST_AHEAD))) {
            throw Refusal.invalid(
                    "INVALID_TIME",
                    "occur_time",
                    time.toString(),
                    "at most 24 hours ago and 1 hour ahead");
        }
        return Optional.of(time);
    }

    private static CallDimensions dimensions(AuthorizeRequest request, String tenant) {
        String center = request.getCostCenter();
        if (!center.isEmpty() && !Identifiers.isName(center)) {
            throw Refusal.invalid(
                    "INVALID_COST_CENTER", "cost_center", center, Identifiers.NAME_FORM);
        }
        CallDimensions.Builder call =
                CallDimensions.builder()
                        .set(Dimension.TENANT, tenant)
                        .set(Dimension.COST_CENTER, center)
                        .set(Dimension.PROVIDER, Checks.opaqueId("provider", request.getProvider()))
                        .set(Dimension.MODEL, Checks.model("model", request.getModel()))
                        .set(
                                Dimension.APPLICATION,
                                Checks.opaqueId("application", request.getApplication()));
        addOptional(call, Dimension.CUSTOMER, "customer", request.getCustomer());
        addOptional(call, Dimension.USER, "user", request.getUser());
        addOptional(call, Dimension.ENVIRONMENT, "environment", request.getEnvironment());
        addOptional(call, Dimension.USE_CASE, "use_case", request.getUseCase());
        addOptional(call, Dimension.FEATURE, "feature", request.getFeature());
        addOptional(
                call, Dimension.BUSINESS_PROCESS, "business_process", request.getBusinessProcess());
        addOptional(call, Dimension.REGION, "region", request.getRegion());
        addOptional(call, Dimension.WORKFLOW, "workflow", request.getWorkflow());
        addOptional(call, Dimension.RUN, "run", request.getRun());
        addOptional(call, Dimension.AGENT, "agent", request.getAgent());
        return call.build();
    }

    private static void addOptional(
            CallDimensions.Builder call, Dimension dimension, String field, String value) {
        var _ = call.set(dimension, Checks.opaqueIdOrEmpty(field, value));
    }
}
