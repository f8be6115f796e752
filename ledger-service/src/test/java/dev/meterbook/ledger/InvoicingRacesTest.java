package dev.meterbook.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.proto.ledger.v1.Invoice;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many who invoice at once, while calls are booked. */
class InvoicingRacesTest {

    private LedgerProcess ledger;

    @BeforeEach
    void start() throws SQLException {
        ledger = LedgerProcess.fresh();
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void numbers_have_no_gap_when_many_are_issued_at_once()
            throws InterruptedException, ExecutionException {
        RatedEvent event = RatedEvent.initial();
        for (int i = 0; i < 12; i++) {
            event.priced("tenant-" + i, i + 1, "1", "1.005");
        }
        ledger.rateAndBook(event);
        for (int i = 0; i < 12; i++) {
            ledger.draft("tenant-" + i, "october", "2026-10");
            ledger.draft("tenant-" + i, "empty", "2026-09");
        }

        List<String> numbers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> issued = new ArrayList<>();
            List<Future<?>> empty = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String tenant = "tenant-" + i;
                issued.add(threads.submit(() -> ledger.issue(tenant, "october").getNumber()));
                issued.add(threads.submit(() -> ledger.issue(tenant, "october").getNumber()));
                empty.add(threads.submit(() -> issueIfThereIsSomething(tenant, "empty")));
            }
            for (Future<String> each : issued) {
                numbers.add(each.get());
            }
            for (Future<?> each : empty) {
                each.get();
            }
        }

        assertThat(numbers.stream().distinct().sorted())
                .containsExactly(
                        "INV-2026-000001",
                        "INV-2026-000002",
                        "INV-2026-000003",
                        "INV-2026-000004",
                        "INV-2026-000005",
                        "INV-2026-000006",
                        "INV-2026-000007",
                        "INV-2026-000008",
                        "INV-2026-000009",
                        "INV-2026-000010",
                        "INV-2026-000011",
                        "INV-2026-000012");
        ledger.assertBooksAreTrue();
    }

    @Test
    void many_who_make_the_same_draft_get_the_same()
            throws InterruptedException, ExecutionException {
        ledger.rateAndBook(RatedEvent.initial().priced("acme", 1, "1", "1.2345"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Invoice>> drafts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                drafts.add(threads.submit(() -> ledger.draft("acme", "october", "2026-10")));
            }
            for (Future<Invoice> each : drafts) {
                assertThat(each.get().getName()).isEqualTo("tenants/acme/invoices/october");
            }
        }

        assertThat(ledger.text("select count(*) from event")).isEqualTo("1");
    }

    @Test
    void nothing_slips_between_postings_and_invoices()
            throws InterruptedException, ExecutionException {
        RatedEvent first = RatedEvent.initial();
        for (int tenant = 0; tenant < 4; tenant++) {
            first.priced("tenant-" + tenant, tenant + 1, "0.01", "0.0101");
        }
        ledger.rateAndBook(first);
        long last = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> issuers = new ArrayList<>();
            for (int tenant = 0; tenant < 4; tenant++) {
                String name = "tenant-" + tenant;
                issuers.add(threads.submit(() -> issueParts(name)));
            }
            for (int round = 1; round <= 40; round++) {
                last = ledger.rate(fiveCallsOfEach(round));
            }
            for (Future<?> each : issuers) {
                each.get();
            }
        }
        ledger.awaitBooked(last);

        for (int tenant = 0; tenant < 4; tenant++) {
            Map<String, String> balances = ledger.balances();
            String name = "tenant-" + tenant;
            BigDecimal unbilled = amount(balances, name + "/unbilled_receivable.USD");
            BigDecimal billed = amount(balances, name + "/billed_receivable.USD");
            BigDecimal rounding = amount(balances, name + "/rounding.USD");
            assertThat(unbilled.add(billed).subtract(rounding)).isEqualByComparingTo("2.0341");
            assertThat(amount(balances, name + "/chargeback_revenue.USD"))
                    .isEqualByComparingTo("2.0341");
        }
        assertThat(ledger.text("select (select sum(calls) from invoice_line) > 0")).isEqualTo("t");
        assertThat(
                        ledger.text(
                                "select (select sum(calls) from invoice_line)"
                                        + " + coalesce((select sum(calls) from billable), 0)"))
                .isEqualTo("804");
        assertThat(
                        ledger.text(
                                "select count(*) = max(series_count) from invoice"
                                        + " where series_count is not null"))
                .isEqualTo("t");
        ledger.assertBooksAreTrue();
    }

    /** In 40 rounds 100 x 0.0101 + 100 x 0.01014 a tenant: 2.024. */
    private static RatedEvent fiveCallsOfEach(int round) {
        RatedEvent event = RatedEvent.initial();
        String charge = round % 2 == 0 ? "0.01010" : "0.01014";
        for (int call = 0; call < 20; call++) {
            event.priced("tenant-" + call % 4, round * 20L + call, "0.01", charge);
        }
        return event;
    }

    private void issueParts(String tenant) {
        for (int part = 0; part < 6; part++) {
            ledger.draft(tenant, "part-" + part, "2026-10");
            issueIfThereIsSomething(tenant, "part-" + part);
        }
    }

    private void issueIfThereIsSomething(String tenant, String id) {
        try {
            var _ = ledger.issue(tenant, id);
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        }
    }

    private static BigDecimal amount(Map<String, String> balances, String account) {
        return new BigDecimal(balances.getOrDefault(account, "0"));
    }
}
