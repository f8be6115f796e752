package dev.meterbook.ledger.domain;

import static dev.meterbook.ledger.domain.Examples.NOON;
import static dev.meterbook.ledger.domain.Examples.call;
import static dev.meterbook.ledger.domain.Examples.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PostingTest {

    private static Map<String, String> balances(PostingBatch batch) {
        return batch.movements().entrySet().stream()
                .collect(
                        Collectors.toMap(
                                it -> it.getKey().tenant() + "/" + it.getKey().id(),
                                it ->
                                        it.getValue().debits().toPlainString()
                                                + " | "
                                                + it.getValue().credits().toPlainString()));
    }

    @Test
    void a_call_moves_its_cost_and_its_charge() {
        PostingBatch batch = new PostingBatch();
        batch.add(call(RatingKind.INITIAL, "acme", 7, "0.0103", "0.01236"));

        assertThat(balances(batch))
                .containsOnly(
                        Map.entry("acme/usage_cost.USD", "0.0103 | 0"),
                        Map.entry("/provider_payable.openai-main.USD", "0 | 0.0103"),
                        Map.entry("acme/unbilled_receivable.USD", "0.01236 | 0"),
                        Map.entry("acme/chargeback_revenue.USD", "0 | 0.01236"));
    }

    @Test
    void a_correction_downwards_moves_the_other_way() {
        PostingBatch batch = new PostingBatch();
        batch.add(call(RatingKind.CORRECTION, "acme", 7, "-0.004", "0.001"));

        assertThat(balances(batch))
                .containsOnly(
                        Map.entry("acme/usage_cost.USD", "0 | 0.004"),
                        Map.entry("/provider_payable.openai-main.USD", "0.004 | 0"),
                        Map.entry("acme/unbilled_receivable.USD", "0.001 | 0"),
                        Map.entry("acme/chargeback_revenue.USD", "0 | 0.001"));
        assertThat(batch.bookedCalls()).isZero();
    }

    @Test
    void a_correction_is_kept_apart_from_first_postings() {
        PostingBatch batch = new PostingBatch();
        batch.add(call(RatingKind.INITIAL, "acme", 7, "1", "1"));
        batch.add(call(RatingKind.LATE, "acme", 8, "1", "1"));
        batch.add(call(RatingKind.CORRECTION, "acme", 7, "1", "1"));

        assertThat(batch.postings().values().iterator().next())
                .extracting(Posting::usagePosition, Posting::ratingPosition)
                .containsExactly(tuple(7L, 1_007L), tuple(8L, 1_008L));
        assertThat(batch.corrections().values().iterator().next())
                .extracting(Posting::usagePosition, Posting::ratingPosition)
                .containsExactly(tuple(7L, 1_007L));
        assertThat(batch.bookedCalls()).isEqualTo(2);
    }

    @Test
    void a_free_call_is_posted_too() {
        PostingBatch batch = new PostingBatch();
        batch.add(call(RatingKind.INITIAL, "acme", 1, "0", "0"));

        assertThat(batch.postings().values()).hasSize(1);
        assertThat(balances(batch)).containsEntry("acme/usage_cost.USD", "0 | 0");
    }

    @Test
    void a_batch_sums_by_account_and_keeps_amounts_far_smaller_than_a_cent() {
        PostingBatch batch = new PostingBatch();
        batch.add(call(RatingKind.INITIAL, "acme", 1, "0.0000000001", "0.00000000012"));
        batch.add(call(RatingKind.INITIAL, "acme", 2, "2.5", "3"));
        batch.add(call(RatingKind.INITIAL, "globex", 3, "1", "1.2"));
        batch.add(call(RatingKind.CORRECTION, "acme", 2, "-0.5", "-0.6"));

        assertThat(balances(batch))
                .containsOnly(
                        Map.entry("acme/usage_cost.USD", "2.5000000001 | 0.5"),
                        Map.entry("/provider_payable.openai-main.USD", "0.5 | 3.5000000001"),
                        Map.entry("acme/unbilled_receivable.USD", "3.00000000012 | 0.6"),
                        Map.entry("acme/chargeback_revenue.USD", "0.6 | 3.00000000012"),
                        Map.entry("globex/usage_cost.USD", "1 | 0"),
                        Map.entry("globex/unbilled_receivable.USD", "1.2 | 0"),
                        Map.entry("globex/chargeback_revenue.USD", "0 | 1.2"));
        assertThat(batch.bookedCalls()).isEqualTo(3);
    }

    @Test
    void a_batch_sums_charges_by_future_invoice_line() {
        Instant lastOfOctober = Instant.parse("2026-10-31T23:59:59.999999Z");
        Instant firstOfNovember = Instant.parse("2026-11-01T00:00:00Z");
        PostingBatch batch = new PostingBatch();
        batch.add(call(RatingKind.INITIAL, "acme", 1, "1", "1.2"));
        batch.add(call(RatingKind.LATE, "acme", 2, "1", "1.3"));
        batch.add(call(RatingKind.CORRECTION, "acme", 1, "-0.1", "-0.12"));
        batch.add(
                call(
                        RatingKind.INITIAL,
                        "acme",
                        3,
                        lastOfOctober,
                        "gpt-4o",
                        usd("1"),
                        usd("0.01")));
        batch.add(
                call(RatingKind.INITIAL, "acme", 4, firstOfNovember, "gpt-4o", usd("1"), usd("9")));

        assertThat(batch.billables())
                .containsOnly(
                        Map.entry(
                                Examples.key("2026-10", "gpt-4o"),
                                new BillableSum(3, 300, 60, new BigDecimal("2.39"))),
                        Map.entry(
                                Examples.key("2026-11", "gpt-4o"),
                                new BillableSum(1, 100, 20, new BigDecimal("9"))));
        assertThat(batch.latePostings()).extracting(Posting::usagePosition).containsExactly(2L);
    }

    @Test
    void cost_and_charge_may_be_of_different_currencies() {
        CurrencyCode euro = CurrencyCode.of("EUR");
        PostingBatch batch = new PostingBatch();
        batch.add(
                call(
                        RatingKind.INITIAL,
                        "acme",
                        1,
                        NOON,
                        "gpt-4o",
                        usd("1"),
                        Money.of("0.9", euro)));

        assertThat(balances(batch))
                .containsOnlyKeys(
                        "acme/usage_cost.USD",
                        "/provider_payable.openai-main.USD",
                        "acme/unbilled_receivable.EUR",
                        "acme/chargeback_revenue.EUR");
    }

    @Test
    void a_transfer_cannot_be_unbalanced() {
        AccountKey dollars = AccountKey.ofTenant(AccountType.USAGE_COST, "acme", CurrencyCode.USD);
        AccountKey euros = AccountKey.providerPayable("c", CurrencyCode.of("EUR"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Transfer(dollars, euros, usd("1")))
                .withMessageContaining("currency of both accounts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Transfer(dollars, dollars, usd("1")))
                .withMessageContaining("another account");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Transfer(
                                        dollars,
                                        AccountKey.providerPayable("c", CurrencyCode.USD),
                                        usd("-1")))
                .withMessageContaining("amount: -1 USD (expected: >= 0)");
    }

    @Test
    void an_account_is_found_by_its_id() {
        AccountKey payable = AccountKey.providerPayable("openai-main", CurrencyCode.USD);

        assertThat(AccountKey.parse("", "provider_payable.openai-main.USD")).contains(payable);
        assertThat(AccountKey.parse("acme", "provider_payable.openai-main.USD")).isEmpty();
        assertThat(AccountKey.parse("acme", "rounding.USD"))
                .contains(AccountKey.ofTenant(AccountType.ROUNDING, "acme", CurrencyCode.USD));
        assertThat(AccountKey.parse("acme", "rounding")).isEmpty();
        assertThat(AccountKey.parse("acme", "rounding.XXQ")).isEmpty();
        assertThat(AccountKey.parse("acme", "gold.USD")).isEmpty();
    }

    @Test
    void codes_of_accounts_never_change() {
        assertThat(AccountType.values())
                .extracting(AccountType::id, AccountType::code, AccountType::side)
                .containsExactly(
                        tuple("provider_payable", 1, Side.CREDIT),
                        tuple("usage_cost", 2, Side.DEBIT),
                        tuple("reservation_prepaid", 3, Side.DEBIT),
                        tuple("reservation_unused", 4, Side.DEBIT),
                        tuple("unbilled_receivable", 5, Side.DEBIT),
                        tuple("billed_receivable", 6, Side.DEBIT),
                        tuple("chargeback_revenue", 7, Side.CREDIT),
                        tuple("tenant_credit", 8, Side.CREDIT),
                        tuple("tax_payable", 9, Side.CREDIT),
                        tuple("rounding", 10, Side.CREDIT),
                        tuple("suspense_unpriced", 11, Side.DEBIT),
                        tuple("payment_clearing", 12, Side.DEBIT),
                        tuple("commitment_shortfall", 13, Side.DEBIT),
                        tuple("promotional_credit", 14, Side.DEBIT));
    }
}
