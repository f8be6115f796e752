package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.meterbook.allinone.demo.Demo;
import dev.meterbook.allinone.demo.DemoReport;
import dev.meterbook.allinone.demo.DemoReport.Check;
import dev.meterbook.allinone.demo.DemoReport.TenantRow;
import dev.meterbook.allinone.demo.ProgressLine;
import dev.meterbook.allinone.demo.ReportPrinter;
import dev.meterbook.allinone.export.CallExport;
import dev.meterbook.allinone.export.CallFormat;
import dev.meterbook.allinone.export.ExportFolder;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.verify.Finding;
import dev.meterbook.allinone.verify.Verification;
import dev.meterbook.proto.ledger.v1.GetAccountRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.testing.Browser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** The demo on a running system, and what people and other programs can do with its result. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoRunTest {

    /** Repository root, seen from this module. */
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Path SCRIPT = Path.of("src/test/python/recompute.py");

    private TestSystem system;
    private Path folder;
    private DemoReport generated;
    private DemoReport traced;

    /** Says nothing. */
    private static final Demo.Listener QUIET =
            new Demo.Listener() {
                @Override
                public ProgressLine playing(String workload, long steps) {
                    return new ProgressLine(System.out, ProgressLine.Style.NONE, "calls", steps);
                }

                @Override
                public void played(long calls, long callsPerSecond) {}
            };

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        system = TestSystem.start(TestSystem.Shape.ONE_PROCESS, temporary.resolve("data"));
        generated = run(Demo.ofGeneratedCalls(1_500, 42));
        traced = run(smallTraces());
    }

    @AfterAll
    void stop() {
        if (system != null) {
            system.close();
        }
    }

    private DemoReport run(Demo demo) {
        return demo.run(system.running(), system.data(), QUIET);
    }

    private static Demo smallTraces() {
        return Demo.ofTraces(
                List.of(
                        Path.of("src/test/resources/small-conv.csv"),
                        Path.of("src/test/resources/small-code.csv")));
    }

    private static void assertAllHold(DemoReport report) {
        assertThat(report.checks()).hasSize(7).allMatch(Check::holds);
    }

    @Test
    @Order(1)
    void a_generated_workload_ends_with_all_checks_true() {
        assertAllHold(generated);
        assertThat(generated.total().calls()).isEqualTo(generated.total().recorded());
        assertThat(generated.total().calls()).isBetween(1_500L, 1_560L);
        assertThat(generated.total().unpriced()).isPositive();
        assertThat(generated.tenants().getLast().denied())
                .as("the agent's ceiling lets 26 of its 60 calls pass")
                .isEqualTo(34);
    }

    @Test
    @Order(2)
    void playing_it_again_changes_nothing() {
        DemoReport again = run(Demo.ofGeneratedCalls(1_500, 42));

        assertAllHold(again);
        assertThat(again.total().recorded()).isZero();
        assertThat(again.tenants())
                .extracting(TenantRow::amounts)
                .isEqualTo(generated.tenants().stream().map(TenantRow::amounts).toList());
        assertThat(again.invoices()).isEqualTo(generated.invoices());
        assertThat(again.signIns()).isEqualTo(generated.signIns());
    }

    @Test
    @Order(3)
    void traces_are_metered_call_by_call() {
        assertAllHold(traced);
        assertThat(traced.total().calls()).isEqualTo(60);
        assertThat(traced.total().inputTokens()).isEqualTo(80_994 + 46_646);
        assertThat(traced.total().outputTokens()).isEqualTo(11_495 + 804);
        // 80,994 x 0.22 + 11,495 x 1.76, and 46,646 x 2.7 + 804 x 13.5, in millionths
        assertThat(traced.tenants().get(0).amounts().cost()).isEqualByComparingTo("0.03804988");
        assertThat(traced.tenants().get(1).amounts().cost()).isEqualByComparingTo("0.1367982");
        assertThat(traced.total().denied()).isEqualTo(25);
        assertThat(traced.invoices()).extracting(Invoice::getPeriod).containsOnly("2023-11");
    }

    @Test
    @Order(4)
    void traces_played_again_are_duplicates() {
        DemoReport again = run(smallTraces());

        assertAllHold(again);
        assertThat(again.total().recorded()).isZero();
        assertThat(again.invoices()).isEqualTo(traced.invoices());
    }

    @Test
    @Order(5)
    void the_real_traces_are_metered_to_the_last_token() {
        Path traces = ROOT.resolve("../shared/data/azure-llm-2023").normalize();
        if (!Files.isDirectory(traces)) {
            System.out.println("left out, as " + traces + " is not there: the real traces");
            return;
        }

        DemoReport real =
                run(Demo.ofTraces(List.of(traces.resolve("conv.csv"), traces.resolve("code.csv"))));

        assertAllHold(real);
        assertThat(real.tenants()).extracting(TenantRow::calls).startsWith(19_366L, 8_819L);
        assertThat(real.total().calls()).isEqualTo(28_185);
        assertThat(real.total().inputTokens()).isEqualTo(40_421_844);
        assertThat(real.total().outputTokens()).isEqualTo(4_334_561);
        assertThat(real.total().amounts().cost()).isEqualByComparingTo("64.1971876");
    }

    @Test
    @Order(6)
    void an_independent_script_comes_to_the_same_costs_from_the_export() throws Exception {
        Path export = folder.resolve("export");
        List<String> tenants = List.of("acme", "globex", "initech");
        new ExportFolder(system.operator(), export).export(tenants);

        Process script =
                new ProcessBuilder(
                                Stream.concat(
                                                Stream.of(
                                                        "python3",
                                                        SCRIPT.toString(),
                                                        "prices.json"),
                                                tenants.stream()
                                                        .map(each -> "calls-" + each + ".jsonl"))
                                        .map(
                                                word ->
                                                        word.contains(".json")
                                                                ? export.resolve(word).toString()
                                                                : word)
                                        .toList())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(script.waitFor()).as(said).isZero();
        assertThat(said).contains(" 0 wrong");
        long lines = 0;
        for (String tenant : tenants) {
            try (Stream<String> each = Files.lines(export.resolve("calls-" + tenant + ".jsonl"))) {
                lines += each.count();
            }
        }
        assertThat(said).contains("all: " + lines + " calls");
    }

    @Test
    @Order(7)
    void csv_has_a_header_and_a_row_for_each_call() throws IOException {
        StringWriter out = new StringWriter();
        long calls = CallFormat.CSV.export(new CallExport(system.operator()), "initech", out);

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(Math.toIntExact(calls) + 1);
        assertThat(lines.getFirst())
                .isEqualTo(
                        "position,id,occur_time,tenant,customer,user,application,use_case,provider,"
                                + "model,service_tier,quantities,cost,charge,currency,contract,"
                                + "price_version,plan,unpriced_reason");
        assertThat(lines).anyMatch(line -> line.endsWith(",UNKNOWN_MODEL"));
        assertThat(out.toString()).endsWith("\r\n");
    }

    @Test
    @Order(8)
    void the_report_tells_figures_checks_and_sign_ins() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ReportPrinter(new PrintStream(bytes, true, StandardCharsets.UTF_8))
                .print(traced, URI.create("http://127.0.0.1:8080"));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("0.03804988", "ok     the ledger balances", "invoice INV-", "billing");
    }

    @Test
    @Order(9)
    void a_tenant_sees_its_figures_in_a_browser_and_the_billing_team_issues_an_invoice()
            throws Exception {
        String base = system.running().http().toString();
        try (Browser browser = Browser.start()) {
            signIn(browser, "acme");
            assertThat(browser.shown("h1").getText()).isEqualTo("Overview");
            browser.shown("#chart svg path");
            assertThat(browser.texts("main")).anyMatch(text -> text.contains("gpt-5-mini"));
            browser.open(base + "/portal/invoices");
            assertThat(browser.texts("tbody tr")).anyMatch(row -> row.contains("INV-"));
        }
        newChargeOfInitech();
        try (Browser browser = Browser.start()) {
            signIn(browser, "billing");
            browser.open(base + "/console/invoices");
            new Select(browser.shown("select[name=tenant]")).selectByValue("initech");
            browser.shown("input[name=invoice_id]").sendKeys("by-hand");
            browser.driver().findElement(By.xpath("//button[text()='Make draft']")).click();
            browser.shown("a[href$='question=issue']").click();
            browser.shown("#confirm").click();
            assertThat(browser.shown(".mb-flash").getText()).contains("Issued as INV-");
            assertThat(browser.shown("a[href$='/file/pdf']").getText()).isEqualTo("PDF");
        }
        try (Http http = new Http(system.running().http(), system.running().operatorKey())) {
            byte[] pdf =
                    http.download(
                                    "/v1/tenants/initech/invoices/by-hand:download"
                                            + "?format=INVOICE_FORMAT_PDF")
                            .body();
            assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        }
    }

    private void signIn(Browser browser, String login) {
        browser.open(system.running().http() + "/sign-in");
        browser.shown("input[name=login]").sendKeys(login);
        browser.shown("input[name=password]").sendKeys(passwordOf(login));
        browser.shown("button[type=submit]").click();
        browser.until(driver -> !String.valueOf(driver.getCurrentUrl()).contains("sign-in"));
    }

    private String passwordOf(String login) {
        return generated.signIns().stream()
                .filter(signIn -> signIn.login().equals(login))
                .findFirst()
                .orElseThrow()
                .password();
    }

    /** Everything was invoiced by the demo; this makes something to invoice. */
    private void newChargeOfInitech() {
        MeteredCall call =
                MeteredCall.newBuilder()
                        .setId("by-hand")
                        .setTenant("initech")
                        .setOccurTime(
                                Timestamp.newBuilder()
                                        .setSeconds(Instant.now().getEpochSecond() - 60))
                        .setApplication("report-writer")
                        .setProvider("openai")
                        .setRequestedModel("gpt-5-mini")
                        .setUsage(
                                Usage.newBuilder()
                                        .setTokens(
                                                TokenCounts.newBuilder().setInputTokens(1_000_000)))
                        .build();
        system.operator()
                .metering()
                .recordUsage(RecordUsageRequest.newBuilder().addCalls(call).build());
        GetAccountRequest unbilled =
                GetAccountRequest.newBuilder()
                        .setName("tenants/initech/accounts/unbilled_receivable.USD")
                        .build();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(
                                                new BigDecimal(
                                                        system.operator()
                                                                .ledger()
                                                                .getAccount(unbilled)
                                                                .getBalance()
                                                                .getAmount()))
                                        .isEqualByComparingTo("0.264"));
    }

    @Test
    @Order(10)
    void verify_holds_and_names_the_first_thing_that_was_tampered_with() throws Exception {
        assertThat(verify()).hasSize(16).allMatch(Finding::holds);

        tamper("update metering.event set payload = payload || '\\x00'::bytea where position = 7");
        assertThat(verify().getFirst().detail()).matches("batch 1 to \\d+: its hash is not .*");
        tamper(
                "update metering.event set payload = substring(payload from 1 for"
                        + " length(payload) - 1) where position = 7");
        assertThat(verify()).allMatch(Finding::holds);

        tamper("update ledger.account set debits = debits + 1 where id = 1");
        assertThat(verify().stream().filter(each -> !each.holds()).map(Finding::what))
                .contains("the ledger balances", "the accounts are the sums of the journal");
    }

    private List<Finding> verify() {
        Secrets secrets = Secrets.of(system.data(), Map.of());
        return new Verification(system.running().postgresUrl(), secrets, List.of())
                .run(
                        new Verification.Listener() {
                            @Override
                            public LongConsumer checking(String log, long events) {
                                return checked -> {};
                            }

                            @Override
                            public void found(Finding finding) {}
                        });
    }

    /** As only the database's administrator can. */
    private void tamper(String sql) throws SQLException, IOException {
        String password = Files.readString(system.data().postgres().resolve("password")).strip();
        try (Connection administrator =
                        DriverManager.getConnection(
                                system.running().postgresUrl(), "postgres", password);
                PreparedStatement statement = administrator.prepareStatement(sql)) {
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
