package dev.meterbook.allocation.domain;

/**
 * By whom and for what a call was made, as far as costs are rolled up by it. All are ids; empty
 * where the call does not tell.
 *
 * @param tenant the tenant, never empty
 * @param customer the tenant's customer
 * @param user the end user
 * @param costCenter the cost center: before allocation the one that the call names, afterwards the
 *     one that takes it
 * @param application the calling application
 * @param environment deployment environment of the application
 * @param useCase the use case
 * @param provider the model provider
 * @param model the model that was priced
 */
public record CallDimensions(
        String tenant,
        String customer,
        String user,
        String costCenter,
        String application,
        String environment,
        String useCase,
        String provider,
        String model) {

    /** The same, taken by a cost center. */
    public CallDimensions withCostCenter(String taker) {
        return taker.equals(costCenter)
                ? this
                : new CallDimensions(
                        tenant,
                        customer,
                        user,
                        taker,
                        application,
                        environment,
                        useCase,
                        provider,
                        model);
    }
}
