package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.proto.allocation.v1.CostSums;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.budget.v1.GetBudgetStatusRequest;
import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.GetInvoiceRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceLine;
import dev.meterbook.proto.ledger.v1.IssueInvoiceRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.Posting;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.type.v1.Leaf;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A contract that was wrong: its month is invoiced, the contract corrected, the month rated anew.
 * Each of two calls costs 1.68 USD first (charged with 10 percent more: 1.848), then 1.26 (1.386).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RerateTest extends JourneyWorld {

    private final YearMonth thisMonth = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    private final YearMonth invoiced = thisMonth.minusMonths(1);
    private final Instant occurred = invoiced.atDay(10).atTime(9, 30).toInstant(ZoneOffset.UTC);

    private Invoice issued = Invoice.getDefaultInstance();

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.ONE_PROCESS;
    }

    private MeteredCall old(String id) {
        return call(id).setOccurTime(time(occurred)).build();
    }

    private Program rerate(String... more) {
        String[] words = new String[7 + more.length];
        String[] range = {
            "rerate",
            "--contract",
            "journey",
            "--from",
            invoiced.atDay(1).toString(),
            "--to",
            thisMonth.atDay(1).toString()
        };
        System.arraycopy(range, 0, words, 0, range.length);
        System.arraycopy(more, 0, words, range.length, more.length);
        return Program.run(system, words);
    }

    private List<Posting> acmePostings() {
        return system.operator()
                .ledger()
                .listPostings(ListPostingsRequest.newBuilder().setParent(acme.name()).build())
                .getPostingsList();
    }

    private Invoice issue(String id, YearMonth period) {
        system.operator()
                .invoices()
                .createInvoiceDraft(
                        CreateInvoiceDraftRequest.newBuilder()
                                .setParent(acme.name())
                                .setInvoiceId(id)
                                .setPeriod(period.toString())
                                .setCurrencyCode("USD")
                                .build());
        return system.operator()
                .invoices()
                .issueInvoice(
                        IssueInvoiceRequest.newBuilder()
                                .setName(acme.name() + "/invoices/" + id)
                                .build());
    }

    @Test
    @Order(1)
    void the_month_is_invoiced_at_the_wrong_price() {
        createBudget("watched", "100");
        record(acme, old("one"), old("two"));
        eventually(() -> assertThat(acmePostings()).hasSize(2));

        issued = issue("first", invoiced);

        assertThat(issued.getExactTotal().getAmount()).isEqualTo("3.696");
        assertThat(issued.getTotal().getAmount()).isEqualTo("3.7");
    }

    @Test
    @Order(2)
    void a_dry_run_tells_what_would_change() {
        system.operator()
                .pricing()
                .addContractPrices(
                        AddContractPricesRequest.newBuilder()
                                .setName("contracts/journey")
                                .setPriceVersion(
                                        ContractPriceVersion.newBuilder()
                                                .setId("corrected")
                                                .setEffectiveStartTime(
                                                        contract().getEffectiveStartTime())
                                                .addModelPrices(
                                                        ModelPrices.newBuilder()
                                                                .setModel(MODEL)
                                                                .addPrices(
                                                                        price(
                                                                                Leaf.LEAF_INPUT,
                                                                                "1.5"))
                                                                .addPrices(
                                                                        price(
                                                                                Leaf
                                                                                        .LEAF_INPUT_CACHE_READ,
                                                                                "0.15"))
                                                                .addPrices(
                                                                        price(
                                                                                Leaf.LEAF_OUTPUT,
                                                                                "6"))))
                                .build());

        assertThat(rerate("--dry-run").lines())
                .contains(
                        "2 calls rated anew, 2 would be corrected",
                        "difference of cost: -0.84 USD",
                        "difference of charge: -0.924 USD");
        assertThat(acmePostings()).hasSize(2);
    }

    @Test
    @Order(3)
    void the_calls_are_corrected_once() {
        assertThat(rerate().lines()).contains("2 calls rated anew, 2 corrected");
        eventually(() -> assertThat(acmePostings()).hasSize(4));

        assertThat(rerate().lines()).contains("2 calls rated anew, 0 corrected");
        assertThat(acmePostings())
                .filteredOn(Posting::getCorrection)
                .extracting(posting -> posting.getCharge().getAmount())
                .containsExactly("-0.462", "-0.462");
        eventually(this::budgetAndRollUpFollow);
    }

    /** The budget began after the calls occurred; the roll-up has their hour. */
    private void budgetAndRollUpFollow() {
        CostSums sums =
                acme.client(system)
                        .allocation()
                        .queryCosts(
                                QueryCostsRequest.newBuilder()
                                        .setParent(acme.name())
                                        .setStartTime(time(occurred.minusSeconds(1_800)))
                                        .setEndTime(time(occurred.plusSeconds(1_800)))
                                        .build())
                        .getRows(0)
                        .getSums();
        assertThat(sums.getCalls()).isEqualTo(2);
        assertThat(amount(sums.getBilledCost())).isEqualByComparingTo("2.52");
        assertThat(amount(sums.getCharge())).isEqualByComparingTo("2.772");
        assertThat(
                        amount(
                                acme.client(system)
                                        .budgets()
                                        .getBudgetStatus(
                                                GetBudgetStatusRequest.newBuilder()
                                                        .setName("tenants/acme/budgets/watched")
                                                        .build())
                                        .getSpent()
                                        .getMoney()))
                .isZero();
    }

    @Test
    @Order(4)
    void the_next_invoice_has_the_adjustment_and_the_first_one_is_untouched() {
        Invoice next = issue("second", thisMonth);

        assertThat(next.getLinesList()).hasSize(1);
        InvoiceLine line = next.getLines(0);
        assertThat(line.getServicePeriod()).isEqualTo(invoiced.toString());
        assertThat(line.getLate()).isTrue();
        assertThat(line.getCallCount()).isZero();
        assertThat(line.getExactAmount().getAmount()).isEqualTo("-0.924");
        assertThat(line.getAmount().getAmount()).isEqualTo("-0.92");
        assertThat(
                        system.operator()
                                .invoices()
                                .getInvoice(
                                        GetInvoiceRequest.newBuilder()
                                                .setName(issued.getName())
                                                .build()))
                .isEqualTo(issued);
    }

    @Test
    @Order(5)
    void another_contract_moves_the_cost_to_the_other_provider_account() {
        system.operator()
                .pricing()
                .createProviderContract(
                        CreateProviderContractRequest.newBuilder()
                                .setContractId("found-late")
                                .setContract(
                                        contract().toBuilder()
                                                .setEffectiveStartTime(
                                                        time(occurred.minusSeconds(3_600))))
                                .build());

        Program moved =
                Program.run(
                        system,
                        "rerate",
                        "--provider",
                        PROVIDER,
                        "--tenant",
                        "acme",
                        "--from",
                        occurred.toString(),
                        "--to",
                        occurred.plusSeconds(1).toString());

        assertThat(moved.lines())
                .contains(
                        "2 calls rated anew, 2 corrected",
                        "difference of cost: 0.84 USD",
                        "difference of charge: 0.924 USD");
        eventually(() -> assertThat(acmePostings()).hasSize(8));
        assertThat(acmePostings().stream().map(each -> amount(each.getCost())).toList())
                .usingElementComparator(BigDecimal::compareTo)
                .contains(new BigDecimal("-1.26"), new BigDecimal("1.68"));
        assertThat(Program.run(system, "explain", "one").lines())
                .anyMatch(text -> text.startsWith("price     contract found-late, version v1"))
                .anyMatch(text -> text.startsWith("rated     correction at "))
                .anyMatch(
                        text ->
                                text.equals(
                                        "proof     computed anew with the prices known then: the same"));
    }

    @Test
    @Order(6)
    void an_export_has_what_counts_now() {
        assertThat(Program.run(system, "export", "--tenant", "acme", "--format", "jsonl").lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"cost\":\"1.68\""))
                .allMatch(line -> line.contains("\"contract\":\"found-late\""));
    }

    @Test
    @Order(7)
    void the_same_goes_over_http_and_by_the_operator_only() throws Exception {
        String json =
                """
                {"provider": "journey-ai", "dryRun": true,
                 "occurStartTime": "%s", "occurEndTime": "%s"}
                """
                        .formatted(occurred.minusSeconds(1), occurred.plusSeconds(1));
        try (Http operator = new Http(system.running().http(), system.running().operatorKey());
                Http tenant = new Http(system.running().http(), acme.key())) {
            var answer = operator.post("/v1/ratings:rerate", json);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().at("/examinedCalls").asText()).isEqualTo("2");
            assertThat(tenant.post("/v1/ratings:rerate", json).reason()).isEqualTo("OPERATOR_ONLY");
        }
        assertThat(Program.run(system, "rerate", "--from", "2026-10-01", "--to", "soon").errors())
                .contains("--to: soon (expected: 2026-10-01 or 2026-10-01T08:30:00Z)");
    }

    @Test
    @Order(8)
    void the_books_hold() {
        Program verify = Program.run(system, "verify");

        assertThat(verify.status()).as(verify.toString()).isZero();
        assertThat(verify.lines())
                .anyMatch(
                        line ->
                                line.endsWith(
                                        "every metered call was rated once: 2 calls, 0 of them"
                                                + " without a price, 2 corrected"))
                .contains("all of it holds");
    }
}
