package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credit that has something left.
 *
 * @param id its id within the tenant
 * @param remaining what is left of it; above 0
 * @param expireTime from this moment on it pays no invoice; null if it does not expire
 */
public record OpenCredit(String id, Money remaining, @Nullable Instant expireTime) {}
