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

    /** A negative amount moves the other way: it is debited where a positive one is credited. */
    private static final String ACCOUNTS =
            """
            with posted (route, cost, charge) as (
                select route, cost, charge from ledger.posting
                union all select route, cost, charge from ledger.posting_correction),
            summed_route (route, cost, cost_back, charge, charge_back) as (
                select route, sum(greatest(cost, 0)), sum(greatest(-cost, 0)),
                    sum(greatest(charge, 0)), sum(greatest(-charge, 0))
                from posted group by route),
            moved (account, debit, credit) as (
                select r.cost_debit, s.cost, s.cost_back
                from summed_route s join ledger.posting_route r on r.id = s.route
                union all select r.cost_credit, s.cost_back, s.cost
                from summed_route s join ledger.posting_route r on r.id = s.route
                union all select r.charge_debit, s.charge, s.charge_back
                from summed_route s join ledger.posting_route r on r.id = s.route
                union all select r.charge_credit, s.charge_back, s.charge
                from summed_route s join ledger.posting_route r on r.id = s.route
                union all select debit_account, amount, 0 from ledger.transfer
                union all select credit_account, 0, amount from ledger.transfer
                union all select debit_account, amount, 0 from ledger.settlement
                union all select credit_account, 0, amount from ledger.settlement),
            summed (account, debits, credits) as (
                select account, sum(debit), sum(credit) from moved group by account)
            select coalesce(a.id, s.account), a.debits, a.credits, s.debits, s.credits,
                coalesce(nullif(a.tenant_id, ''), 'operator'), a.type, a.contract, a.currency
            from ledger.account a full join summed s on s.account = a.id
            where coalesce(a.debits, 0) <> coalesce(s.debits, 0)
                or coalesce(a.credits, 0) <> coalesce(s.credits, 0)
            order by 1 limit 1
            """;

    private static final String BOOKED =
            """
            with posted (route, cost, charge) as (
                select route, cost, charge from ledger.posting
                union all select route, cost, charge from ledger.posting_correction)
            select r.tenant_id, a.currency, sum(p.cost), sum(p.charge)
            from posted p
            join ledger.posting_route r on r.id = p.route
            join ledger.account a on a.id = r.charge_debit
            group by r.tenant_id, a.currency
            """;

    private static final String ALLOCATED =
            """
            select k.tenant_id, k.currency, sum(h.billed_cost), sum(h.charge)
            from allocation.cost_hour h join allocation.cost_key k on k.key_id = h.key_id
            where k.currency <> '' group by k.tenant_id, k.currency
            """;

    /** What was charged is what was invoiced and what is to be invoiced. */
    private static final String TO_INVOICE =
            """
            with sums (tenant_id, currency, charge) as (
                select tenant_id, currency, sum(charge) from ledger.billable
                group by tenant_id, currency)
            select a.tenant_id, a.currency, a.debits - a.credits, coalesce(s.charge, 0)
            from (select * from ledger.account where type = 5) a
            full join sums s on s.tenant_id = a.tenant_id and s.currency = a.currency
            where a.id is null or a.debits - a.credits <> coalesce(s.charge, 0)
            order by 1, 2 limit 1
            """;

    /** What was granted, less what it paid, is what is left and what is owed to the tenant. */
    private static final String CREDITS =
            """
            with paid (tenant_id, credit_id, amount) as (
                select tenant_id, credit_id, sum(amount) from ledger.invoice_credit
                group by tenant_id, credit_id),
            wrong (tenant_id, what, stands, comes) as (
                select c.tenant_id, 'credit ' || c.credit_id, c.remaining,
                    c.amount - coalesce(p.amount, 0)
                from ledger.tenant_credit c
                left join paid p on p.tenant_id = c.tenant_id and p.credit_id = c.credit_id
                union all
                select tenant_id, 'account tenant_credit ' || currency, a.credits - a.debits,
                    coalesce(c.remaining, 0)
                from (select * from ledger.account where type = 8) a
                full join (
                    select tenant_id, currency, sum(remaining) as remaining
                    from ledger.tenant_credit group by tenant_id, currency) c
                    using (tenant_id, currency)
                union all
                select i.tenant_id, 'invoice ' || i.invoice_id, i.credits_applied,
                    coalesce(p.amount, 0)
                from ledger.invoice i
                left join (
                    select tenant_id, invoice_id, sum(amount) as amount
                    from ledger.invoice_credit group by tenant_id, invoice_id) p
                    on p.tenant_id = i.tenant_id and p.invoice_id = i.invoice_id)
            select tenant_id, what, stands, comes from wrong
            where stands is distinct from comes order by 1, 2 limit 1
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
                            "account %s (%s, type %s %s %s): stands at %s / %s, its journal comes to %s / %s"
                                    .formatted(
                                            row.getString(1),
                                            row.getString(6),
                                            row.getString(7),
                                            row.getString(8),
                                            row.getString(9),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getString(4),
                                            row.getString(5)))
                    : Finding.ok(what, "each of them");
        }
    }

    /** What is to be invoiced is what the unbilled accounts hold. */
    Finding toInvoice() throws SQLException {
        String what = "what is to be invoiced is what is unbilled";
        try (Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery(TO_INVOICE)) {
            return row.next()
                    ? Finding.wrong(
                            what,
                            "%s %s: unbilled %s, to be invoiced %s"
                                    .formatted(
                                            row.getString(1),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getString(4)))
                    : Finding.ok(what, "in every currency of every tenant");
        }
    }

    /** No credit paid more than it had, and the books say what is left. */
    Finding credits() throws SQLException {
        String what = "what is left of credits is what they have not paid";
        try (Statement statement = ledger.createStatement();
                ResultSet row = statement.executeQuery(CREDITS)) {
            return row.next()
                    ? Finding.wrong(
                            what,
                            "%s, %s: stands at %s, comes to %s"
                                    .formatted(
                                            row.getString(1),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getString(4)))
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
