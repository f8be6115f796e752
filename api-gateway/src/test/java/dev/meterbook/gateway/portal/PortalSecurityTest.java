package dev.meterbook.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.gateway.GatewayFixture;
import dev.meterbook.gateway.TestClient;
import dev.meterbook.gateway.TestClient.Answer;
import dev.meterbook.gateway.session.SignInThrottle;
import dev.meterbook.platform.security.CallerInterceptor;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import io.grpc.Metadata;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortalSecurityTest {

    private static final String PASSWORD = "correct horse battery";
    private static final GatewayFixture GATEWAY = GatewayFixture.start();

    @BeforeAll
    static void people() {
        GATEWAY.createUser("ann", "acme", "PORTAL_ROLE_TENANT_VIEWER", PASSWORD);
        GATEWAY.createUser("bill", "", "PORTAL_ROLE_OPERATOR_ADMIN", PASSWORD);
        GATEWAY.createUser("vera", "", "PORTAL_ROLE_OPERATOR_VIEWER", PASSWORD);
    }

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    @Test
    void lets_nobody_in_who_is_not_signed_in() {
        Answer page = GATEWAY.client().get("/portal/usage?by=model");
        Answer console = GATEWAY.client().get("/console");
        Answer part = GATEWAY.client().with("HX-Request", "true").get("/portal");

        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("location"))
                .isEqualTo("/sign-in?next=%2Fportal%2Fusage%3Fby%3Dmodel");
        assertThat(console.status()).isEqualTo(303);
        assertThat(part.header("hx-redirect")).startsWith("/sign-in");
    }

    @Test
    void gives_a_cookie_that_no_script_and_no_other_site_can_use() {
        Answer answer = GATEWAY.client().signIn("ann", PASSWORD);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("location")).isEqualTo("/portal");
        assertThat(answer.headers("set-cookie"))
                .containsIgnoringCase("meterbook_session=")
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Lax", "Path=/")
                .doesNotContain("Secure");
    }

    @Test
    void sends_cookies_over_tls_only_where_there_is_tls() {
        try (GatewayFixture tls = GatewayFixture.start(Map.of("meterbook.gateway.tls", true))) {
            assertThat(tls.client().get("/sign-in").headers("set-cookie")).contains("Secure");
        }
    }

    @Test
    void gives_a_new_session_at_every_sign_in() {
        TestClient client = GATEWAY.client();
        plant(client, "chosen-by-someone-else");
        client.signIn("ann", PASSWORD);
        String first = session(client);
        client.signIn("ann", PASSWORD);
        String second = session(client);

        assertThat(first).isNotEqualTo("chosen-by-someone-else");
        assertThat(second).isNotEqualTo(first);
        TestClient thief = GATEWAY.client();
        plant(thief, first);
        assertThat(thief.get("/portal").status()).as("the first session has ended").isEqualTo(303);
    }

    @Test
    void says_the_same_to_a_wrong_name_and_a_wrong_password() {
        Answer name = GATEWAY.client().signIn("nobody", PASSWORD);
        Answer password = GATEWAY.client().signIn("ann", "wrong wrong wrong");

        assertThat(name.status()).isEqualTo(401);
        assertThat(password.status()).isEqualTo(401);
        assertThat(name.body()).contains("Sign-in name or password is wrong.");
        assertThat(password.body()).contains("Sign-in name or password is wrong.");
    }

    @Test
    void refuses_a_sign_in_form_of_another_site() {
        TestClient client = GATEWAY.client();
        client.get("/sign-in");

        Answer answer =
                client.form("/sign-in", Map.of("csrf", "x", "login", "ann", "password", PASSWORD));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers("set-cookie")).doesNotContain("meterbook_session");
    }

    @Test
    void slows_down_those_who_guess() {
        GATEWAY.createUser("guessed", "acme", "PORTAL_ROLE_TENANT_VIEWER", PASSWORD);
        TestClient client = GATEWAY.client();
        for (int i = 0; i < SignInThrottle.MAX_FOR_LOGIN; i++) {
            assertThat(client.signIn("guessed", "wrong wrong wrong").status()).isEqualTo(401);
        }

        Answer blocked = client.signIn("guessed", PASSWORD);

        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.body()).contains("Too many attempts");
        assertThat(session(client)).isEmpty();
    }

    @Test
    void goes_only_to_own_pages_after_sign_in() {
        for (String next :
                List.of("//evil.example", "https://evil.example", "/portal\\@evil", "/v1/x")) {
            TestClient client = GATEWAY.client();
            String token = client.get("/sign-in").token();
            Answer answer =
                    client.form(
                            "/sign-in",
                            Map.of(
                                    "csrf",
                                    token,
                                    "login",
                                    "ann",
                                    "password",
                                    PASSWORD,
                                    "next",
                                    next));
            assertThat(answer.header("location")).as(next).isEqualTo("/portal");
        }
    }

    @Test
    void every_form_wants_the_token_of_its_session() {
        TestClient client = signedIn("bill");
        List<String> posts =
                GATEWAY.context()
                        .getBean(Router.class)
                        .uriRoutes()
                        .filter(route -> route.getHttpMethod() == HttpMethod.POST)
                        .map(route -> route.getUriMatchTemplate().toString())
                        .filter(
                                path ->
                                        path.startsWith("/console")
                                                || path.startsWith("/portal")
                                                || path.startsWith("/sign-out"))
                        .distinct()
                        .toList();

        assertThat(posts).hasSizeGreaterThanOrEqualTo(5);
        for (String path : posts) {
            String concrete =
                    path.replace("{tenant}", "acme")
                            .replace("{id}", "2026-10")
                            .replaceAll("\\{[^}]*}", "");
            Answer answer = client.form(concrete, Map.of("csrf", "forged"));
            assertThat(answer.status()).as(concrete).isEqualTo(403);
        }
        assertThat(GATEWAY.services().ledger().invoice("tenants/acme/invoices/2026-10").getState())
                .isEqualTo(InvoiceState.INVOICE_STATE_ISSUED);
        assertThat(client.get("/console").status()).as("still signed in").isEqualTo(200);
    }

    @Test
    void refuses_forms_that_a_browser_says_are_from_elsewhere() {
        TestClient client = GATEWAY.client().with("Sec-Fetch-Site", "cross-site");
        client.signIn("bill", PASSWORD);

        Answer answer = client.form("/console/keys", Map.of("csrf", "whatever"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("sent from another site");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console",
                "/console/keys",
                "/console/ledger",
                "/console/invoices",
                "/console/tenants/globex",
                "/console/tenants/acme/invoices/2026-10",
                "/console/tenants/acme/usage.csv"
            })
    void keeps_tenants_out_of_the_console(String path) {
        Answer answer = signedIn("ann").get(path);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("Not allowed", "belongs to the billing team");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/portal",
                "/portal/usage",
                "/portal/usage?step=day&by=application&then=environment",
                "/portal/usage.csv",
                "/portal/calls",
                "/portal/call?id=call-1",
                "/portal/budgets",
                "/portal/invoices",
                "/portal/invoices/2026-10"
            })
    void never_shows_a_tenant_what_the_operator_pays(String path) {
        Answer answer = signedIn("ann").get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .doesNotContain(
                        "987.65",
                        "0.0031284",
                        "0.002468",
                        "246.91",
                        "20.0 %",
                        "openai-2026",
                        "Mark-up")
                .doesNotContainIgnoringCase("margin", "billed_cost", "provider cost");
    }

    @Test
    void asks_the_services_as_the_tenant() {
        TestClient client = signedIn("ann");
        client.get("/portal");
        client.get("/portal/call?id=call-1");

        for (String rpc :
                List.of(
                        "meterbook.allocation.v1.AllocationService/QueryCosts",
                        "meterbook.budget.v1.BudgetService/ListBudgetStatuses",
                        "meterbook.ledger.v1.InvoiceService/ListInvoices",
                        "meterbook.pricing.v1.PricingService/ExplainCall",
                        "meterbook.metering.v1.MeteringService/GetCall")) {
            Metadata metadata = GATEWAY.services().lastMetadata(rpc);
            assertThat(metadata.get(CallerInterceptor.ACT_AS_TENANT)).as(rpc).isEqualTo("acme");
            assertThat(metadata.get(CallerInterceptor.AUTHORIZATION))
                    .startsWith("Bearer mb_portal0");
        }
    }

    @Test
    void lets_viewers_look_and_not_change() {
        TestClient client = signedIn("vera");
        Answer page = client.get("/console/tenants/acme/invoices/2026-10?question=pay");
        Answer keys = client.get("/console/keys");

        Answer paid =
                client.form(
                        "/console/tenants/acme/invoices/2026-10/pay", Map.of("csrf", keys.token()));

        assertThat(page.body()).doesNotContain("Mark as paid");
        assertThat(keys.body()).doesNotContain("Issue key");
        assertThat(paid.status()).isEqualTo(403);
        assertThat(GATEWAY.services().ledger().invoice("tenants/acme/invoices/2026-10").getState())
                .isEqualTo(InvoiceState.INVOICE_STATE_ISSUED);
    }

    @Test
    void ends_the_session_of_those_who_leave_or_are_deleted() {
        TestClient leaving = signedIn("ann");
        Answer left = leaving.form("/sign-out", Map.of("csrf", leaving.get("/portal").token()));
        GATEWAY.createUser("gone", "acme", "PORTAL_ROLE_TENANT_VIEWER", PASSWORD);
        TestClient deleted = signedIn("gone");
        GATEWAY.operator().delete("/v1/portalUsers/gone");

        assertThat(left.header("location")).isEqualTo("/sign-in");
        assertThat(leaving.get("/portal").status()).isEqualTo(303);
        assertThat(deleted.get("/portal").status()).isEqualTo(303);
    }

    @Test
    void does_not_take_a_session_for_an_api_key() {
        assertThat(signedIn("bill").get("/v1/apiKeys").status()).isEqualTo(401);
    }

    @Test
    void says_so_when_sessions_cannot_be_reached() {
        try (GatewayFixture lonely = GatewayFixture.start()) {
            lonely.createUser("ann", "acme", "PORTAL_ROLE_TENANT_VIEWER", PASSWORD);
            TestClient client = lonely.client();
            client.signIn("ann", PASSWORD);
            lonely.redis().stop();

            Answer answer = client.get("/portal");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("Not available right now", "Try again");
            assertThat(answer.body()).doesNotContain("Exception", "lettuce");
        }
    }

    private static TestClient signedIn(String login) {
        TestClient client = GATEWAY.client();
        assertThat(client.signIn(login, PASSWORD).status()).isEqualTo(303);
        return client;
    }

    private static void plant(TestClient client, String id) {
        HttpCookie cookie = new HttpCookie("meterbook_session", id);
        cookie.setPath("/");
        cookie.setVersion(0);
        String host = URI.create(GATEWAY.url()).getHost();
        cookie.setDomain(host.contains(".") ? host : host + ".local");
        client.cookies().getCookieStore().add(URI.create(GATEWAY.url()), cookie);
    }

    private static String session(TestClient client) {
        return client.cookies().getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("meterbook_session"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }
}
