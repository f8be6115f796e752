package dev.meterbook.ledger;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.proto.pricing.v1.PeriodSettled;
import dev.meterbook.proto.pricing.v1.SettlementReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Events of the rating log that settle a month. */
final class SettledEvent {

    private SettledEvent() {}

    /** What is missing to the least amount of a tenant's plan. */
    static PeriodSettled.Builder ofPlan(String tenant, String month, String term, String amount) {
        return settled(month, term, amount)
                .setTenant(tenant)
                .setReason(SettlementReason.SETTLEMENT_REASON_MINIMUM);
    }

    /** What is missing to the promise of a contract. */
    static PeriodSettled.Builder ofContract(
            String contract, String month, String term, String amount) {
        return settled(month, term, amount)
                .setContract(contract)
                .setReason(SettlementReason.SETTLEMENT_REASON_COMMITMENT_SHORTFALL);
    }

    private static PeriodSettled.Builder settled(String month, String term, String amount) {
        BillingPeriod period = BillingPeriod.parse(month).orElseThrow();
        return PeriodSettled.newBuilder()
                .setTerm(term)
                .setPeriodStartTimeMicros(micros(period.start()))
                .setPeriodEndTimeMicros(micros(period.end()))
                .setVersion("v1")
                .setCurrencyCode("USD")
                .setSpendAmount("1")
                .setOwedAmount("100")
                .setAmount(amount);
    }

    static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }
}
