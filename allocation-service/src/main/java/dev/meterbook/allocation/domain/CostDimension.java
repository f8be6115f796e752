package dev.meterbook.allocation.domain;

/** A property by which rolled-up costs can be grouped and filtered. */
public enum CostDimension {
    /** The tenant. */
    TENANT,
    /** The tenant's customer. */
    CUSTOMER,
    /** The end user. */
    USER,
    /** The cost center that took the call. */
    COST_CENTER,
    /** The calling application. */
    APPLICATION,
    /** Deployment environment. */
    ENVIRONMENT,
    /** The use case. */
    USE_CASE,
    /** The model provider. */
    PROVIDER,
    /** The model that was priced. */
    MODEL
}
