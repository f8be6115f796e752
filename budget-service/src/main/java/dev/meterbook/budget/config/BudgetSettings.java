package dev.meterbook.budget.config;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Settings of the budget service: {@code meterbook.budget} in the configuration.
 *
 * @param redisUrl where the counters are, such as {@code redis://:password@host:6379}
 * @param holdTimeoutMillis how long the question before a call waits for the counters
 * @param countTimeoutMillis how long the counting waits for them
 */
@ConfigurationProperties("meterbook.budget")
record BudgetSettings(
        String redisUrl,
        @Bindable(defaultValue = "1000") int holdTimeoutMillis,
        @Bindable(defaultValue = "10000") int countTimeoutMillis) {

    @Override
    public String toString() {
        return "BudgetSettings";
    }
}
