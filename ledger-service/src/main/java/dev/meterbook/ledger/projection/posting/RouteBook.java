package dev.meterbook.ledger.projection.posting;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.domain.CallAccounts;
import dev.meterbook.ledger.projection.CommittedNumbers;
import dev.meterbook.ledger.projection.account.AccountBook;
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
import java.util.function.Function;

/**
 * Numbers for what postings have in common: the tenant, and the four accounts of a call. A posting
 * holds two short numbers in place of them.
 */
@Singleton
final class RouteBook {

    private final CommittedNumbers<CallAccounts, Route> committed = new CommittedNumbers<>();

    /**
     * The numbers that postings of a tenant on four accounts hold.
     *
     * @param id number of the accounts
     * @param tenant number of the tenant
     */
    record Route(int id, int tenant) {}

    /** The numbers of accounts; new ones are given in the caller's transaction. */
    Map<CallAccounts, Route> routes(
            Connection transaction,
            Collection<CallAccounts> accounts,
            Map<AccountKey, Integer> accountIds)
            throws SQLException {
        Map<CallAccounts, Route> routes = new HashMap<>();
        List<Numbered> unknown = new ArrayList<>();
        for (CallAccounts each : accounts) {
            Route route = committed.get(each);
            if (route == null) {
                unknown.add(Numbered.of(each, accountIds));
            } else {
                routes.put(each, route);
            }
        }
        if (!unknown.isEmpty()) {
            routes.putAll(find(transaction, unknown));
            List<Numbered> fresh =
                    unknown.stream().filter(it -> !routes.containsKey(it.accounts)).toList();
            open(transaction, fresh);
            routes.putAll(find(transaction, fresh));
        }
        return routes;
    }

    /** The numbers of accounts among those that {@link #routes} gave. */
    static Route numberOf(Map<CallAccounts, Route> routes, CallAccounts accounts) {
        Route route = routes.get(accounts);
        if (route == null) {
            throw new IllegalStateException(
                    "accounts: " + accounts + " (expected: accounts with a number)");
        }
        return route;
    }

    private record Numbered(
            CallAccounts accounts,
            int costDebit,
            int costCredit,
            int chargeDebit,
            int chargeCredit) {

        static Numbered of(CallAccounts accounts, Map<AccountKey, Integer> ids) {
            return new Numbered(
                    accounts,
                    AccountBook.idOf(ids, accounts.usageCost()),
                    AccountBook.idOf(ids, accounts.providerPayable()),
                    AccountBook.idOf(ids, accounts.unbilledReceivable()),
                    AccountBook.idOf(ids, accounts.chargebackRevenue()));
        }
    }

    private Map<CallAccounts, Route> find(Connection transaction, List<Numbered> wanted)
            throws SQLException {
        Map<CallAccounts, Route> found = new HashMap<>();
        if (wanted.isEmpty()) {
            return found;
        }
        String sql =
                """
                select w.place, r.id, r.tenant_no, pg_current_xact_id()::text as transaction
                from unnest(?, ?, ?, ?) with ordinality
                    as w (cost_debit, cost_credit, charge_debit, charge_credit, place)
                join posting_route r using (cost_debit, cost_credit, charge_debit, charge_credit)
                """;
        try (PreparedStatement select = transaction.prepareStatement(sql)) {
            bind(new SqlArrays(select), wanted);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    CallAccounts accounts = wanted.get(rows.getInt("place") - 1).accounts;
                    Route route = new Route(rows.getInt("id"), rows.getInt("tenant_no"));
                    found.put(accounts, route);
                    committed.seen(accounts, route, rows.getString("transaction"));
                }
            }
        }
        return found;
    }

    private static void open(Connection transaction, List<Numbered> fresh) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        String tenants =
                """
                insert into tenant_number (tenant_id)
                select distinct tenant_id from unnest(?) as t (tenant_id) order by tenant_id
                on conflict (tenant_id) do nothing
                """;
        String routes =
                """
                insert into posting_route (cost_debit, cost_credit, charge_debit, charge_credit,
                                           tenant_id, tenant_no)
                select cost_debit, cost_credit, charge_debit, charge_credit, tenant_id, n.tenant_no
                from unnest(?, ?, ?, ?, ?)
                    as r (cost_debit, cost_credit, charge_debit, charge_credit, tenant_id)
                join tenant_number n using (tenant_id)
                on conflict (cost_debit, cost_credit, charge_debit, charge_credit) do nothing
                """;
        String[] tenantIds = texts(fresh, it -> it.accounts.tenant());
        try (PreparedStatement insertTenants = transaction.prepareStatement(tenants);
                PreparedStatement insertRoutes = transaction.prepareStatement(routes)) {
            new SqlArrays(insertTenants).texts(tenantIds);
            insertTenants.executeUpdate();
            bind(new SqlArrays(insertRoutes), fresh).texts(tenantIds);
            insertRoutes.executeUpdate();
        }
    }

    private static SqlArrays bind(SqlArrays arrays, List<Numbered> routes) throws SQLException {
        return arrays.ints(routes.stream().mapToInt(Numbered::costDebit).toArray())
                .ints(routes.stream().mapToInt(Numbered::costCredit).toArray())
                .ints(routes.stream().mapToInt(Numbered::chargeDebit).toArray())
                .ints(routes.stream().mapToInt(Numbered::chargeCredit).toArray());
    }

    private static String[] texts(List<Numbered> routes, Function<Numbered, String> column) {
        return routes.stream().map(column).toArray(String[]::new);
    }
}
