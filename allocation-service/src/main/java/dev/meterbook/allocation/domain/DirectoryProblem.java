package dev.meterbook.allocation.domain;

/** Why the directory refuses a command. The names are stable: callers get them as reasons. */
public enum DirectoryProblem {
    /** There is no such tenant. */
    UNKNOWN_TENANT,
    /** The tenant has no such customer. */
    UNKNOWN_CUSTOMER,
    /** The tenant has no such user. */
    UNKNOWN_USER,
    /** There is no such cost center. */
    UNKNOWN_COST_CENTER,
    /** The tenant is there, with other content. */
    TENANT_EXISTS,
    /** The customer is there, with other content. */
    CUSTOMER_EXISTS,
    /** The user is there, with other content. */
    USER_EXISTS,
    /** The cost center is there, with other content. */
    COST_CENTER_EXISTS,
    /** The tree has {@value CostCenterTree#MAX_COST_CENTERS} cost centers. */
    COST_CENTER_TREE_FULL,
    /** The cost center would stand below {@value CostCenterTree#MAX_LEVELS} levels. */
    COST_CENTER_TREE_TOO_DEEP,
    /** {@value RuleHistory#MAX_RULES} rules were set for the application. */
    TOO_MANY_ALLOCATION_RULES
}
