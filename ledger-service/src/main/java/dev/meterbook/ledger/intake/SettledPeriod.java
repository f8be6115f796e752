package dev.meterbook.ledger.intake;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.ChargeKind;
import dev.meterbook.ledger.domain.Settlement;
import dev.meterbook.ledger.projection.SqlTimes;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.proto.pricing.v1.PeriodSettled;
import java.math.BigDecimal;

/**
 * Reads an event of the rating log that settles a period.
 *
 * @param stored where and when it stands
 * @param event the event
 */
record SettledPeriod(StoredEvent stored, PeriodSettled event) {

    /**
     * What it owes.
     *
     * @throws IllegalArgumentException if the event is not as the pricing service promises
     */
    Settlement settlement() {
        return new Settlement(
                stored.position(),
                stored.recordTime(),
                event.getContract(),
                event.getTenant(),
                kind(),
                event.getTerm(),
                event.getVersion(),
                SqlTimes.ofMicros(event.getPeriodStartTimeMicros()),
                SqlTimes.ofMicros(event.getPeriodEndTimeMicros()),
                new Money(amount(), CurrencyCode.of(event.getCurrencyCode())));
    }

    /** The same event under the name of its tenant, under which it is set aside if it must be. */
    StoredEvent part() {
        return new StoredEvent(
                stored.shard(),
                stored.position(),
                event.getTenant(),
                stored.key(),
                stored.type(),
                null,
                -1,
                stored.recordTime(),
                stored.payload(),
                null);
    }

    private ChargeKind kind() {
        return switch (event.getReason()) {
            case SETTLEMENT_REASON_MINIMUM -> ChargeKind.MINIMUM;
            case SETTLEMENT_REASON_COMMITMENT_SHORTFALL -> ChargeKind.COMMITMENT_SHORTFALL;
            case SETTLEMENT_REASON_UNSPECIFIED, UNRECOGNIZED ->
                    throw unexpected("reason", event.getReasonValue(), "1 or 2");
        };
    }

    private BigDecimal amount() {
        return Decimals.parse(event.getAmount())
                .orElseThrow(() -> unexpected("amount", event.getAmount(), "decimal number"));
    }

    private static IllegalArgumentException unexpected(
            String field, Object value, String expected) {
        return new IllegalArgumentException(field + ": " + value + " (expected: " + expected + ")");
    }
}
