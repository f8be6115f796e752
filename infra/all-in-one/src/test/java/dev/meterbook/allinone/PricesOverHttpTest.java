package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meterbook.allinone.Http.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything about prices by one who has HTTP and JSON only. */
class PricesOverHttpTest extends JourneyWorld {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CATALOGUE =
            """
            [{"id": "stone", "name": "Stone", "api_pattern": "stone", "models": [
              {"id": "flint", "match": {"equals": "flint"}, "prices": {"input_mtok": 0.3}},
              {"id": "slate", "match": {"equals": "slate"}, "prices": {"input_mtok": 5}}]}]
            """;

    /** A million tokens cost 2 USD of input and 8 of output; terms are added by the test. */
    private static final String CONTRACT =
            """
            {"provider": "river", "currencyCode": "USD",
             "effectiveStartTime": "2025-01-01T00:00:00Z",
             "priceVersions": [{"id": "v1", "modelPrices": [{"model": "delta", "prices": [
               {"leaf": "LEAF_INPUT", "amount": "2"}, {"leaf": "LEAF_OUTPUT", "amount": "8"}]}]}]}
            """;

    /** 20 percent off, 10 more in Europe, half at night; searches in two tiers a month. */
    private static final String TERMS =
            """
            {"priceVersion": {"id": "terms", "effectiveStartTime": "2025-01-01T00:00:00Z", "terms": {
              "discounts": [{"model": "del*", "percent": "%s"}],
              "regionSurcharges": [{"region": "eu-*", "percent": "10"}],
              "timeBands": [{"start": "22:00", "end": "06:00", "multiplier": "0.5"}],
              "volumeRules": [{"id": "searches", "leaves": ["LEAF_WEB_SEARCH"], "graduated":
                {"per": "1000", "tiers": [{"upTo": "2", "amount": "10"}, {"amount": "5"}]}}]}}}
            """;

    private static final String PLAN =
            """
            {"effectiveStartTime": "2025-01-01T00:00:00Z", "markupPercent": "10",
             "currencyCode": "EUR"}
            """;

    private static final String RATE =
            """
            {"fromCurrencyCode": "USD", "toCurrencyCode": "EUR", "rate": "0.9",
             "effectiveStartTime": "2025-03-01T00:00:00Z"}
            """;

    private Http operator;
    private Http tenant;

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.ONE_PROCESS;
    }

    @BeforeAll
    void connect() {
        operator = new Http(system.running().http(), system.running().operatorKey());
        tenant = new Http(system.running().http(), acme.key());
    }

    @AfterAll
    void disconnect() {
        operator.close();
        tenant.close();
    }

    private static String catalogue(String version, String document) {
        ObjectNode request = JSON.createObjectNode();
        request.put("catalogue", "stones").put("version", version).put("document", document);
        return request.put("source", "https://example.org").toString();
    }

    private static String dryRun(String request) {
        return request.replaceFirst("\\{", "{\"dryRun\":true,");
    }

    private Answer imported(String request) throws IOException, InterruptedException {
        return operator.post("/v1/catalogue:import", request);
    }

    private Answer exported() throws IOException, InterruptedException {
        return tenant.get("/v1/catalogue:export?catalogue=stones");
    }

    private String listPrice(String model) throws IOException, InterruptedException {
        return tenant.post(
                        "/v1/usage:quote",
                        """
                        {"provider": "stone", "model": "%s",
                         "usage": {"tokens": {"inputTokens": "1000000"}}}
                        """
                                .formatted(model))
                .body()
                .at("/price/billedCost/amount")
                .asText();
    }

    @Test
    void a_catalogue_is_compared_taken_over_refused_whole_and_given_back() throws Exception {
        JsonNode compared = imported(dryRun(catalogue("1", CATALOGUE))).body();
        assertThat(compared.at("/changes")).hasSize(2);
        assertThat(compared.at("/changes/0").toString())
                .isEqualTo(
                        "{\"kind\":\"KIND_ADDED\",\"provider\":\"stone\",\"model\":\"flint\","
                                + "\"differences\":[{\"subject\":\"input\","
                                + "\"after\":\"0.3 USD per 1000000\"},"
                                + "{\"subject\":\"names\",\"after\":\"flint\"}]}");
        assertThat(exported().reason()).isEqualTo("NO_CATALOGUE");
        assertThat(listPrice("flint")).isEmpty();

        assertThat(imported(catalogue("1", CATALOGUE)).status()).isEqualTo(200);
        assertThat(imported(catalogue("1", CATALOGUE)).body().at("/unchanged").asBoolean())
                .isTrue();
        assertThat(exported().body().at("/document").asText()).isEqualTo(CATALOGUE);
        assertThat(exported().body().at("/source").asText()).isEqualTo("https://example.org");
        assertThat(listPrice("flint")).isEqualTo("0.3");

        Answer other = imported(dryRun(catalogue("2", CATALOGUE.replace("0.3", "0.4"))));
        assertThat(other.body().at("/changes")).hasSize(1);
        assertThat(other.body().at("/changes/0/kind").asText()).isEqualTo("KIND_CHANGED");
        assertThat(other.body().at("/changes/0/differences/0/before").asText())
                .isEqualTo("0.3 USD per 1000000");

        assertRefused(CATALOGUE.replace(": 5", ": -5"), "NEGATIVE_PRICE", "line 3: ");
        assertRefused(
                CATALOGUE.replace("\"input_mtok\": 0.3", "\"x\": 1"), "UNKNOWN_UNIT", "line 2: ");
        assertRefused(CATALOGUE.replace("slate\"}", "slate\""), "MALFORMED_JSON", "line 3: ");
        assertThat(tenant.post("/v1/catalogue:import", catalogue("3", CATALOGUE)).reason())
                .isEqualTo("OPERATOR_ONLY");
    }

    private void assertRefused(String document, String reason, String place) throws Exception {
        Answer refused = imported(catalogue("bad", document));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.body().at("/error/message").asText()).contains("document " + place);
        assertThat(exported().body().at("/catalogue/version").asText()).isEqualTo("1");
        assertThat(exported().body().at("/document").asText()).isEqualTo(CATALOGUE);
        assertThat(listPrice("slate")).isEqualTo("5");
    }

    @Test
    void terms_and_exchange_rates_price_and_explain_calls() throws Exception {
        agree();

        Answer recorded =
                tenant.post(
                        "/v1/usage:record",
                        """
                        {"calls": [%s, %s, %s, %s]}
                        """
                                .formatted(
                                        call("night", "2025-03-05T22:30:00Z", MILLION),
                                        call("day", "2025-03-05T12:00:00Z", MILLION),
                                        call("three", "2025-03-05T22:30:00Z", searches(3)),
                                        call("two", "2025-03-05T22:30:00Z", searches(2))));
        assertThat(recorded.body().findValuesAsText("outcome"))
                .hasSize(4)
                .containsOnly("OUTCOME_RECORDED");
        eventually(() -> assertThat(explained("two").path("reproduced").asBoolean()).isTrue());

        // 2.8 USD × 0.8 × 1.1 × 0.5, and by day without the half
        assertCosts("night", "1.232", "1.21968");
        assertThat(explained("night").at("/price/factors").toString())
                .isEqualTo(
                        "[{\"rule\":\"discount on del*: 20 %\",\"factor\":\"0.8\"},"
                                + "{\"rule\":\"region eu-*: 10 %\",\"factor\":\"1.1\"},"
                                + "{\"rule\":\"time 22:00 to 06:00 UTC\",\"factor\":\"0.5\"}]");
        assertCosts("day", "2.464", "2.43936");
        // two at 10 a thousand, the third and those after it at 5
        assertCosts("three", "0.025", "0.02475");
        assertCosts("two", "0.01", "0.0099");
        // what all tenants have used is told to the operator only
        assertThat(explained("two").at("/price/lines/0/quantityBefore").isMissingNode()).isTrue();
        JsonNode line = operator.get(EXPLAINED.formatted("two")).body().at("/price/lines/0");
        assertThat(line.path("rule").asText()).isEqualTo("searches");
        assertThat(line.path("quantityBefore").asText()).isEqualTo("3");
    }

    private static final String EXPLAINED = "/v1/tenants/acme/calls/%s:explain";

    private static final String MILLION =
            """
            "tokens": {"inputTokens": "1000000", "outputTokens": "100000"}""";

    private static String searches(int count) {
        return """
               "quantities": [{"leaf": "LEAF_WEB_SEARCH", "quantity": "%d"}]"""
                .formatted(count);
    }

    private static String call(String id, String time, String usage) {
        return """
               {"id": "%s", "occurTime": "%s", "application": "chat", "provider": "river",
                "requestedModel": "delta", "region": "eu-west", "usage": {%s}}
               """
                .formatted(id, time, usage);
    }

    /** The contract with its terms, the tenant's plan in euros, and what a dollar is worth. */
    private void agree() throws Exception {
        assertThat(operator.post("/v1/contracts?contractId=river-2025", CONTRACT).status())
                .isEqualTo(200);
        String add = "/v1/contracts/river-2025:addPrices";
        assertThat(operator.post(add, TERMS.formatted("101")).reason())
                .isEqualTo("INVALID_DISCOUNT");
        assertThat(operator.get("/v1/contracts/river-2025").body().at("/priceVersions")).hasSize(1);
        assertThat(operator.post(add, TERMS.formatted("20")).body().at("/priceVersions"))
                .hasSize(2);

        assertThat(operator.put("/v1/tenants/acme/plan", PLAN).status()).isEqualTo(200);
        String rates = "/v1/exchangeRates?exchangeRateId=";
        assertThat(operator.post(rates + "bad", RATE.replace("0.9", "0")).status()).isEqualTo(400);
        assertThat(operator.post(rates + "march", RATE).status()).isEqualTo(200);
        assertThat(
                        tenant.get("/v1/exchangeRates")
                                .body()
                                .at("/exchangeRates")
                                .findValuesAsText("name"))
                .containsExactly("exchangeRates/march");
    }

    private JsonNode explained(String id) {
        try {
            return tenant.get(EXPLAINED.formatted(id)).body();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private void assertCosts(String id, String cost, String charge) {
        JsonNode explained = explained(id);
        assertThat(explained.at("/standing/billedCost/amount").asText()).isEqualTo(cost);
        assertThat(explained.at("/standing/charge/amount").asText()).isEqualTo(charge);
        assertThat(explained.at("/standing/charge/currencyCode").asText()).isEqualTo("EUR");
        assertThat(explained.at("/price/exchangeRate").asText()).isEqualTo("march");
        assertThat(explained.at("/price/exchangeRateValue").asText()).isEqualTo("0.9");
        assertThat(explained.at("/reproduced").asBoolean()).isTrue();
    }
}
