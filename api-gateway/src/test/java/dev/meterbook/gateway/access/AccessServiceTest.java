package dev.meterbook.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meterbook.gateway.GatewayFixture;
import dev.meterbook.gateway.TestClient;
import dev.meterbook.gateway.TestClient.Answer;
import dev.meterbook.platform.jdbc.Database;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessServiceTest {

    private static final GatewayFixture GATEWAY = GatewayFixture.start();

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void shows_a_secret_once_and_stores_its_hash_only() throws SQLException {
        String credential = issue(GATEWAY.operator(), "acme", "SCOPE_READ", "once1");
        String secret = credential.substring("mb_once1_".length());

        assertThat(secret).hasSize(43).matches("[A-Za-z0-9]+");
        assertThat(GATEWAY.operator().get("/v1/apiKeys").body())
                .contains("apiKeys/once1")
                .doesNotContain(secret);
        assertThat(everythingStored()).anyMatch(text -> text.contains("once1"));
        assertThat(everythingStored()).noneMatch(text -> text.contains(secret));
    }

    @Test
    void answers_a_repeated_wish_with_the_key_but_not_with_the_secret() {
        String wish = "{\"tenant\":\"acme\",\"scopes\":[\"SCOPE_READ\"],\"keyId\":\"again1\"}";
        Answer first = GATEWAY.operator().post("/v1/apiKeys", wish);
        Answer second = GATEWAY.operator().post("/v1/apiKeys", wish);
        Answer other = GATEWAY.operator().post("/v1/apiKeys", wish.replace("READ", "ADMIN"));

        assertThat(first.json().path("credential").asText()).startsWith("mb_again1_");
        assertThat(second.json().path("apiKey")).isEqualTo(first.json().path("apiKey"));
        assertThat(second.json().has("credential")).isFalse();
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.reason()).isEqualTo("API_KEY_EXISTS");
    }

    @Test
    void lets_a_tenants_admin_govern_the_keys_of_its_tenant_only() {
        TestClient acme = bearer(issue(GATEWAY.operator(), "acme", "SCOPE_ADMIN", "acmeadmin"));
        issue(GATEWAY.operator(), "globex", "SCOPE_READ", "globexread");

        Answer own = acme.post("/v1/apiKeys", "{\"scopes\":[\"SCOPE_INGEST\"]}");
        Answer foreign =
                acme.post("/v1/apiKeys", "{\"tenant\":\"globex\",\"scopes\":[\"SCOPE_READ\"]}");
        Answer list = acme.get("/v1/apiKeys");

        assertThat(own.json().at("/apiKey/tenant").asText()).isEqualTo("acme");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.reason()).isEqualTo("TENANT_MISMATCH");
        assertThat(list.json().findValuesAsText("tenant")).isNotEmpty().containsOnly("acme");
        assertThat(acme.delete("/v1/apiKeys/globexread").status()).isEqualTo(404);
        assertThat(acme.delete("/v1/apiKeys/operator").status()).isEqualTo(404);
    }

    @Test
    void wants_scope_admin() {
        TestClient reader = bearer(issue(GATEWAY.operator(), "acme", "SCOPE_READ", "reader1"));

        assertThat(reader.get("/v1/apiKeys").reason()).isEqualTo("SCOPE_MISSING");
        assertThat(reader.post("/v1/apiKeys", "{\"scopes\":[\"SCOPE_READ\"]}").status())
                .isEqualTo(403);
        assertThat(GATEWAY.client().get("/v1/apiKeys").status()).isEqualTo(401);
        assertThat(GATEWAY.client().get("/v1/apiKeys").header("www-authenticate"))
                .startsWith("Bearer");
    }

    @Test
    void ends_a_key_for_good() {
        String credential = issue(GATEWAY.operator(), "", "SCOPE_ADMIN", "ending1");
        TestClient client = bearer(credential);
        assertThat(client.get("/v1/apiKeys").status()).isEqualTo(200);

        Answer revoked = GATEWAY.operator().delete("/v1/apiKeys/ending1");
        Answer again = GATEWAY.operator().delete("/v1/apiKeys/ending1");

        assertThat(revoked.json().path("revokeTime").asText()).isNotEmpty();
        assertThat(again.json()).isEqualTo(revoked.json());
        await().untilAsserted(() -> assertThat(client.get("/v1/apiKeys").status()).isEqualTo(401));
    }

    @Test
    void refuses_a_right_id_with_a_wrong_secret() {
        issue(GATEWAY.operator(), "", "SCOPE_ADMIN", "secret1");

        assertThat(bearer("mb_secret1_" + "x".repeat(43)).get("/v1/apiKeys").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"scopes\":[\"SCOPE_READ\"],\"keyId\":\"A\"}', INVALID_KEY_ID",
        "'{\"scopes\":[\"SCOPE_READ\"],\"keyId\":\"portal0x\"}', INVALID_KEY_ID",
        "'{\"scopes\":[]}', NO_SCOPE",
        "'{\"scopes\":[\"SCOPE_UNSPECIFIED\"]}', INVALID_SCOPE",
        "'{\"scopes\":[\"SCOPE_READ\"],\"tenant\":\"A b\"}', INVALID_TENANT",
        "'{\"scopes\":[\"SCOPE_READ\"],\"expireTime\":\"2020-01-01T00:00:00Z\"}', TIME_IN_THE_PAST"
    })
    void refuses_absurd_wishes(String wish, String reason) {
        Answer answer = GATEWAY.operator().post("/v1/apiKeys", wish);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo(reason);
    }

    @Test
    void pages_through_keys() {
        for (int i = 0; i < 3; i++) {
            issue(GATEWAY.operator(), "paged", "SCOPE_READ", "paged" + i);
        }

        JsonNode first = GATEWAY.operator().get("/v1/apiKeys?tenant=paged&page_size=2").json();
        JsonNode second =
                GATEWAY.operator()
                        .get(
                                "/v1/apiKeys?tenant=paged&page_size=2&page_token="
                                        + first.path("nextPageToken").asText())
                        .json();

        List<String> names = new ArrayList<>(first.findValuesAsText("name"));
        names.addAll(second.findValuesAsText("name"));
        assertThat(names)
                .containsExactlyInAnyOrder("apiKeys/paged0", "apiKeys/paged1", "apiKeys/paged2");
        assertThat(second.has("nextPageToken")).isFalse();
    }

    @Test
    void governs_sign_ins() {
        String ann =
                """
                {"login": "Ann@Acme.example", "tenant": "acme", "password": "correct horse battery",
                 "role": "PORTAL_ROLE_TENANT_VIEWER"}
                """;
        Answer created = GATEWAY.operator().post("/v1/portalUsers", ann);
        Answer again = GATEWAY.operator().post("/v1/portalUsers", ann);
        Answer other = GATEWAY.operator().post("/v1/portalUsers", ann.replace("horse", "cow"));
        Answer list = GATEWAY.operator().get("/v1/portalUsers?tenant=acme");
        Answer deleted = GATEWAY.operator().delete("/v1/portalUsers/ann@acme.example");

        assertThat(created.json().path("name").asText()).isEqualTo("portalUsers/ann@acme.example");
        assertThat(again.json()).isEqualTo(created.json());
        assertThat(other.reason()).isEqualTo("PORTAL_USER_EXISTS");
        assertThat(list.body()).contains("ann@acme.example").doesNotContain("argon2", "horse");
        assertThat(deleted.json().toString()).isEqualTo("{}");
        assertThat(GATEWAY.operator().delete("/v1/portalUsers/ann@acme.example").reason())
                .isEqualTo("UNKNOWN_PORTAL_USER");
    }

    @ParameterizedTest
    @CsvSource({
        "x y, acme, PORTAL_ROLE_TENANT_VIEWER, correct horse battery, INVALID_LOGIN",
        "bob, '', PORTAL_ROLE_TENANT_VIEWER, correct horse battery, INVALID_ROLE",
        "bob, acme, PORTAL_ROLE_OPERATOR_ADMIN, correct horse battery, INVALID_ROLE",
        "bob, acme, PORTAL_ROLE_UNSPECIFIED, correct horse battery, INVALID_ROLE",
        "bob, acme, PORTAL_ROLE_TENANT_VIEWER, short, WEAK_PASSWORD"
    })
    void refuses_absurd_sign_ins(
            String login, String tenant, String role, String password, String reason) {
        Answer answer =
                GATEWAY.operator()
                        .post(
                                "/v1/portalUsers",
                                """
                                {"login": "%s", "tenant": "%s", "role": "%s", "password": "%s"}
                                """
                                        .formatted(login, tenant, role, password));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.body()).doesNotContain(password);
    }

    @Test
    void row_level_security_hides_what_is_not_the_tenants() {
        issue(GATEWAY.operator(), "rls-one", "SCOPE_READ", "rlsone");
        issue(GATEWAY.operator(), "rls-two", "SCOPE_READ", "rlstwo");
        Database database = GATEWAY.context().getBean(Database.class, Qualifiers.byName("gateway"));

        List<String> visible =
                database.readAsTenant(
                        "rls-one",
                        tx -> {
                            List<String> tenants = new ArrayList<>();
                            try (Statement select = tx.createStatement();
                                    ResultSet rows =
                                            select.executeQuery("select tenant_id from api_key")) {
                                while (rows.next()) {
                                    tenants.add(rows.getString(1));
                                }
                            }
                            return tenants;
                        });

        assertThat(visible).containsExactly("rls-one");
    }

    private static List<String> everythingStored() throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection superuser = GATEWAY.database().connect();
                Statement select = superuser.createStatement()) {
            collect(select, "select api_key::text from gateway.api_key", texts);
            try (ResultSet rows = select.executeQuery("select payload from gateway.event")) {
                while (rows.next()) {
                    texts.add(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return texts;
    }

    private static void collect(Statement select, String sql, List<String> into)
            throws SQLException {
        try (ResultSet rows = select.executeQuery(sql)) {
            while (rows.next()) {
                into.add(rows.getString(1));
            }
        }
    }

    private static TestClient bearer(String credential) {
        return GATEWAY.client().with("authorization", "Bearer " + credential);
    }

    private static String issue(TestClient client, String tenant, String scope, String keyId) {
        Answer answer =
                client.post(
                        "/v1/apiKeys",
                        "{\"tenant\":\"%s\",\"scopes\":[\"%s\"],\"key_id\":\"%s\"}"
                                .formatted(tenant, scope, keyId));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("credential").asText();
    }
}
