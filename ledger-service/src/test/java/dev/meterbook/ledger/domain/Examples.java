package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;

/** Calls and amounts for tests. */
public final class Examples {

    public static final Instant NOON = Instant.parse("2026-10-03T12:00:00Z");
    public static final BillingPeriod OCTOBER = period("2026-10");

    private Examples() {}

    public static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.USD);
    }

    public static BillingPeriod period(String month) {
        return BillingPeriod.parse(month).orElseThrow();
    }

    public static PricedCall call(
            RatingKind kind, String tenant, long position, String cost, String charge) {
        return call(kind, tenant, position, NOON, "gpt-4o", usd(cost), usd(charge));
    }

    public static PricedCall call(
            RatingKind kind,
            String tenant,
            long position,
            Instant at,
            String model,
            Money cost,
            Money charge) {
        return new PricedCall(
                kind,
                tenant,
                position,
                position + 1_000,
                at,
                "openai",
                model,
                "chat",
                "openai-main",
                cost,
                charge,
                100,
                20);
    }

    public static BillableSum sum(String charge) {
        return new BillableSum(1, 100, 20, new BigDecimal(charge));
    }

    public static BillableKey key(String month, String model) {
        return BillableKey.ofCalls(
                "acme", period(month), "openai", model, "chat", CurrencyCode.USD);
    }
}
