package dev.meterbook.pricing.grpc;

import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.axon.SpendMessages;
import dev.meterbook.pricing.domain.SpendKey;
import dev.meterbook.pricing.domain.TermOwner;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.pricing.domain.VolumePeriod;
import dev.meterbook.pricing.intake.Settlement;
import dev.meterbook.pricing.intake.Settling;
import dev.meterbook.pricing.projection.spend.Settled;
import dev.meterbook.proto.pricing.v1.PeriodSettlement;
import dev.meterbook.proto.pricing.v1.SettlePeriodsRequest;
import dev.meterbook.proto.pricing.v1.SettlePeriodsResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/** Has periods settled. */
@Singleton
final class SettleCalls {

    private static final Pattern MONTH = Pattern.compile("2[01][0-9]{2}-[0-9]{2}");

    private final Settling settling;
    private final Clock clock;

    SettleCalls(Settling settling, Clock clock) {
        this.settling = settling;
        this.clock = clock;
    }

    SettlePeriodsResponse settle(SettlePeriodsRequest request) {
        Caller.current().requireOperator(Scope.ADMIN);
        Settling.Scope scope =
                new Settling.Scope(
                        period(month(request.getMonth())),
                        Validity.micros(clock.instant()),
                        Paging.after(request.getPageToken()),
                        Paging.size(request.getPageSize()));
        List<Settlement> page = request.getDryRun() ? settling.tell(scope) : settling.settle(scope);
        return SettlePeriodsResponse.newBuilder()
                .addAllSettlements(page.stream().map(SettleCalls::toProto).toList())
                .setNextPageToken(Paging.next(page, scope.limit(), Settlement::place))
                .build();
    }

    private YearMonth month(String text) {
        YearMonth now = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        if (text.isEmpty()) {
            return now.minusMonths(1);
        }
        YearMonth month = parsed(text);
        if (month.isAfter(now)) {
            throw Refusal.invalid("FUTURE_MONTH", "month", text, "at most " + now);
        }
        return month;
    }

    private static YearMonth parsed(String text) {
        try {
            if (MONTH.matcher(text).matches()) {
                return YearMonth.parse(text);
            }
        } catch (DateTimeParseException noMonth) {
            // such as 2026-13; told below
        }
        throw Refusal.invalid("INVALID_MONTH", "month", text, "a month such as 2026-10");
    }

    private static Validity period(YearMonth month) {
        return VolumePeriod.MONTH.holding(
                Validity.micros(month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC)));
    }

    private static PeriodSettlement toProto(Settlement settlement) {
        Settled total = settlement.total();
        SpendKey key = total.key();
        return PeriodSettlement.newBuilder()
                .setOwner(
                        TermOwner.tenant(key.owner())
                                .map(ResourceNames::ofPlan)
                                .orElse("contracts/" + key.owner()))
                .setTerm(key.term())
                .setPeriodStartTime(Times.toProto(total.period().fromMicros()))
                .setPeriodEndTime(Times.toProto(total.period().untilMicros()))
                .setReason(SpendMessages.toProto(total.reason()))
                .setVersion(total.version())
                .setSpend(BreakdownProtos.money(settlement.spend(), key.currency()))
                .setOwed(BreakdownProtos.money(total.amount(), key.currency()))
                .setAmount(BreakdownProtos.money(settlement.amount(), key.currency()))
                .build();
    }
}
