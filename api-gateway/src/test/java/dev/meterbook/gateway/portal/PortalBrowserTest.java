package dev.meterbook.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.gateway.GatewayFixture;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import dev.meterbook.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The portal in a real browser. With the property {@code meterbook.shots} it keeps pictures. */
class PortalBrowserTest {

    private static final String PASSWORD = "correct horse battery";
    private static final GatewayFixture GATEWAY = GatewayFixture.start();
    private static final Browser BROWSER = Browser.start();

    @BeforeAll
    static void people() {
        GATEWAY.createUser("ann@acme.example", "acme", "PORTAL_ROLE_TENANT_VIEWER", PASSWORD);
        GATEWAY.createUser("bill", "", "PORTAL_ROLE_OPERATOR_ADMIN", PASSWORD);
    }

    @AfterAll
    static void stop() {
        BROWSER.close();
        GATEWAY.close();
    }

    @Test
    void a_tenant_signs_in_and_sees_its_charges_drawn() {
        signIn("ann@acme.example");

        BROWSER.shown("#chart svg path");
        assertThat(BROWSER.shown("[data-test=charge]").getText()).isEqualTo("$1,234.57");
        assertThat(BROWSER.texts("#chart svg text")).contains("gpt-4.1", "claude-sonnet-4-5");
        keep("tenant-overview");

        // Pages are fetched without leaving the document, and charts are drawn again.
        BROWSER.driver().findElement(By.linkText("Last 7 days")).click();
        at("period=7-days");
        BROWSER.shown("#chart svg path");

        BROWSER.driver().findElement(By.linkText("Usage")).click();
        BROWSER.shown("select[name=by]");
        new Select(BROWSER.shown("select[name=by]")).selectByValue("application");
        at("by=application");
        assertThat(BROWSER.shown("main table").getText()).contains("support-chat");
        keep("tenant-usage");

        BROWSER.driver().findElement(By.linkText("Calls")).click();
        at("/portal/calls");
        keep("tenant-calls");
        BROWSER.shown("main table a").click();
        at("/portal/call?id=");
        assertThat(BROWSER.shown("main").getText()).contains("$0.0039105");
        keep("tenant-call");
        for (String page : new String[] {"budgets", "invoices", "invoices/2026-10"}) {
            BROWSER.open(GATEWAY.url() + "/portal/" + page);
            BROWSER.shown("main table");
            keep("tenant-" + page.replace('/', '-'));
        }
        assertThat(errors()).isEmpty();
        signOut();
    }

    @Test
    void the_billing_team_issues_an_invoice() {
        signIn("bill");
        BROWSER.shown("#chart svg path");
        assertThat(BROWSER.shown("[data-test=verdict]").getText()).contains("The ledger balances");
        keep("console-overview");

        BROWSER.driver().findElement(By.linkText("Invoices")).click();
        new Select(BROWSER.shown("select[name=tenant]")).selectByValue("initech");
        WebElement period = BROWSER.shown("input[name=period]");
        period.clear();
        period.sendKeys("2026-11");
        keep("console-invoices");
        BROWSER.shown("main form button[type=submit]").click();
        at("/initech/invoices/2026-11");
        keep("console-draft");
        BROWSER.driver().findElement(By.linkText("Issue…")).click();
        keep("console-question");
        BROWSER.shown("#confirm").click();

        assertThat(BROWSER.shown(".mb-flash").getText())
                .isEqualTo("Issued as INV-2026-000003 and booked.");
        assertThat(
                        GATEWAY.services()
                                .ledger()
                                .invoice("tenants/initech/invoices/2026-11")
                                .getState())
                .isEqualTo(InvoiceState.INVOICE_STATE_ISSUED);
        keep("console-issued");
        assertThat(
                        fetched(
                                String.valueOf(
                                        BROWSER.driver()
                                                .findElement(By.linkText("PDF"))
                                                .getAttribute("href"))))
                .isEqualTo("200 application/pdf %PDF-1.7");

        for (String page :
                new String[] {
                    "ledger", "unpriced", "contracts", "contracts/openai-2026", "budgets", "keys"
                }) {
            BROWSER.open(GATEWAY.url() + "/console/" + page);
            BROWSER.shown("main .card");
            keep("console-" + page.replace('/', '-'));
        }
        BROWSER.open(GATEWAY.url() + "/console/tenants/acme/call?id=call-1");
        keep("console-call");
        assertThat(errors()).isEmpty();
        signOut();
    }

    @Test
    void fits_on_a_phone() {
        signIn("ann@acme.example");
        BROWSER.driver().manage().window().setSize(new Dimension(500, 900));
        try {
            for (String page :
                    new String[] {
                        "", "/usage", "/calls", "/call?id=call-1", "/budgets", "/invoices/2026-10"
                    }) {
                BROWSER.open(GATEWAY.url() + "/portal" + page);
                BROWSER.shown("main h1");
                Object tooWide =
                        script("return document.documentElement.scrollWidth > window.innerWidth");
                keep("phone" + page.replaceAll("[^a-z]", "-"));
                assertThat(tooWide).as(page).isEqualTo(false);
            }
        } finally {
            BROWSER.driver().manage().window().setSize(new Dimension(1280, 900));
        }
        signOut();
    }

    @Test
    void every_field_has_a_label_and_every_table_headings() {
        signIn("bill");
        for (String page :
                new String[] {
                    "/console", "/console/invoices", "/console/keys", "/console/tenants/acme/usage"
                }) {
            BROWSER.open(GATEWAY.url() + page);
            BROWSER.shown("main h1");
            assertThat(
                            script(
                                    "return [...document.querySelectorAll('input:not([type=hidden]), select')]"
                                            + ".filter(e => !e.labels.length && !e.ariaLabel).length"))
                    .as(page)
                    .isEqualTo(0L);
            assertThat(
                            script(
                                    "return [...document.querySelectorAll('table')]"
                                            + ".filter(t => !t.querySelector('thead th[scope=col]')).length"))
                    .as(page)
                    .isEqualTo(0L);
        }
        signOut();
    }

    @Test
    void shows_errors_and_the_reference_as_pages() {
        BROWSER.open(GATEWAY.url() + "/nothing");
        assertThat(BROWSER.shown("main h1").getText()).isEqualTo("Not found");
        keep("error-404");
        BROWSER.open(GATEWAY.url() + "/docs/api");
        assertThat(BROWSER.shown("main h1").getText()).isEqualTo("API reference");
        keep("docs-api");
    }

    private static void signIn(String login) {
        BROWSER.driver()
                .manage()
                .logs()
                .get("browser"); // what was before is no matter of this test
        BROWSER.open(GATEWAY.url() + "/sign-in");
        BROWSER.shown("input[name=login]").sendKeys(login);
        BROWSER.shown("input[name=password]").sendKeys(PASSWORD);
        keep("sign-in");
        BROWSER.shown("button[type=submit]").click();
        BROWSER.until(driver -> !String.valueOf(driver.getCurrentUrl()).contains("sign-in"));
    }

    private static void at(String part) {
        BROWSER.until(driver -> String.valueOf(driver.getCurrentUrl()).contains(part));
    }

    private static void signOut() {
        BROWSER.shown(".mb-user button").click();
        BROWSER.shown("input[name=login]");
    }

    /** Violations of the content policy and errors of scripts would be here. */
    private static List<String> errors() {
        return BROWSER.driver().manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .filter(text -> text.startsWith("SEVERE"))
                .toList();
    }

    /** Fetches a file as the browser would when its link is clicked. */
    private static String fetched(String address) {
        Object answer =
                ((JavascriptExecutor) BROWSER.driver())
                        .executeAsyncScript(
                                "const done = arguments[1]; fetch(arguments[0]).then(async (r) =>"
                                        + " done(r.status + ' ' + r.headers.get('content-type') + ' ' +"
                                        + " (await r.text()).slice(0, 8)))",
                                address);
        return String.valueOf(answer);
    }

    private static Object script(String code) {
        Object answer = ((JavascriptExecutor) BROWSER.driver()).executeScript(code);
        if (answer == null) {
            throw new AssertionError(code);
        }
        return answer;
    }

    private static void keep(String name) {
        String folder = System.getProperty("meterbook.shots", "");
        if (folder.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(Path.of(folder));
            Files.write(Path.of(folder, name + ".png"), BROWSER.screenshot());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
