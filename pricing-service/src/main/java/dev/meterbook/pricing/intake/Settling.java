package dev.meterbook.pricing.intake;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.LogHead;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.pricing.axon.SpendMessages;
import dev.meterbook.pricing.domain.ClosedPeriod;
import dev.meterbook.pricing.domain.PriceBook;
import dev.meterbook.pricing.domain.SpendKey;
import dev.meterbook.pricing.domain.SpendTerm;
import dev.meterbook.pricing.domain.TermOwner;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.pricing.domain.VolumePeriod;
import dev.meterbook.pricing.projection.spend.Settled;
import dev.meterbook.pricing.projection.spend.SettledProjection;
import dev.meterbook.pricing.projection.spend.Spend;
import dev.meterbook.pricing.projection.spend.SpendProjection;
import dev.meterbook.proto.pricing.v1.PeriodSettled;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settles periods that are over: stores what they owe beside their calls, less what was stored for
 * them before. What was settled is read and written in the transaction that appends the events,
 * under the lock of the rating log, so a second run and runs at the same time add nothing.
 */
@Singleton
public final class Settling {

    /** Name and revision of the event. */
    static final EventType EVENT = EventType.of("pricing.PeriodSettled");

    private final Database database;
    private final EventLog log;
    private final PriceBooks books;
    private final SpendProjection spends;
    private final SettledProjection settled;

    Settling(
            @Named("pricing") Database database,
            @Named("pricing") EventLog log,
            PriceBooks books,
            SpendProjection spends,
            SettledProjection settled) {
        this.database = database;
        this.log = log;
        this.books = books;
        this.spends = spends;
        this.settled = settled;
    }

    /**
     * Which periods are settled.
     *
     * @param month the month whose periods are meant
     * @param nowMicros periods that end later are not over
     * @param after settlements behind this place; empty for all
     * @param limit settlements at most
     */
    public record Scope(Validity month, long nowMicros, String after, int limit) {}

    /** What would be settled, by place. */
    public List<Settlement> tell(Scope scope) {
        PriceBook book = books.freshest();
        return database.read(connection -> find(connection, book, scope));
    }

    /** Settles; answers with what was, by place. */
    public List<Settlement> settle(Scope scope) {
        return database.write(
                transaction -> {
                    LogHead head = log.lock(transaction);
                    List<Settlement> found = find(transaction, books.freshest(head), scope);
                    append(transaction, found, head.position());
                    settled.set(transaction, found.stream().map(Settlement::total).toList());
                    return found;
                });
    }

    private List<Settlement> find(Connection connection, PriceBook book, Scope scope)
            throws SQLException {
        Long[] starts = starts(scope.month);
        Map<SpendKey, Spend> spent = spends.ofPeriods(connection, starts);
        Map<SpendKey, Settled> before = new HashMap<>();
        settled.ofPeriods(connection, starts).forEach(each -> before.put(each.key(), each));
        List<Settlement> found = new ArrayList<>();
        for (ClosedPeriod period :
                book.closedPeriods(scope.month, scope.nowMicros, tenants(spent.keySet()))) {
            Settled was = before.remove(period.key());
            Spend spend = spent.get(period.key());
            if (spend != null || was != null || !period.isOnlyForSpenders()) {
                add(found, due(period, spend == null ? Spend.NONE : spend), spend, was);
            }
        }
        for (Settled was : before.values()) {
            if (isAsked(was, scope.month)) {
                add(found, with(was, BigDecimal.ZERO), spent.get(was.key()), was);
            }
        }
        return found.stream()
                .filter(each -> each.place().compareTo(scope.after) > 0)
                .sorted(Comparator.comparing(Settlement::place))
                .limit(scope.limit)
                .toList();
    }

    private static Long[] starts(Validity month) {
        long first = month.fromMicros();
        return new Long[] {first, VolumePeriod.YEAR.holding(first).fromMicros(), 0L};
    }

    private static Set<String> tenants(Set<SpendKey> keys) {
        return keys.stream()
                .flatMap(key -> TermOwner.tenant(key.owner()).stream())
                .collect(Collectors.toSet());
    }

    private static Settled due(ClosedPeriod period, Spend spend) {
        SpendTerm.Due due = period.due(spend.gross(), spend.owed());
        return new Settled(
                period.key(),
                period.term().period(),
                period.period(),
                period.version(),
                due.reason(),
                due.amount());
    }

    /** A period that was settled, and that no term of today is for. */
    private static boolean isAsked(Settled was, Validity month) {
        return was.key().periodStartMicros() == was.kind().holding(month.fromMicros()).fromMicros()
                && ClosedPeriod.isAsked(was.kind(), was.period(), month);
    }

    private static Settled with(Settled was, BigDecimal amount) {
        return new Settled(
                was.key(), was.kind(), was.period(), was.version(), was.reason(), amount);
    }

    private static void add(
            List<Settlement> found, Settled total, @Nullable Spend spend, @Nullable Settled was) {
        BigDecimal amount = was == null ? total.amount() : total.amount().subtract(was.amount());
        if (amount.signum() != 0) {
            BigDecimal owed = spend == null ? BigDecimal.ZERO : spend.owed();
            found.add(new Settlement(total, owed, amount));
        }
    }

    /** Positions of the log grow, so that no settlement has the key of another. */
    private void append(Connection transaction, List<Settlement> found, long head)
            throws SQLException {
        List<NewEvent> events =
                found.stream()
                        .map(
                                each ->
                                        NewEvent.of(
                                                tenant(each),
                                                CallKey.of(
                                                        "settlement/" + head + "/" + each.place()),
                                                EVENT,
                                                event(each)))
                        .toList();
        for (AppendOutcome outcome : log.append(transaction, events)) {
            if (!(outcome instanceof AppendOutcome.Recorded)) {
                throw new IllegalStateException("a settlement is in the log: " + outcome);
            }
        }
    }

    private static String tenant(Settlement settlement) {
        return TermOwner.tenant(settlement.total().key().owner()).orElse("");
    }

    private static byte[] event(Settlement settlement) {
        Settled total = settlement.total();
        SpendKey key = total.key();
        return PeriodSettled.newBuilder()
                .setContract(TermOwner.isPlan(key.owner()) ? "" : key.owner())
                .setTenant(tenant(settlement))
                .setTerm(key.term())
                .setReason(SpendMessages.toProto(total.reason()))
                .setPeriodStartTimeMicros(total.period().fromMicros())
                .setPeriodEndTimeMicros(total.period().untilMicros())
                .setVersion(total.version())
                .setCurrencyCode(key.currency().code())
                .setSpendAmount(Decimals.plain(settlement.spend()))
                .setOwedAmount(Decimals.plain(total.amount()))
                .setAmount(Decimals.plain(settlement.amount()))
                .build()
                .toByteArray();
    }
}
