package dev.meterbook.pricing.domain;

import java.math.BigDecimal;

/**
 * Something that a price is multiplied with, and why.
 *
 * @param rule the rule, in words that a tenant understands
 * @param value what the price is multiplied with
 */
public record Factor(String rule, BigDecimal value) {}
