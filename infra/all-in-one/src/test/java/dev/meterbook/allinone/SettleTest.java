package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meterbook.allinone.Http.Answer;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Minimums of last month: of the contract 100 USD, of a tenant's plan 20 with 10 percent mark-up. A
 * call costs 1.68 USD and is charged 1.848.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SettleTest extends JourneyWorld {

    private static final String TERMS =
            """
            {"priceVersion": {"id": "least", "effectiveStartTime": "2025-01-01T00:00:00Z",
             "terms": {"spendTerms": [{"id": "least", "minimumAmount": "100"}]}}}
            """;

    private static final String PLAN =
            """
            {"effectiveStartTime": "2025-01-01T00:00:00Z", "markupPercent": "10",
             "currencyCode": "USD", "spendTerms": [{"id": "fee", "minimumAmount": "20"}]}
            """;

    private static final String CREDIT =
            """
            {"creditId": "prepaid", "kind": "CREDIT_KIND_PURCHASED",
             "amount": {"amount": "15", "currencyCode": "USD"}}
            """;

    private final YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC)).minusMonths(1);

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.ONE_PROCESS;
    }

    @Test
    @Order(1)
    void terms_are_agreed_on_and_a_dry_run_told_over_http() throws Exception {
        try (Http operator = new Http(system.running().http(), system.running().operatorKey())) {
            Answer agreed = operator.post("/v1/contracts/journey:addPrices", TERMS);
            assertThat(agreed.status()).isEqualTo(200);
            assertThat(agreed.body().at("/priceVersions/1/terms/spendTerms/0/id").asText())
                    .isEqualTo("least");
            assertThat(operator.put("/v1/tenants/acme/plan", PLAN).status()).isEqualTo(200);

            Answer told = operator.post("/v1/periods:settle", "{\"dryRun\": true}");

            assertThat(told.body().at("/settlements")).hasSize(2);
            assertThat(told.body().at("/settlements/0/owner").asText())
                    .isEqualTo("contracts/journey");
            assertThat(told.body().at("/settlements/1/amount/amount").asText()).isEqualTo("20");
            assertThat(operator.post("/v1/periods:settle", "{\"month\": \"9\"}").reason())
                    .isEqualTo("INVALID_MONTH");
        }
    }

    @Test
    @Order(2)
    void the_command_settles_once_and_late_usage_with_the_next_run() {
        String days = ", %s to %s: ".formatted(month.atDay(1), month.atEndOfMonth());
        assertThat(Program.run(system, "settle", "--month", month.toString()).lines())
                .containsExactly(
                        "contracts/journey least"
                                + days
                                + "spent 0 USD, owed 100 USD beside it, settled now 100 USD"
                                + " (minimum)",
                        "tenants/acme/plan fee"
                                + days
                                + "spent 0 USD, owed 20 USD beside it, settled now 20 USD"
                                + " (minimum)",
                        "2 periods settled");
        record(
                acme,
                call("late")
                        .setOccurTime(time(month.atDay(9).atStartOfDay().toInstant(ZoneOffset.UTC)))
                        .build());
        eventually(
                () ->
                        assertThat(
                                        system.operator()
                                                .ledger()
                                                .listPostings(
                                                        ListPostingsRequest.newBuilder()
                                                                .setParent(acme.name())
                                                                .build())
                                                .getPostingsList())
                                .isNotEmpty());

        assertThat(Program.run(system, "settle", "--dry-run").lines())
                .last()
                .isEqualTo("2 periods would be settled");
        assertThat(Program.run(system, "settle").lines())
                .first()
                .asString()
                .endsWith(
                        "spent 1.68 USD, owed 98.32 USD beside it, settled now -1.68 USD (minimum)");
        assertThat(Program.run(system, "settle").lines()).containsExactly("0 periods settled");
    }

    /** Usage 1.848 is billed as 1.85, the fee of 20 less that as 18.15; 15 of 20.00 are prepaid. */
    @Test
    @Order(3)
    void the_invoice_has_the_fee_and_prepaid_credit_pays_it() throws Exception {
        try (Http operator = new Http(system.running().http(), system.running().operatorKey())) {
            Answer granted = operator.post("/v1/tenants/acme/credits", CREDIT);
            assertThat(granted.body().at("/remaining/amount").asText()).isEqualTo("15");
            String draft = "{\"invoiceId\": \"last-month\", \"period\": \"" + month + "\"}";
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    operator.post(
                                                                    "/v1/tenants/acme/invoices",
                                                                    draft)
                                                            .body()
                                                            .at("/exactTotal/amount")
                                                            .asText())
                                            .isEqualTo("20"));

            JsonNode issued =
                    operator.post("/v1/tenants/acme/invoices/last-month:issue", "{}").body();

            assertThat(issued.at("/lines").findValuesAsText("description"))
                    .containsExactly("Minimum fee");
            assertThat(issued.at("/lines/0/amount/amount").asText()).isEqualTo("1.85");
            assertThat(issued.at("/lines/1/amount/amount").asText()).isEqualTo("18.15");
            assertThat(issued.at("/lines").findValuesAsText("callCount")).containsExactly("1");
            assertThat(issued.at("/total/amount").asText()).isEqualTo("20");
            assertThat(issued.at("/creditsApplied/amount").asText()).isEqualTo("15");
            assertThat(issued.at("/amountDue/amount").asText()).isEqualTo("5");
            assertThat(
                            operator.get("/v1/tenants/acme/credits")
                                    .body()
                                    .at("/credits/0/remaining/amount")
                                    .asText())
                    .isEqualTo("0");
        }
        assertThat(Program.run(system, "verify").status()).isZero();
    }

    @Test
    @Order(4)
    void a_month_to_come_is_refused() {
        Program refused = Program.run(system, "settle", "--month", month.plusMonths(2).toString());

        assertThat(refused.status()).isNotZero();
        assertThat(refused.errors()).contains("month: ").contains("expected: at most");
    }
}
