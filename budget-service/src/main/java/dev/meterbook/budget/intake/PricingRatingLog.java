package dev.meterbook.budget.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.budget.application.counting.RatedBatch;
import dev.meterbook.budget.application.counting.RatingLog;
import dev.meterbook.budget.domain.RatedCall;
import dev.meterbook.platform.consumer.DeadLetters;
import dev.meterbook.platform.consumer.TenantParts;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pricing's event log, read with the rights of the budget service. What cannot be read is set aside
 * by tenant, durably, before its event is handed out without it; what is set aside stays out until
 * a retry counts it.
 */
public final class PricingRatingLog implements RatingLog {

    /** The whole of an event. */
    private static final String WHOLE = "";

    private static final String USAGE_RATED = "pricing.UsageRated";
    private static final Logger LOG = LoggerFactory.getLogger(PricingRatingLog.class);

    private final Database database;
    private final DeadLetters setAside;
    private final EventReader reader = new EventReader("pricing");

    /** Reads over a database. */
    public PricingRatingLog(Database database, DeadLetters setAside) {
        this.database = database;
        this.setAside = setAside;
    }

    @Override
    public long head() {
        return database.read(reader::head);
    }

    @Override
    public List<RatedBatch> read(long after, int limit) {
        return database.write(transaction -> read(transaction, after, limit));
    }

    private List<RatedBatch> read(Connection transaction, long after, int limit)
            throws SQLException {
        List<StoredEvent> events = reader.read(transaction, after, limit);
        if (events.isEmpty()) {
            return List.of();
        }
        Map<Long, Set<String>> out =
                setAside.tenants(transaction, after, events.getLast().position());
        List<RatedBatch> batches = new ArrayList<>(events.size());
        for (StoredEvent event : events) {
            Set<String> tenants = out.getOrDefault(event.position(), Set.of());
            batches.add(
                    new RatedBatch(
                            event.position(),
                            event.recordTime(),
                            event.type().name().equals(USAGE_RATED)
                                    ? calls(transaction, event, tenants)
                                    : List.of()));
        }
        return batches;
    }

    private List<RatedCall> calls(Connection transaction, StoredEvent event, Set<String> out)
            throws SQLException {
        if (out.isEmpty()) {
            try {
                return RatedUsage.calls(event.payload());
            } catch (RuntimeException unreadable) {
                LOG.debug("position {} of the rating log", event.position(), unreadable);
            }
        }
        return out.contains(WHOLE) ? List.of() : callsOfParts(transaction, event, out);
    }

    /** Every call keeps its place: the progress within an event is counted in calls. */
    private List<RatedCall> callsOfParts(Connection transaction, StoredEvent event, Set<String> out)
            throws SQLException {
        UsageRated rated;
        List<StoredEvent> parts;
        try {
            rated = UsageRated.parseFrom(event.payload());
            parts = TenantParts.of(event, rated, "calls");
        } catch (InvalidProtocolBufferException | RuntimeException unreadable) {
            setAside(transaction, event, unreadable);
            return List.of();
        }
        Map<String, Iterator<RatedCall>> byTenant = new HashMap<>();
        for (StoredEvent part : parts) {
            if (!out.contains(part.tenantId())) {
                byTenant.put(part.tenantId(), callsOfPart(transaction, part).iterator());
            }
        }
        List<RatedCall> calls = new ArrayList<>(rated.getCallsCount());
        for (var call : rated.getCallsList()) {
            Iterator<RatedCall> ofTenant = byTenant.get(rated.getTexts(call.getTenantText()));
            calls.add(ofTenant != null && ofTenant.hasNext() ? ofTenant.next() : RatedCall.NOTHING);
        }
        return calls;
    }

    private List<RatedCall> callsOfPart(Connection transaction, StoredEvent part)
            throws SQLException {
        try {
            return RatedUsage.calls(part.payload());
        } catch (RuntimeException unreadable) {
            setAside(transaction, part, unreadable);
            return List.of();
        }
    }

    private void setAside(Connection transaction, StoredEvent part, Exception why)
            throws SQLException {
        LOG.error(
                "position {} of the rating log is set aside for tenant '{}': {}",
                part.position(),
                part.tenantId(),
                why.toString());
        setAside.add(transaction, part, why);
    }

    @Override
    public void takeBackAll() {
        database.write(
                transaction -> {
                    setAside.clear(transaction);
                    return transaction;
                });
    }

    /**
     * Positions are dense and times do not go back by more than clocks differ: halving finds it.
     */
    @Override
    public long lastBefore(Instant recordTime) {
        long before = 0;
        long behind = head() + 1;
        while (behind - before > 1) {
            long middle = before + (behind - before) / 2;
            if (isBefore(middle, recordTime)) {
                before = middle;
            } else {
                behind = middle;
            }
        }
        return before;
    }

    private boolean isBefore(long position, Instant recordTime) {
        List<StoredEvent> event =
                database.read(transaction -> reader.read(transaction, position - 1, 1));
        return !event.isEmpty() && event.getFirst().recordTime().isBefore(recordTime);
    }
}
