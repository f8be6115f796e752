package dev.meterbook.budget.projection.hold;

import dev.meterbook.budget.application.admission.HoldJournal.Entry;
import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.projection.hold.StoredHolds.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes changes of holds, many at once. The last change of a hold counts; changes of different
 * holds do not depend on each other.
 */
final class HoldRows {

    private final Map<HoldName, Entry> placed = new LinkedHashMap<>();
    private final Map<HoldName, Change> ended = new LinkedHashMap<>();

    private HoldRows() {}

    static int write(Connection transaction, List<Change> changes) throws SQLException {
        HoldRows rows = new HoldRows();
        changes.forEach(rows::add);
        return rows.insert(transaction)
                + rows.update(transaction, "released", Change.Released.class)
                + rows.update(transaction, "awaits_price", Change.Awaiting.class);
    }

    private void add(Change change) {
        switch (change) {
            case Change.Placed(Entry entry) -> {
                placed.put(entry.name(), entry);
                ended.remove(entry.name());
            }
            case Change.Released(HoldName hold) -> ended.put(hold, change);
            case Change.Awaiting(HoldName hold) -> ended.put(hold, change);
            case Change.Mark _ -> {}
        }
    }

    private int insert(Connection transaction) throws SQLException {
        String sql =
                """
                insert into hold (tenant_id, hold_id, fingerprint, answer, parts, expire_time,
                    live_millis)
                select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::timestamptz[], ?::bigint[])
                on conflict (tenant_id, hold_id) do update
                set fingerprint = excluded.fingerprint, answer = excluded.answer,
                    parts = excluded.parts, expire_time = excluded.expire_time,
                    live_millis = excluded.live_millis, awaits_price = false, released = false
                """;
        if (placed.isEmpty()) {
            return 0;
        }
        Collection<Entry> entries = placed.values();
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            bind(insert, 1, "text", entries, entry -> entry.name().tenantId());
            bind(insert, 2, "text", entries, entry -> entry.name().holdId());
            bind(insert, 3, "text", entries, Entry::fingerprint);
            bind(insert, 4, "text", entries, Entry::answer);
            bind(insert, 5, "text", entries, entry -> PartTexts.write(entry.parts()));
            bind(insert, 6, "text", entries, entry -> entry.expireTime().toString());
            bind(insert, 7, "int8", entries, entry -> entry.timeToLive().toMillis());
            return insert.executeUpdate();
        }
    }

    private int update(Connection transaction, String column, Class<? extends Change> kind)
            throws SQLException {
        List<HoldName> names = new ArrayList<>();
        ended.forEach(
                (name, change) -> {
                    if (kind.isInstance(change)) {
                        names.add(name);
                    }
                });
        if (names.isEmpty()) {
            return 0;
        }
        String sql =
                """
                update hold set %s = true
                from unnest(?::text[], ?::text[]) as ended (tenant_id, hold_id)
                where hold.tenant_id = ended.tenant_id and hold.hold_id = ended.hold_id
                """
                        .formatted(column);
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            bind(update, 1, "text", names, HoldName::tenantId);
            bind(update, 2, "text", names, HoldName::holdId);
            return update.executeUpdate();
        }
    }

    private static <T> void bind(
            PreparedStatement statement,
            int parameter,
            String type,
            Collection<T> rows,
            Function<T, Object> column)
            throws SQLException {
        Object[] values = rows.stream().map(column).toArray();
        statement.setArray(parameter, statement.getConnection().createArrayOf(type, values));
    }
}
