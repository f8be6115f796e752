package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.proto.allocation.v1.CostRow;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.allocation.v1.QueryCostsResponse;
import dev.meterbook.proto.budget.v1.AuthorizeResponse;
import dev.meterbook.proto.budget.v1.BudgetStatus;
import dev.meterbook.proto.budget.v1.Decision;
import dev.meterbook.proto.budget.v1.GetBudgetStatusRequest;
import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.GetTrialBalanceRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import dev.meterbook.proto.ledger.v1.IssueInvoiceRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.Posting;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.GetCallRequest;
import dev.meterbook.proto.metering.v1.ListCallsRequest;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.type.v1.Dimension;
import dev.meterbook.proto.type.v1.Leaf;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The way of a metered call through all services, over the public contracts alone. It runs twice:
 * with all services in one process, and with each in a process of its own.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class JourneyScenario extends JourneyWorld {
    @Test
    @Order(1)
    void a_call_travels_from_the_question_to_the_invoice() {
        createBudget("chat-total", "5");
        AuthorizeResponse granted = authorize("journey-1");
        assertThat(granted.getDecision()).isEqualTo(Decision.DECISION_GRANTED);
        assertThat(amount(granted.getHeldAmount())).isEqualByComparingTo("3.08");
        AuthorizeResponse denied = authorize("journey-2");
        assertThat(denied.getDecision()).isEqualTo(Decision.DECISION_DENIED);
        assertThat(denied.getLimitedBy().getBudget()).isEqualTo("tenants/acme/budgets/chat-total");

        MeteredCall call = call("journey-1").setHoldId(granted.getHoldId()).build();
        assertThat(record(acme, call, call("tiny").setUsage(usage(1, 0, 1)).build()))
                .extracting(CallResult::getOutcome)
                .containsOnly(Outcome.OUTCOME_RECORDED);
        eventually(
                () ->
                        assertThat(postings())
                                .extracting(posting -> amount(posting.getCharge()))
                                .usingElementComparator(BigDecimal::compareTo)
                                .containsExactly(
                                        new BigDecimal("0.000011"), new BigDecimal("1.848")));
        eventually(this::allocationHasBoth);
        eventually(this::budgetIsSettled);
        invoiceAddsUp();
    }

    private void allocationHasBoth() {
        QueryCostsResponse answer =
                acme.client(system)
                        .allocation()
                        .queryCosts(
                                QueryCostsRequest.newBuilder()
                                        .setParent(acme.name())
                                        .setStartTime(time(now.truncatedTo(ChronoUnit.HOURS)))
                                        .setEndTime(
                                                time(
                                                        now.truncatedTo(ChronoUnit.HOURS)
                                                                .plusSeconds(3_600)))
                                        .addGroupBy(Dimension.DIMENSION_MODEL)
                                        .addGroupBy(Dimension.DIMENSION_CUSTOMER)
                                        .build());
        assertThat(answer.getRowsList()).hasSize(1);
        CostRow row = answer.getRows(0);
        assertThat(row.getDimensionValuesList()).containsExactly(MODEL, "customer-1");
        assertThat(row.getSums().getCalls()).isEqualTo(2);
        assertThat(row.getSums().getInputTokens()).isEqualTo(1_000_001);
        assertThat(amount(row.getSums().getBilledCost())).isEqualByComparingTo("1.68001");
        assertThat(amount(row.getSums().getCharge())).isEqualByComparingTo("1.848011");
    }

    private void budgetIsSettled() {
        BudgetStatus status =
                acme.client(system)
                        .budgets()
                        .getBudgetStatus(
                                GetBudgetStatusRequest.newBuilder()
                                        .setName("tenants/acme/budgets/chat-total")
                                        .build());
        assertThat(amount(status.getSpent().getMoney())).isEqualByComparingTo("1.848011");
        assertThat(amount(status.getHeld().getMoney())).isEqualByComparingTo("0");
        assertThat(status.getCalls()).isEqualTo(2);
    }

    private void invoiceAddsUp() {
        Client operator = system.operator();
        Invoice draft =
                operator.invoices()
                        .createInvoiceDraft(
                                CreateInvoiceDraftRequest.newBuilder()
                                        .setParent(acme.name())
                                        .setInvoiceId("first")
                                        .setPeriod(
                                                YearMonth.from(now.atOffset(ZoneOffset.UTC))
                                                        .toString())
                                        .setCurrencyCode("USD")
                                        .build());
        IssueInvoiceRequest issue =
                IssueInvoiceRequest.newBuilder().setName(draft.getName()).build();
        Invoice issued = operator.invoices().issueInvoice(issue);
        assertThat(issued.getState()).isEqualTo(InvoiceState.INVOICE_STATE_ISSUED);
        assertThat(issued.getNumber()).endsWith("-000001");
        assertThat(issued.getTotal().getAmount()).isEqualTo("1.85");
        assertThat(amount(issued.getExactTotal())).isEqualByComparingTo("1.848011");
        assertThat(issued.getLinesList()).hasSize(1);
        assertThat(operator.invoices().issueInvoice(issue)).isEqualTo(issued);
        assertThat(balance("unbilled_receivable")).isEqualByComparingTo("0");
        assertThat(balance("billed_receivable")).isEqualByComparingTo("1.85");
        assertThat(
                        operator.ledger()
                                .getTrialBalance(GetTrialBalanceRequest.getDefaultInstance())
                                .getCurrenciesList())
                .allSatisfy(each -> assertThat(amount(each.getDifference())).isZero());
    }

    @Test
    @Order(2)
    void a_repeated_call_is_a_duplicate_and_a_changed_one_a_conflict() {
        MeteredCall call = call("again").setApplication("other-app").build();
        CallResult first = record(acme, call).getFirst();
        CallResult second = record(acme, call).getFirst();
        CallResult changed =
                record(acme, call.toBuilder().setUsage(usage(1, 0, 0)).build()).getFirst();

        assertThat(first.getOutcome()).isEqualTo(Outcome.OUTCOME_RECORDED);
        assertThat(second.getOutcome()).isEqualTo(Outcome.OUTCOME_DUPLICATE);
        assertThat(second.getReceipt().getPosition()).isEqualTo(first.getReceipt().getPosition());
        assertThat(changed.getOutcome()).isEqualTo(Outcome.OUTCOME_CONFLICT);
        assertThat(changed.getRejection().getReason()).isEqualTo("CALL_CONFLICT");
        assertThat(record(other, call).getFirst().getOutcome())
                .as("another tenant's id is its own")
                .isEqualTo(Outcome.OUTCOME_RECORDED);
    }

    @Test
    @Order(3)
    void a_call_without_price_waits_and_is_rated_when_a_price_arrives() {
        record(
                acme,
                call("unknown-model").setRequestedModel("atlas-2").setApplication("late").build());
        eventually(() -> assertThat(unpriced()).isEqualTo(1));

        system.operator()
                .pricing()
                .addContractPrices(
                        AddContractPricesRequest.newBuilder()
                                .setName("contracts/journey")
                                .setPriceVersion(
                                        ContractPriceVersion.newBuilder()
                                                .setId("v2")
                                                .addModelPrices(
                                                        ModelPrices.newBuilder()
                                                                .setModel("atlas-2")
                                                                .addPrices(
                                                                        price(Leaf.LEAF_INPUT, "1"))
                                                                .addPrices(
                                                                        price(
                                                                                Leaf.LEAF_OUTPUT,
                                                                                "4"))))
                                .build());

        eventually(() -> assertThat(unpriced()).isZero());
        eventually(
                () ->
                        assertThat(postings())
                                .extracting(posting -> amount(posting.getCost()))
                                .usingElementComparator(BigDecimal::compareTo)
                                .contains(new BigDecimal("1.2")));
    }

    @Test
    @Order(4)
    void each_bad_call_is_answered_with_its_own_reason_and_hinders_no_other() {
        List<MeteredCall> calls = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        badCalls(
                (reason, call) -> {
                    calls.add(call);
                    reasons.add(reason);
                });
        calls.add(call("good among bad").setApplication("bad-input").build());
        reasons.add("");

        List<CallResult> results = record(acme, calls.toArray(MeteredCall[]::new));

        assertThat(results)
                .extracting(result -> result.getRejection().getReason())
                .containsExactlyElementsOf(reasons);
        assertThat(results.getLast().getOutcome()).isEqualTo(Outcome.OUTCOME_RECORDED);
        assertThat(results.subList(0, results.size() - 1))
                .allSatisfy(
                        result -> {
                            assertThat(result.getOutcome()).isEqualTo(Outcome.OUTCOME_REJECTED);
                            assertThat(result.getRejection().getField()).isNotEmpty();
                            assertThat(result.getRejection().getMessage()).contains("expected: ");
                        });
    }

    private void badCalls(BiConsumer<String, MeteredCall> sink) {
        sink.accept("ID_MISSING", bad(call -> call.clearId()));
        sink.accept("ID_TOO_LONG", bad(call -> call.setId("x".repeat(201))));
        sink.accept("OCCUR_TIME_MISSING", bad(call -> call.clearOccurTime()));
        sink.accept(
                "OCCUR_TIME_IN_FUTURE",
                bad(call -> call.setOccurTime(time(now.plus(Duration.ofDays(3_650))))));
        sink.accept("APPLICATION_MISSING", bad(call -> call.clearApplication()));
        sink.accept("PROVIDER_MISSING", bad(call -> call.clearProvider()));
        sink.accept("MODEL_MISSING", bad(call -> call.clearRequestedModel()));
        sink.accept("USAGE_MISSING", bad(call -> call.clearUsage()));
        sink.accept("NEGATIVE_COUNT", bad(call -> call.setUsage(usage(-1, 0, 0))));
        sink.accept("COUNT_TOO_LARGE", bad(call -> call.setUsage(usage(Long.MAX_VALUE, 0, 0))));
        sink.accept("CACHED_ABOVE_INPUT", bad(call -> call.setUsage(usage(10, 11, 0))));
        sink.accept("TENANT_MISMATCH", bad(call -> call.setTenant("other")));
    }

    @Test
    @Order(5)
    void an_unknown_tenant_a_wrong_key_and_a_batch_too_large_are_refused() {
        CallResult unknown =
                system.operator()
                        .metering()
                        .recordUsage(
                                RecordUsageRequest.newBuilder()
                                        .addCalls(call("x").setTenant("nobody"))
                                        .build())
                        .getResults(0);
        assertThat(unknown.getRejection().getReason()).isEqualTo("UNKNOWN_TENANT");

        RecordUsageRequest.Builder tooMany = RecordUsageRequest.newBuilder();
        for (int i = 0; i <= 1_000; i++) {
            tooMany.addCalls(call("many-" + i));
        }
        assertRefused(
                () -> acme.client(system).metering().recordUsage(tooMany.build()),
                Status.Code.INVALID_ARGUMENT);
        RecordUsageRequest one = RecordUsageRequest.newBuilder().addCalls(call("y")).build();
        assertRefused(
                () -> system.apis().as("mb_nobody_0123456789abcdef0").metering().recordUsage(one),
                Status.Code.UNAUTHENTICATED);
        assertRefused(
                () -> system.apis().as(acme.key() + "x").metering().recordUsage(one),
                Status.Code.UNAUTHENTICATED);
    }

    private static void assertRefused(Runnable call, Status.Code code) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus().getCode()).isEqualTo(code));
    }

    @Test
    @Order(6)
    void another_tenant_sees_nothing_of_it() {
        Client stranger = other.client(system);
        List<Runnable> questions =
                List.of(
                        () ->
                                stranger.metering()
                                        .getCall(
                                                GetCallRequest.newBuilder()
                                                        .setName("tenants/acme/calls/journey-1")
                                                        .build()),
                        () ->
                                stranger.metering()
                                        .listCalls(
                                                ListCallsRequest.newBuilder()
                                                        .setParent("tenants/acme")
                                                        .build()),
                        () ->
                                stranger.ledger()
                                        .listPostings(
                                                ListPostingsRequest.newBuilder()
                                                        .setParent("tenants/acme")
                                                        .build()),
                        () ->
                                stranger.ledger()
                                        .getTrialBalance(
                                                GetTrialBalanceRequest.getDefaultInstance()),
                        () ->
                                stranger.allocation()
                                        .queryCosts(
                                                QueryCostsRequest.newBuilder()
                                                        .setParent("tenants/-")
                                                        .setStartTime(
                                                                time(
                                                                        now.truncatedTo(
                                                                                ChronoUnit.HOURS)))
                                                        .setEndTime(
                                                                time(
                                                                        now.truncatedTo(
                                                                                        ChronoUnit
                                                                                                .HOURS)
                                                                                .plusSeconds(
                                                                                        3_600)))
                                                        .build()),
                        () ->
                                stranger.budgets()
                                        .getBudgetStatus(
                                                GetBudgetStatusRequest.newBuilder()
                                                        .setName("tenants/acme/budgets/chat-total")
                                                        .build()),
                        () ->
                                stranger.pricing()
                                        .listUnpricedCalls(
                                                ListUnpricedCallsRequest.newBuilder()
                                                        .setParent("tenants/acme")
                                                        .build()));

        assertThat(questions)
                .allSatisfy(question -> assertRefused(question, Status.Code.PERMISSION_DENIED));
    }

    @Test
    @Order(7)
    void the_same_goes_over_http_and_json() throws Exception {
        try (Http http = new Http(system.running().http(), acme.key())) {
            Http.Answer recorded = http.post("/v1/usage:record", json("by-http", 1_000_000));
            assertThat(recorded.status()).isEqualTo(200);
            assertThat(recorded.body().at("/results/0/outcome").asText())
                    .isEqualTo("OUTCOME_RECORDED");
            assertThat(http.get("/v1/tenants/acme/calls/by-http").body().at("/call/id").asText())
                    .isEqualTo("by-http");
            String position = recorded.body().at("/results/0/receipt/position").asText();
            eventuallyPosted(http, position);

            Http.Answer budget = http.get("/v1/tenants/acme/budgets/chat-total:status");
            assertThat(budget.body().at("/spent/money/currencyCode").asText()).isEqualTo("USD");
            HttpResponse<byte[]> pdf =
                    http.download(
                            "/v1/tenants/acme/invoices/first:download?format=INVOICE_FORMAT_PDF");
            assertThat(pdf.headers().firstValue("content-type")).contains("application/pdf");
            assertThat(new String(pdf.body(), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        }
    }

    private static void eventuallyPosted(Http http, String position) {
        String path = "/v1/tenants/acme/postings?usagePosition=" + position;
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(
                                                http.get(path)
                                                        .body()
                                                        .at("/postings/0/cost/amount")
                                                        .asText())
                                        .isEqualTo("2"));
    }

    @Test
    @Order(8)
    void http_refuses_malformed_json_strange_fields_and_foreign_data() throws Exception {
        try (Http http = new Http(system.running().http(), acme.key());
                Http nobody = new Http(system.running().http(), "mb_nobody_0123456789abcdef0")) {
            Http.Answer malformed = http.post("/v1/usage:record", "{\"calls\": [");
            assertThat(malformed.status()).isEqualTo(400);
            assertThat(malformed.reason()).isEqualTo("MALFORMED_JSON");
            Http.Answer strange =
                    http.post("/v1/usage:record", "{\"calls\": [{\"prompt\": \"x\"}]}");
            assertThat(strange.status()).isEqualTo(400);
            assertThat(strange.reason()).isEqualTo("UNKNOWN_FIELD");
            Http.Answer negative = http.post("/v1/usage:record", json("negative", -5));
            assertThat(negative.status()).isEqualTo(200);
            assertThat(negative.body().at("/results/0/rejection/reason").asText())
                    .isEqualTo("NEGATIVE_COUNT");
            Http.Answer foreign = http.get("/v1/tenants/other/calls");
            assertThat(foreign.status()).isEqualTo(403);
            assertThat(foreign.reason()).isEqualTo("TENANT_MISMATCH");
            assertThat(nobody.get("/v1/tenants/acme/calls").status()).isEqualTo(401);
        }
    }

    @Test
    @Order(9)
    void a_client_that_knows_only_reflection_records_a_call() throws Exception {
        try (ReflectionClient client =
                new ReflectionClient(system.running().grpc(Service.METERING))) {
            assertThat(client.services()).contains("meterbook.metering.v1.MeteringService");
            String answer =
                    client.call(
                            "meterbook.metering.v1.MeteringService",
                            "RecordUsage",
                            acme.key(),
                            json("by-reflection", 7));
            assertThat(answer).contains("\"outcome\":\"OUTCOME_RECORDED\"");
        }
    }

    @Test
    @Order(10)
    void stopping_and_starting_keeps_everything_and_recording_again_changes_nothing() {
        MeteredCall call = call("kept").setApplication("restart").build();
        long position = record(acme, call).getFirst().getReceipt().getPosition();
        eventually(
                () -> assertThat(postings()).anyMatch(each -> each.getUsagePosition() == position));
        List<Posting> before = postings();
        eventually(this::budgetHasEverything);

        system.restart();

        assertThat(postings()).isEqualTo(before);
        CallResult again = record(acme, call).getFirst();
        assertThat(again.getOutcome()).isEqualTo(Outcome.OUTCOME_DUPLICATE);
        assertThat(again.getReceipt().getPosition()).isEqualTo(position);
        CallResult next = record(acme, call("after").setApplication("restart").build()).getFirst();
        assertThat(next.getReceipt().getPosition()).isEqualTo(position + 1);
        eventually(() -> assertThat(postings()).hasSize(before.size() + 1));
        eventually(this::budgetHasEverything);
    }

    /** Budgets count what their scope covers, before and after. */
    private void budgetHasEverything() {
        BudgetStatus status =
                acme.client(system)
                        .budgets()
                        .getBudgetStatus(
                                GetBudgetStatusRequest.newBuilder()
                                        .setName("tenants/acme/budgets/chat-total")
                                        .build());
        assertThat(status.getComplete()).isTrue();
        assertThat(amount(status.getSpent().getMoney())).isEqualByComparingTo("1.848011");
    }
}
