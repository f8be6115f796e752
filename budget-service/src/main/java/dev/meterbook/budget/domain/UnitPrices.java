package dev.meterbook.budget.domain;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;

/**
 * What a tenant is charged for a token of a model.
 *
 * @param currency of both
 * @param perInputToken charge for one input token
 * @param perOutputToken charge for one output token
 */
public record UnitPrices(
        CurrencyCode currency, BigDecimal perInputToken, BigDecimal perOutputToken) {}
