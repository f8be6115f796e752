package dev.meterbook.ledger.domain;

import static dev.meterbook.ledger.domain.Examples.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.meterbook.kernel.CurrencyCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettlementTest {

    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");

    private static Settlement settled(
            String contract, String tenant, ChargeKind kind, Instant end, String amount) {
        return new Settlement(
                7, NOVEMBER, contract, tenant, kind, "floor", "v1", OCTOBER, end, usd(amount));
    }

    private static Settlement ofPlan(String amount) {
        return settled("", "acme", ChargeKind.MINIMUM, NOVEMBER, amount);
    }

    private static Settlement ofContract(String amount) {
        return settled("azure", "", ChargeKind.COMMITMENT_SHORTFALL, NOVEMBER, amount);
    }

    private static String moved(Settlement settlement) {
        Transfer transfer = settlement.transfer();
        return "%s/%s <- %s/%s %s"
                .formatted(
                        transfer.debit().tenant(),
                        transfer.debit().id(),
                        transfer.credit().tenant(),
                        transfer.credit().id(),
                        transfer.amount());
    }

    @Test
    void a_contract_owes_the_provider_more() {
        assertThat(moved(ofContract("250")))
                .isEqualTo(
                        "/commitment_shortfall.azure.USD <- /provider_payable.azure.USD 250 USD");
        assertThat(moved(ofContract("-0.5")))
                .isEqualTo(
                        "/provider_payable.azure.USD <- /commitment_shortfall.azure.USD 0.5 USD");
        assertThat(ofContract("250").billable()).isEmpty();
    }

    @Test
    void a_plan_charges_the_tenant_more() {
        assertThat(moved(ofPlan("18.005")))
                .isEqualTo(
                        "acme/unbilled_receivable.USD <- acme/chargeback_revenue.USD 18.005 USD");
        assertThat(moved(ofPlan("-3")))
                .isEqualTo("acme/chargeback_revenue.USD <- acme/unbilled_receivable.USD 3 USD");
    }

    @Test
    void a_period_belongs_to_the_month_of_its_last_moment() {
        Instant midOfDecember = Instant.parse("2026-12-15T00:00:00Z");

        assertThat(ofPlan("1").billable().orElseThrow().servicePeriod()).hasToString("2026-10");
        assertThat(
                        settled("", "acme", ChargeKind.MINIMUM, midOfDecember, "1")
                                .billable()
                                .orElseThrow()
                                .servicePeriod())
                .hasToString("2026-12");
    }

    @Test
    void a_term_is_a_line_of_its_own_behind_the_calls_of_its_month() {
        PostingBatch batch = new PostingBatch();
        batch.add(ofPlan("80"));
        batch.add(ofPlan("-0.126"));
        batch.add(settled("", "acme", ChargeKind.COMMITMENT_SHORTFALL, NOVEMBER, "10"));
        batch.add(Examples.call(RatingKind.INITIAL, "acme", 1, "1", "20"));
        batch.add(ofContract("250"));

        InvoiceLines lines = InvoiceLines.close(CurrencyCode.USD, batch.billables());

        assertThat(lines.lines())
                .extracting(
                        it -> it.kind().category().word(),
                        it -> it.kind().description(),
                        InvoiceLine::term,
                        InvoiceLine::model,
                        InvoiceLine::calls,
                        it -> it.exactAmount().plainAmount(),
                        it -> it.amount().plainAmount())
                .containsExactly(
                        tuple("Usage", "", "", "gpt-4o", 1L, "20", "20"),
                        tuple("Purchase", "Minimum fee", "floor", "", 0L, "79.874", "79.87"),
                        tuple("Purchase", "Commitment shortfall", "floor", "", 0L, "10", "10"));
        assertThat(batch.settlements()).hasSize(4);
        assertThat(batch.bookedCalls()).isEqualTo(1);
    }

    @Test
    void a_batch_moves_calls_and_settlements_together() {
        PostingBatch batch = new PostingBatch();
        batch.add(Examples.call(RatingKind.INITIAL, "acme", 1, "1", "1.2"));
        batch.add(ofPlan("98.8"));
        batch.add(ofContract("250"));
        Map<String, BigDecimal> balances = new TreeMap<>();
        batch.movements()
                .forEach(
                        (key, sums) ->
                                balances.put(
                                        key.tenant() + "/" + key.id(),
                                        sums.balance(key.type().side())));

        assertThat(balances)
                .containsOnly(
                        Map.entry("acme/usage_cost.USD", new BigDecimal("1")),
                        Map.entry("/provider_payable.openai-main.USD", new BigDecimal("1")),
                        Map.entry("/provider_payable.azure.USD", new BigDecimal("250")),
                        Map.entry("/commitment_shortfall.azure.USD", new BigDecimal("250")),
                        Map.entry("acme/unbilled_receivable.USD", new BigDecimal("100.0")),
                        Map.entry("acme/chargeback_revenue.USD", new BigDecimal("100.0")));
    }

    @Test
    void what_the_log_does_not_promise_is_refused() {
        assertRefused("contract", "azure", "acme", ChargeKind.MINIMUM, NOVEMBER, "1");
        assertRefused("contract", "", "", ChargeKind.MINIMUM, NOVEMBER, "1");
        assertRefused("reason: USAGE", "", "acme", ChargeKind.USAGE, NOVEMBER, "1");
        assertRefused("period_end_time", "", "acme", ChargeKind.MINIMUM, OCTOBER, "1");
        assertRefused("amount: 0 USD", "", "acme", ChargeKind.MINIMUM, NOVEMBER, "0");
    }

    private static void assertRefused(
            String field,
            String contract,
            String tenant,
            ChargeKind kind,
            Instant end,
            String amount) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settled(contract, tenant, kind, end, amount))
                .withMessageStartingWith(field)
                .withMessageContaining("(expected: ");
    }

    @Test
    void codes_of_kinds_never_change() {
        assertThat(List.of(ChargeKind.values()))
                .extracting(Enum::name, ChargeKind::code, it -> it.category().code())
                .containsExactly(
                        tuple("USAGE", 0, 1),
                        tuple("MINIMUM", 1, 2),
                        tuple("COMMITMENT_SHORTFALL", 2, 2));
        assertThat(ChargeKind.ofCode(3)).isEmpty();
        assertThat(ChargeKind.ofCode(-1)).isEmpty();
    }
}
