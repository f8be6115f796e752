package dev.meterbook.allinone.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Sums the ledger's journal anew and holds it against accounts, ratings and allocated costs. */
final class BookCheck {

    private static final String BALANCE =
            """
            select currency, sum(debits), sum(credits) from ledger.account
            group by currency having sum(debits) <> sum(credits) order by currency limit 1
            """;

    private static final String ACCOUNTS =
            """
            with moved (account, debit, credit) as (
                select cost_debit, cost, 0 from ledger.posting
                union all select cost_credit, 0, cost from ledger.posting
                union all select charge_debit, charge, 0 from ledger.posting
                union all select charge_credit, 0, charge from ledger.posting
                union all select debit_account, amount, 0 from ledger.transfer
                union all select credit_account, 0, amount from ledger.transfer),
            summed (account, debits, credits) as (
                select account, sum(debit), sum(credit) from moved group by account)
            select coalesce(a.id, s.account), a.debits, a.credits, s.debits, s.credits
            from ledger.account a full join summed s on s.account = a.id
            where coalesce(a.debits, -1) <> coalesce(s.debits, 0)
                or coalesce(a.credits, -1) <> coalesce(s.credits, 0)
            order by 1 limit 1
            """;

    /** In a correction downwards the accounts stand the other way round. */
    private static final String BOOKED =
            """
            select p.tenant_id, a.currency,
                sum(case when c.type = 2 then p.cost else -p.cost end),
                sum(case when a.type = 5 then p.charge else -p.charge end)
            from ledger.posting p
            join ledger.account c on c.id = p.cost_debit
            join ledger.account a on a.id = p.charge_debit
            group by p.tenant_id, a.currency
            """;

    private static final String ALLOCATED =
            """
            select k.tenant_id, k.currency, sum(h.billed_cost), sum(h.charge)
            from allocation.cost_hour h join allocation.cost_key k on k.key_id = h.key_id
            where k.currency <> '' group by k.tenant_id, k.currency
            """;

    private final Connection ledger;
    private final Connection allocation;

    BookCheck(Connection ledger, Connection allocation) {
        this.ledger = ledger;
        this.allocation = allocation;
    }

    /** Debits are credits, in every currency. */
    Finding balance() throws SQLException {
        try (Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery(BALANCE)) {
            return row.next()
                    ? Finding.wrong(
                            "the ledger balances",
                            "%s: debits %s, credits %s"
                                    .formatted(
                                            row.getString(1), row.getString(2), row.getString(3)))
                    : Finding.ok("the ledger balances", "debits = credits in every currency");
        }
    }

    /** The accounts are the sums of the journal. */
    Finding accounts() throws SQLException {
        String what = "the accounts are the sums of the journal";
        try (Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery(ACCOUNTS)) {
            return row.next()
                    ? Finding.wrong(
                            what,
                            "account %s: stands at %s / %s, its journal comes to %s / %s"
                                    .formatted(
                                            row.getString(1),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getString(4),
                                            row.getString(5)))
                    : Finding.ok(what, "each of them");
        }
    }

    /** The book holds what the ratings come to. */
    Finding booked(Sums rated) throws SQLException {
        return compare("the ledger is the ratings", sums(ledger, BOOKED), rated);
    }

    /** The roll-up holds what the book holds. */
    Finding allocated() throws SQLException {
        return compare(
                "the ledger is the allocated costs",
                sums(ledger, BOOKED),
                sums(allocation, ALLOCATED));
    }

    private static Finding compare(String what, Sums ledger, Sums other) {
        return ledger.difference(other)
                .map(difference -> Finding.wrong(what, "cost / charge of " + difference))
                .orElseGet(() -> Finding.ok(what, ledger.size() + " tenants and currencies"));
    }

    private static Sums sums(Connection connection, String sql) throws SQLException {
        Sums sums = new Sums();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                sums.add(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getBigDecimal(3),
                        rows.getBigDecimal(4));
            }
        }
        return sums;
    }
}
