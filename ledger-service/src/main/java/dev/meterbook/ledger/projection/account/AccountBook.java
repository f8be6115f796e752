package dev.meterbook.ledger.projection.account;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.Movement;
import dev.meterbook.ledger.projection.CommittedNumbers;
import dev.meterbook.platform.jdbc.SqlArrays;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens, locks and moves accounts, many at a time. An account is opened when something is first
 * booked on it.
 */
@Singleton
public final class AccountBook {

    private static final Comparator<AccountKey> OPENING_ORDER =
            Comparator.comparing(AccountKey::tenant)
                    .thenComparing(AccountKey::type)
                    .thenComparing(AccountKey::contract)
                    .thenComparing(key -> key.currency().code());

    private final CommittedNumbers<AccountKey, Integer> committed = new CommittedNumbers<>();

    /**
     * Locks accounts until the transaction ends, in the order of their numbers; opens those that do
     * not exist. To be called before any other lock is taken.
     *
     * @return the accounts' numbers
     */
    public Map<AccountKey, Integer> lock(Connection transaction, Set<AccountKey> keys)
            throws SQLException {
        Map<AccountKey, Integer> ids = known(transaction, keys);
        List<AccountKey> unopened =
                keys.stream().filter(key -> !ids.containsKey(key)).sorted(OPENING_ORDER).toList();
        if (!unopened.isEmpty()) {
            open(transaction, unopened);
            ids.putAll(find(transaction, unopened));
        }
        lockRows(transaction, ids.values());
        return ids;
    }

    /**
     * Locks those of the accounts that exist until the transaction ends, in the order of their
     * numbers.
     *
     * @return those that exist
     */
    public Set<AccountKey> lockIfOpen(Connection transaction, Set<AccountKey> keys)
            throws SQLException {
        Map<AccountKey, Integer> ids = known(transaction, keys);
        lockRows(transaction, ids.values());
        return ids.keySet();
    }

    /** Moves the balances of locked accounts. */
    public void move(
            Connection transaction,
            Map<AccountKey, Integer> ids,
            Map<AccountKey, Movement> movements)
            throws SQLException {
        int size = movements.size();
        int[] id = new int[size];
        BigDecimal[] debits = new BigDecimal[size];
        BigDecimal[] credits = new BigDecimal[size];
        int next = 0;
        for (Map.Entry<AccountKey, Movement> each : movements.entrySet()) {
            id[next] = idOf(ids, each.getKey());
            debits[next] = each.getValue().debits();
            credits[next] = each.getValue().credits();
            next++;
        }
        update(transaction, id, debits, credits);
    }

    private static void update(
            Connection transaction, int[] ids, BigDecimal[] debits, BigDecimal[] credits)
            throws SQLException {
        String sql =
                """
                update account a
                set debits = a.debits + m.debits, credits = a.credits + m.credits
                from unnest(?, ?, ?) as m (id, debits, credits)
                where a.id = m.id
                """;
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            new SqlArrays(update).ints(ids).amounts(debits).amounts(credits);
            expect(ids.length, update.executeUpdate(), "balances moved");
        }
    }

    /** The number of an account among those that {@link #lock} gave. */
    public static int idOf(Map<AccountKey, Integer> ids, AccountKey key) {
        Integer id = ids.get(key);
        if (id == null) {
            throw new IllegalStateException("account: " + key + " (expected: a locked account)");
        }
        return id;
    }

    private Map<AccountKey, Integer> known(Connection transaction, Set<AccountKey> keys)
            throws SQLException {
        Map<AccountKey, Integer> ids = new HashMap<>();
        List<AccountKey> unknown = new ArrayList<>();
        for (AccountKey key : keys) {
            Integer id = committed.get(key);
            if (id == null) {
                unknown.add(key);
            } else {
                ids.put(key, id);
            }
        }
        if (!unknown.isEmpty()) {
            ids.putAll(find(transaction, unknown));
        }
        return ids;
    }

    private Map<AccountKey, Integer> find(Connection transaction, List<AccountKey> keys)
            throws SQLException {
        String sql =
                """
                select k.place, a.id, pg_current_xact_id()::text
                from unnest(?, ?, ?, ?, ?) as k (place, tenant_id, type, contract, currency)
                join account a using (tenant_id, type, contract, currency)
                """;
        Map<AccountKey, Integer> found = new HashMap<>();
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            int[] places = new int[keys.size()];
            Arrays.setAll(places, place -> place);
            bindKeys(new SqlArrays(select).ints(places), keys);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    AccountKey key = keys.get(rows.getInt(1));
                    found.put(key, rows.getInt(2));
                    committed.seen(key, rows.getInt(2), rows.getString(3));
                }
            }
        }
        return found;
    }

    private static void open(Connection transaction, List<AccountKey> keys) throws SQLException {
        String sql =
                """
                insert into account (tenant_id, type, contract, currency)
                select tenant_id, type, contract, currency
                from unnest(?, ?, ?, ?) with ordinality as k (tenant_id, type, contract, currency, place)
                order by place
                on conflict (tenant_id, type, contract, currency) do nothing
                """;
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            bindKeys(new SqlArrays(insert), keys);
            insert.executeUpdate();
        }
    }

    private static void bindKeys(SqlArrays arrays, List<AccountKey> keys) throws SQLException {
        arrays.texts(keys.stream().map(AccountKey::tenant).toArray(String[]::new))
                .ints(keys.stream().mapToInt(key -> key.type().code()).toArray())
                .texts(keys.stream().map(AccountKey::contract).toArray(String[]::new))
                .texts(keys.stream().map(key -> key.currency().code()).toArray(String[]::new));
    }

    private static void lockRows(Connection transaction, Collection<Integer> ids)
            throws SQLException {
        String sql = "select id from account where id = any (?) order by id for update";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            new SqlArrays(select).ints(ids.stream().mapToInt(Integer::intValue).toArray());
            int locked = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    locked++;
                }
            }
            expect(ids.size(), locked, "accounts locked");
        }
    }

    private static void expect(int wanted, int got, String what) {
        if (wanted != got) {
            throw new IllegalStateException(what + ": " + got + " (expected: " + wanted + ")");
        }
    }
}
