package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.domain.Price;

/** What tenants are charged for models. */
public interface Prices {

    /** The price of a call; never throws: what cannot be told is a value. */
    Price priceOf(PriceQuestion question);

    /**
     * Asks for a price.
     *
     * @param tenantId the tenant
     * @param provider the provider
     * @param model the model
     * @param serviceTier the service tier, as the wire numbers it
     * @param inputTokens input tokens, from 1: prices may depend on their number
     * @param output whether output is charged too
     */
    record PriceQuestion(
            String tenantId,
            String provider,
            String model,
            int serviceTier,
            long inputTokens,
            Output output) {

        /** The same with another number of input tokens. */
        PriceQuestion withInputTokens(long other) {
            return new PriceQuestion(tenantId, provider, model, serviceTier, other, output);
        }
    }

    /** Whether a call has output: embeddings have none, and no price for it. */
    enum Output {
        SOME,
        NONE
    }
}
