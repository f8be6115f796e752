package dev.meterbook.ledger.projection.account;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.AccountType;
import dev.meterbook.ledger.domain.Movement;
import dev.meterbook.platform.jdbc.SqlArrays;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads accounts and the trial balance. */
@Singleton
public final class AccountView {

    /** Accounts that a trial balance lists at most. */
    public static final int MAX_LISTED = 5_000;

    private static final String COLUMNS =
            "select id, type, tenant_id, contract, currency, debits, credits from account ";

    /** An account, if it was opened and the transaction may see it. */
    public Optional<AccountBalance> find(Connection transaction, AccountKey key)
            throws SQLException {
        String sql = COLUMNS + "where tenant_id = ? and type = ? and contract = ? and currency = ?";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, key.tenant());
            select.setInt(2, key.type().code());
            select.setString(3, key.contract());
            select.setString(4, key.currency().code());
            return balances(select).stream().findFirst();
        }
    }

    /**
     * Accounts in the order of opening.
     *
     * @param tenant the owner, empty for the operator; null for all owners
     * @param afterId the last number seen; 0 for the beginning
     */
    public List<AccountBalance> list(
            Connection transaction, @Nullable String tenant, int afterId, int limit)
            throws SQLException {
        String sql =
                COLUMNS + "where id > ? and (tenant_id = ? or ?::text is null) order by id limit ?";
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setInt(1, afterId);
            select.setString(2, tenant);
            select.setString(3, tenant);
            select.setInt(4, limit);
            return balances(select);
        }
    }

    /** The accounts of numbers; those that the transaction may not see are left out. */
    public Map<Integer, AccountKey> keys(Connection transaction, Collection<Integer> ids)
            throws SQLException {
        Map<Integer, AccountKey> keys = new HashMap<>();
        try (PreparedStatement select =
                transaction.prepareStatement(COLUMNS + "where id = any (?)")) {
            new SqlArrays(select)
                    .ints(ids.stream().mapToInt(Integer::intValue).distinct().toArray());
            balances(select).forEach(it -> keys.put(it.id(), it.key()));
        }
        return keys;
    }

    /** The account of a number that {@link #keys} found. */
    public static AccountKey keyOf(Map<Integer, AccountKey> keys, int id) {
        AccountKey key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("account: " + id + " (expected: an open account)");
        }
        return key;
    }

    /** Currencies in which a tenant was ever charged. */
    public List<CurrencyCode> chargedCurrencies(Connection transaction, String tenant)
            throws SQLException {
        String sql =
                "select currency from account where tenant_id = ? and type = ? order by currency";
        List<CurrencyCode> currencies = new ArrayList<>();
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            select.setString(1, tenant);
            select.setInt(2, AccountType.UNBILLED_RECEIVABLE.code());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    currencies.add(CurrencyCode.of(rows.getString(1)));
                }
            }
        }
        return currencies;
    }

    /** Position in the rating log up to which usage is booked. */
    public long ratingPosition(Connection transaction) throws SQLException {
        try (PreparedStatement select =
                        transaction.prepareStatement(
                                "select rating_position from posting_progress where shard = 0");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The trial balance, in one snapshot. To be called first in its transaction. */
    public TrialBalanceSnapshot trialBalance(Connection transaction) throws SQLException {
        try (PreparedStatement snapshot =
                transaction.prepareStatement("set transaction isolation level repeatable read")) {
            snapshot.execute();
        }
        String sql =
                """
                select rating_position, booked_calls, unpriced_calls,
                       (select count(*) from account) as accounts
                from posting_progress where shard = 0
                """;
        try (PreparedStatement select = transaction.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new TrialBalanceSnapshot(
                    row.getLong("rating_position"),
                    row.getLong("booked_calls"),
                    row.getLong("unpriced_calls"),
                    sums(transaction),
                    list(transaction, null, 0, MAX_LISTED),
                    row.getInt("accounts"));
        }
    }

    private static SortedMap<String, SortedMap<AccountType, Movement>> sums(Connection transaction)
            throws SQLException {
        String sql =
                """
                select currency, type, sum(debits) as debits, sum(credits) as credits
                from account group by currency, type
                """;
        SortedMap<String, SortedMap<AccountType, Movement>> sums = new TreeMap<>();
        try (PreparedStatement select = transaction.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                sums.computeIfAbsent(rows.getString("currency"), _ -> new TreeMap<>())
                        .put(type(rows), movement(rows));
            }
        }
        return sums;
    }

    private static List<AccountBalance> balances(PreparedStatement select) throws SQLException {
        List<AccountBalance> balances = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                AccountKey key =
                        new AccountKey(
                                type(rows),
                                rows.getString("tenant_id"),
                                rows.getString("contract"),
                                CurrencyCode.of(rows.getString("currency")));
                balances.add(new AccountBalance(rows.getInt("id"), key, movement(rows)));
            }
        }
        return balances;
    }

    private static AccountType type(ResultSet row) throws SQLException {
        return AccountType.ofCode(row.getInt("type")).orElseThrow();
    }

    private static Movement movement(ResultSet row) throws SQLException {
        return new Movement(row.getBigDecimal("debits"), row.getBigDecimal("credits"));
    }
}
