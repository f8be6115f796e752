package dev.meterbook.budget.axon;

import dev.meterbook.budget.application.counting.ExpiredHold;
import dev.meterbook.budget.application.counting.HoldEvents;
import dev.meterbook.budget.domain.HoldPart;
import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.proto.budget.v1.HoldExpired;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;

/** Writes the end of holds into the budgets' log; the key of each event is made of its content. */
@Singleton
final class LoggedHoldEvents implements HoldEvents {

    private static final EventType HOLD_EXPIRED = EventType.of("budget.HoldExpired");

    private final Database database;
    private final EventLog log;

    LoggedHoldEvents(@Named("budget") Database database, @Named("budget") EventLog log) {
        this.database = database;
        this.log = log;
    }

    @Override
    public void expired(List<ExpiredHold> holds) {
        List<NewEvent> events = holds.stream().map(LoggedHoldEvents::event).toList();
        var _ = database.write(transaction -> log.append(transaction, events));
    }

    private static NewEvent event(ExpiredHold hold) {
        HoldExpired.Builder message =
                HoldExpired.newBuilder()
                        .setTenant(hold.name().tenantId())
                        .setHoldId(hold.name().holdId())
                        .setExpireTimeMillis(hold.expireTime().toEpochMilli());
        hold.parts().forEach(part -> message.addParts(part(part)));
        String content = "expired/" + hold.name().uid() + "/" + hold.expireTime().toEpochMilli();
        return NewEvent.of(
                hold.name().tenantId(),
                CallKey.of(content),
                HOLD_EXPIRED,
                message.build().toByteArray());
    }

    private static dev.meterbook.proto.budget.v1.HoldPart part(HoldPart part) {
        return dev.meterbook.proto.budget.v1.HoldPart.newBuilder()
                .setBudget(part.budget().name())
                .setBucketSeconds(part.bucket())
                .setAmount(Decimals.plain(part.amount().value()))
                .build();
    }
}
