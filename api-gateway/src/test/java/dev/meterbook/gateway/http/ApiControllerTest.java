package dev.meterbook.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.gateway.GatewayFixture;
import dev.meterbook.gateway.TestClient;
import dev.meterbook.gateway.TestClient.Answer;
import dev.meterbook.platform.security.CallerInterceptor;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import io.grpc.Metadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiControllerTest {

    private static final GatewayFixture GATEWAY = GatewayFixture.start();

    private final TestClient client = GATEWAY.client().with("authorization", "Bearer mb_a_b");

    @BeforeEach
    void reset() {
        GATEWAY.services().reset();
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void records_usage_and_answers_in_json() {
        Answer answer =
                client.post(
                        "/v1/usage:record",
                        """
                        {"calls": [{"id": "c1", "tenant": "acme", "occurTime": "2026-11-23T10:15:30Z",
                          "application": "chat", "provider": "openai", "served_model": "gpt-4.1",
                          "usage": {"tokens": {"input_tokens": 1234, "output_tokens": "70"}}}]}
                        """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json().toString())
                .isEqualTo(
                        """
                        {"results":[{"id":"c1","outcome":"OUTCOME_RECORDED","receipt":{"position":"1"}}]}\
                        """);
        assertThat(GATEWAY.services().metering().lastRequest().getCalls(0).getServedModel())
                .isEqualTo("gpt-4.1");
    }

    @Test
    void hands_the_credential_on_in_either_form() {
        String rpc = "meterbook.metering.v1.MeteringService/RecordUsage";
        client.with("meterbook-act-as-tenant", "acme").post("/v1/usage:record", "{}");
        Metadata bearer = GATEWAY.services().lastMetadata(rpc);
        GATEWAY.client().with("x-api-key", "mb_c_d").post("/v1/usage:record", "{}");
        Metadata key = GATEWAY.services().lastMetadata(rpc);

        assertThat(bearer.get(CallerInterceptor.AUTHORIZATION)).isEqualTo("Bearer mb_a_b");
        assertThat(bearer.get(CallerInterceptor.ACT_AS_TENANT)).isEqualTo("acme");
        assertThat(key.get(CallerInterceptor.X_API_KEY)).isEqualTo("mb_c_d");
        assertThat(key.get(CallerInterceptor.AUTHORIZATION)).isNull();
    }

    @Test
    void takes_fields_from_path_and_query() {
        client.get("/v1/tenants/acme/calls?page_size=7&pageToken=x%20y");
        client.get("/v1/tenants/acme/calls:batchGet?positions=3&positions=5");
        client.get("/v1/tenants/acme/calls/run/7%3Fa:b");

        assertThat(GATEWAY.services().metering().lastList().getParent()).isEqualTo("tenants/acme");
        assertThat(GATEWAY.services().metering().lastList().getPageSize()).isEqualTo(7);
        assertThat(GATEWAY.services().metering().lastList().getPageToken()).isEqualTo("x y");
        assertThat(GATEWAY.services().metering().lastBatch().getPositionsList())
                .containsExactly(3L, 5L);
        assertThat(GATEWAY.services().metering().lastName())
                .isEqualTo("tenants/acme/calls/run/7?a:b");
    }

    @Test
    void takes_a_field_of_the_request_as_body() {
        Answer created = client.post("/v1/tenants?tenant_id=acme", "{\"displayName\": \"Acme\"}");
        Answer updated =
                client.send(
                        "PATCH",
                        "/v1/tenants/acme/budgets/monthly?updateMask=limit",
                        "application/json",
                        "{\"name\": \"tenants/other/budgets/x\", \"limit\": {\"tokens\": \"5\"}}");

        assertThat(created.json().toString())
                .isEqualTo("{\"name\":\"tenants/acme\",\"displayName\":\"Acme\"}");
        assertThat(updated.json().toString())
                .as("the path says which budget, whatever the body says")
                .isEqualTo(
                        "{\"name\":\"tenants/acme/budgets/monthly\",\"limit\":{\"tokens\":\"5\"}}");
    }

    @Test
    void passes_files_through() {
        Answer answer =
                client.get("/v1/tenants/acme/invoices/2026-10:download?format=INVOICE_FORMAT_CSV");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("text/csv");
        assertThat(answer.body()).isEqualTo("%PDF-1.7 tenants/acme/invoices/2026-10");
    }

    @Test
    void knows_methods_with_a_verb() {
        client.post("/v1/tenants/acme/invoices/2026-10:pay", "{}");

        assertThat(GATEWAY.services().ledger().invoice("tenants/acme/invoices/2026-10").getState())
                .isEqualTo(InvoiceState.INVOICE_STATE_PAID);
    }

    @Test
    void grants_and_lists_credits() {
        Answer granted =
                client.post(
                        "/v1/tenants/acme/credits",
                        "{\"credit_id\":\"welcome\",\"kind\":\"CREDIT_KIND_PROMOTIONAL\","
                                + "\"amount\":{\"amount\":\"25.50\",\"currencyCode\":\"USD\"}}");
        Answer listed = client.get("/v1/tenants/acme/credits");

        assertThat(granted.status()).isEqualTo(200);
        assertThat(
                        GATEWAY.services()
                                .ledger()
                                .credit("tenants/acme/credits/welcome")
                                .getAmount()
                                .getAmount())
                .isEqualTo("25.50");
        assertThat(listed.json().get("credits").get(0).get("remaining").get("amount").asText())
                .isEqualTo("25.50");
    }

    @Test
    void shows_refusals_in_the_form_of_aip_193() {
        Answer answer = client.get("/v1/tenants/nobody");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().toString())
                .isEqualTo(
                        """
                        {"error":{"code":404,"status":"NOT_FOUND","message":"tenants/nobody: not found",\
                        "details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",\
                        "reason":"UNKNOWN_TENANT","domain":"meterbook.dev"}]}}\
                        """);
    }

    @Test
    void names_the_field_at_fault() {
        Answer answer = client.post("/v1/usage:record", "{\"calls\":[{},{\"tennant\":1}]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("UNKNOWN_FIELD");
        assertThat(answer.json().at("/error/details/1/fieldViolations/0/field").asText())
                .isEqualTo("calls[1].tennant");
        assertThat(answer.json().at("/error/message").asText())
                .isEqualTo("calls[1].tennant: not known (expected: a field of MeteredCall)");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nothing, '', '', 404, UNKNOWN_PATH",
        "GET, /v1/tenants/acme/calls/x/y:z?nope=1, '', '', 400, UNKNOWN_FIELD",
        "GET, /v1/tenants/acme/calls?parent=tenants/b, '', '', 400, UNKNOWN_PARAMETER",
        "GET, /v1/tenants/acme/calls?page_size=x, '', '', 400, INVALID_NUMBER",
        "DELETE, /v1/usage:record, '', '', 405, METHOD_NOT_ALLOWED",
        "GET, /v1/usage:record, '', '', 405, METHOD_NOT_ALLOWED",
        "POST, /v1/usage:record, text/plain, '{}', 415, UNSUPPORTED_MEDIA_TYPE",
        "POST, /v1/usage:record, application/json, '{', 400, MALFORMED_JSON",
        "POST, /v1/usage:record?calls=1, application/json, '{}', 400, UNKNOWN_PARAMETER",
        "GET, /v1/tenants/acme/calls/unknown, '', '', 404, UNKNOWN_CALL",
        "POST, /v1/budgets:authorize, application/json, '{}', 429, TOO_MANY_REQUESTS",
        "GET, /v1/tenants/acme/holds, '', '', 404, UNKNOWN_PATH",
        "GET, /v1/tenants/acme/transfers, '', '', 501, ''"
    })
    void answers_each_fault_with_status_and_reason(
            String method, String path, String type, String body, int status, String reason) {
        Answer answer = client.send(method, path, type, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(status);
    }

    @Test
    void tells_when_to_try_again_and_which_methods_there_are() {
        assertThat(client.post("/v1/budgets:authorize", "{}").header("retry-after")).isEqualTo("2");
        assertThat(client.get("/v1/usage:record").header("allow")).isEqualTo("POST");
    }

    @Test
    void refuses_a_body_that_is_too_large() {
        String blanks = " ".repeat(5 * 1024 * 1024);

        Answer answer = client.post("/v1/usage:record", "{" + blanks + "}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.reason()).isEqualTo("BODY_TOO_LARGE");
    }

    @Test
    void takes_a_body_at_the_limit() {
        String body = "{" + " ".repeat(4 * 1024 * 1024 - 2) + "}";

        assertThat(client.post("/v1/usage:record", body).status()).isEqualTo(200);
    }

    @Test
    void keeps_the_inside_of_a_failure_to_itself() {
        Answer answer = client.get("/v1/tenants/acme/calls/broken");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("password");
        assertThat(answer.reason()).isEqualTo("INTERNAL");
    }

    @Test
    void says_so_when_a_service_is_away() {
        GATEWAY.services().fail("meterbook.metering.v1.MeteringService");

        Answer answer = client.post("/v1/usage:record", "{}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().at("/error/status").asText()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void serves_its_description_health_and_figures_without_secrets() {
        Answer document = GATEWAY.client().get("/openapi.json");
        Answer page = GATEWAY.client().get("/docs/api");
        Answer health = GATEWAY.client().get("/health");
        Answer figures = GATEWAY.client().get("/prometheus");

        assertThat(document.json().at("/openapi").asText()).isEqualTo("3.1.0");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("RecordUsage", "/v1/usage:record", "metering.MeteredCall");
        assertThat(health.json().toString()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(figures.body()).contains("jvm_memory_used_bytes").doesNotContain("mb_operator");
        assertThat(GATEWAY.client().get("/env").status()).isEqualTo(404);
    }

    @Test
    void tells_browsers_to_be_careful() {
        Answer answer = GATEWAY.client().get("/sign-in");

        assertThat(answer.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("same-origin");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }
}
