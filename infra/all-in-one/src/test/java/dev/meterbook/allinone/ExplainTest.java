package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Why a call costs what it costs: as a table, as JSON, over HTTP. */
class ExplainTest extends JourneyWorld {

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.ONE_PROCESS;
    }

    @Test
    void a_call_is_explained_by_the_id_that_the_caller_gave_it() {
        record(acme, call("ticket/7").build());
        eventually(() -> assertThat(explain("ticket/7").status()).isZero());

        assertThat(explain("ticket/7").lines())
                .filteredOn(line -> !line.startsWith("rated "))
                .containsExactly(
                        "call      tenants/acme/calls/ticket/7",
                        "model     atlas-1 of journey-ai",
                        "occurred  " + now,
                        "price     contract journey, version v1, table atlas-1",
                        "plan      own-1: cost + 10 %",
                        "",
                        "kind              quantity              price  factor  cost USD      charged  charge USD",
                        "input              600,000    2 per 1,000,000       1       1.2  cost + 10 %        1.32",
                        "input_cache_read   400,000  0.2 per 1,000,000       1      0.08  cost + 10 %       0.088",
                        "output              50,000    8 per 1,000,000       1       0.4  cost + 10 %        0.44",
                        "total                                                      1.68                    1.848",
                        "",
                        "at list   1.68 USD",
                        "proof     computed anew with the prices known then: the same");
    }

    private Program explain(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "explain";
        System.arraycopy(words, 0, all, 1, words.length);
        return Program.run(system, all);
    }

    @Test
    void the_answer_as_json_has_every_field() throws Exception {
        record(acme, call("as-json").build());
        eventually(() -> assertThat(explain("as-json").status()).isZero());

        ExplainCallResponse.Builder answer = ExplainCallResponse.newBuilder();
        JsonFormat.parser().merge(String.join("\n", explain("as-json", "--json").lines()), answer);

        assertThat(answer.getReproduced()).isTrue();
        assertThat(answer.getPrice().getCharge().getAmount()).isEqualTo("1.848");
        assertThat(answer.getPrice().getTable()).isEqualTo(MODEL);
    }

    @Test
    void an_id_that_two_tenants_use_is_asked_for_by_tenant() {
        record(acme, call("shared").build());
        record(other, call("shared").setUsage(usage(1_000, 0, 0)).build());
        eventually(
                () -> {
                    assertThat(explain("shared", "--tenant", "acme").status()).isZero();
                    assertThat(explain("shared", "--tenant", "other").status()).isZero();
                });

        assertThat(explain("shared").errors())
                .contains("FAILED_PRECONDITION")
                .contains("a call of acme, other (expected: the name of one)");
        assertThat(explain("shared", "--tenant", "other").lines())
                .anyMatch(line -> line.startsWith("total") && line.endsWith("0.002"));
        Program unknown = explain("nobody's");
        assertThat(unknown.status()).isNotZero();
        assertThat(unknown.errors()).contains("NOT_FOUND");
    }

    @Test
    void the_same_goes_over_http() throws Exception {
        record(acme, call("by-http/1").build());
        try (Http http = new Http(system.running().http(), acme.key())) {
            String path = "/v1/tenants/acme/calls/by-http/1:explain";
            eventually(() -> assertThat(status(http, path)).isEqualTo(200));

            var body = http.get(path).body();
            assertThat(body.at("/price/billedCost/amount").asText()).isEqualTo("1.68");
            assertThat(body.at("/price/lines/1/amount").asText()).isEqualTo("0.08");
            assertThat(body.at("/price/priceVersion").asText()).isEqualTo("v1");
            assertThat(http.get("/v1/tenants/-/calls/by-http/1:explain").reason())
                    .isEqualTo("OPERATOR_ONLY");
            assertThat(http.get("/v1/tenants/acme/calls/nothing:explain").reason())
                    .isEqualTo("UNKNOWN_CALL");
        }
    }

    private static int status(Http http, String path) {
        try {
            return http.get(path).status();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}
