package dev.meterbook.ledger.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PostingPropertyTest {

    @Provide
    Arbitrary<PricedCall> calls() {
        Arbitrary<BigDecimal> amounts =
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-1000"), new BigDecimal("1000"))
                        .ofScale(14);
        Arbitrary<CurrencyCode> currencies =
                Arbitraries.of(CurrencyCode.USD, CurrencyCode.of("EUR"), CurrencyCode.of("JPY"));
        return Combinators.combine(
                        Arbitraries.of(RatingKind.values()),
                        Arbitraries.of("acme", "globex", "initech"),
                        Arbitraries.longs().between(1, 1_000_000),
                        Arbitraries.of("gpt-4o", "claude-sonnet-4-5"),
                        Combinators.combine(amounts, currencies).as(Money::new),
                        Combinators.combine(amounts, currencies).as(Money::new))
                .as(
                        (kind, tenant, position, model, cost, charge) ->
                                Examples.call(
                                        kind,
                                        tenant,
                                        position,
                                        Examples.NOON,
                                        model,
                                        cost,
                                        charge));
    }

    @Property
    void whatever_is_posted_balances_in_every_currency(
            @ForAll("calls") PricedCall first,
            @ForAll @Size(max = 60) List<@From("calls") PricedCall> more) {
        List<PricedCall> calls = new ArrayList<>(more);
        calls.add(first);
        Map<CurrencyCode, BigDecimal> difference = new HashMap<>();
        batch(calls)
                .movements()
                .forEach(
                        (key, sums) ->
                                difference.merge(
                                        key.currency(),
                                        sums.debits().subtract(sums.credits()),
                                        BigDecimal::add));

        assertThat(difference.values()).isNotEmpty().allMatch(it -> it.signum() == 0);
    }

    @Property
    void how_calls_are_split_into_batches_makes_no_difference(
            @ForAll @Size(max = 60) List<@From("calls") PricedCall> calls,
            @ForAll @IntRange(min = 1, max = 20) int batchSize) {
        Book whole = new Book();
        whole.add(batch(calls));
        Book parts = new Book();
        for (int from = 0; from < calls.size(); from += batchSize) {
            parts.add(batch(calls.subList(from, Math.min(from + batchSize, calls.size()))));
        }

        assertThat(parts.balances()).isEqualTo(whole.balances());
        assertThat(parts.billables()).isEqualTo(whole.billables());
    }

    @Property
    void an_invoice_leaves_nothing_unbilled_and_bills_its_total(
            @ForAll @Size(max = 60) List<@From("calls") PricedCall> calls) {
        Book book = new Book();
        book.add(batch(calls));
        Map<CurrencyCode, SortedMap<BillableKey, BillableSum>> open = new HashMap<>();
        batch(calls)
                .billables()
                .forEach(
                        (key, sum) -> {
                            if (key.tenant().equals("acme")) {
                                open.computeIfAbsent(key.currency(), _ -> new TreeMap<>())
                                        .put(key, sum);
                            }
                        });
        open.forEach(
                (currency, sums) -> {
                    InvoiceLines lines = InvoiceLines.close(currency, sums);
                    book.add(ReasonedTransfer.movements(ReasonedTransfer.ofIssue("acme", lines)));

                    assertThat(book.balance(AccountType.UNBILLED_RECEIVABLE, currency))
                            .isEqualByComparingTo("0");
                    assertThat(book.balance(AccountType.BILLED_RECEIVABLE, currency))
                            .isEqualByComparingTo(lines.total().amount());
                    assertThat(book.balance(AccountType.ROUNDING, currency))
                            .isEqualByComparingTo(lines.rounding().amount());
                    assertThat(lines.total()).isEqualTo(lines.exactTotal().plus(lines.rounding()));
                });
    }

    private static PostingBatch batch(List<PricedCall> calls) {
        PostingBatch batch = new PostingBatch();
        calls.forEach(batch::add);
        return batch;
    }

    /** Adds up batches. */
    private static final class Book {

        private final Map<AccountKey, Movement> accounts = new HashMap<>();
        private final Map<BillableKey, BillableSum> billables = new HashMap<>();

        void add(PostingBatch batch) {
            add(batch.movements());
            batch.billables().forEach((key, sum) -> billables.merge(key, sum, BillableSum::plus));
        }

        void add(Map<AccountKey, Movement> movements) {
            movements.forEach(
                    (key, sums) ->
                            accounts.merge(
                                    key,
                                    sums,
                                    (one, other) ->
                                            one.debit(other.debits()).credit(other.credits())));
        }

        BigDecimal balance(AccountType type, CurrencyCode currency) {
            return accounts.getOrDefault(AccountKey.ofTenant(type, "acme", currency), Movement.NONE)
                    .balance(type.side());
        }

        Map<AccountKey, String> balances() {
            Map<AccountKey, String> texts = new HashMap<>();
            accounts.forEach(
                    (key, sums) ->
                            texts.put(key, text(sums.debits()) + " | " + text(sums.credits())));
            return texts;
        }

        Map<BillableKey, String> billables() {
            Map<BillableKey, String> texts = new HashMap<>();
            billables.forEach(
                    (key, sum) ->
                            texts.put(
                                    key,
                                    sum.calls()
                                            + " "
                                            + sum.inputTokens()
                                            + " "
                                            + sum.outputTokens()
                                            + " "
                                            + text(sum.charge())));
            return texts;
        }

        private static String text(BigDecimal amount) {
            return Decimals.plain(amount);
        }
    }
}
