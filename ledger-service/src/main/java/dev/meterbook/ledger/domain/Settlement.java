package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * What a contract or a tenant's plan owes for a period beside its calls, or the difference to what
 * an earlier settlement of the period said.
 *
 * @param ratingPosition position in the rating log of the event that says so; the key, so that
 *     nothing is booked twice
 * @param recordTime when it was settled
 * @param contract the contract whose period it is; empty if it is a plan's
 * @param tenant the tenant whose plan it is; empty if it is a contract's
 * @param kind why it is owed; not usage
 * @param term id of the spend term
 * @param version version of the prices or the plan that the term was taken from
 * @param start first moment of the period
 * @param end first moment after the period
 * @param amount how much; negative moves the other way, never zero
 */
public record Settlement(
        long ratingPosition,
        Instant recordTime,
        String contract,
        String tenant,
        ChargeKind kind,
        String term,
        String version,
        Instant start,
        Instant end,
        Money amount) {

    /**
     * Checks what the rating log promises.
     *
     * @throws IllegalArgumentException if it is of both or of none, of usage, of no time or no
     *     amount
     */
    public Settlement {
        expect(
                contract.isEmpty() != tenant.isEmpty(),
                "contract",
                contract,
                "either it or a tenant");
        expect(kind != ChargeKind.USAGE, "reason", kind, "a minimum or a commitment");
        expect(!term.isEmpty(), "term", term, "id of a spend term");
        expect(start.isBefore(end), "period_end_time", end, "after the period's start");
        expect(!amount.isZero(), "amount", amount, "not 0");
    }

    private static void expect(boolean holds, String field, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    field + ": " + value + " (expected: " + expected + ")");
        }
    }

    /** What it moves: an expense and a debt of the operator, or a charge of the tenant. */
    public Transfer transfer() {
        return tenant.isEmpty()
                ? Transfer.ofSigned(
                        AccountKey.commitmentShortfall(contract, amount.currency()),
                        AccountKey.providerPayable(contract, amount.currency()),
                        amount)
                : Transfer.ofSigned(
                        AccountKey.ofTenant(
                                AccountType.UNBILLED_RECEIVABLE, tenant, amount.currency()),
                        AccountKey.ofTenant(
                                AccountType.CHARGEBACK_REVENUE, tenant, amount.currency()),
                        amount);
    }

    /** The invoice line that it belongs to, in the month of the period's last moment. */
    public Optional<BillableKey> billable() {
        return tenant.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        BillableKey.ofTerm(
                                tenant,
                                BillingPeriod.of(end.minusNanos(1)),
                                kind,
                                term,
                                amount.currency()));
    }
}
