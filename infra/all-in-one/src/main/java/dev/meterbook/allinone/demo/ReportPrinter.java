package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.demo.DemoReport.Check;
import dev.meterbook.allinone.demo.DemoReport.SignIn;
import dev.meterbook.allinone.demo.DemoReport.TenantRow;
import dev.meterbook.allinone.export.TextTable;
import dev.meterbook.proto.ledger.v1.Invoice;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** A report for people, in plain text. Amounts are shown with all their digits. */
public final class ReportPrinter {

    private static final List<String> HEADER =
            List.of(
                    "tenant",
                    "calls",
                    "new",
                    "input tokens",
                    "output tokens",
                    "cost USD",
                    "charge USD",
                    "granted",
                    "denied",
                    "unpriced");

    private final PrintStream out;

    /** Prints to a stream. */
    public ReportPrinter(PrintStream out) {
        this.out = out;
    }

    /** Prints everything, and where the portal is. */
    public void print(DemoReport report, URI portal) {
        table(report);
        invoices(report.invoices());
        checks(report.checks());
        signIns(report.signIns(), portal);
    }

    private void table(DemoReport report) {
        TextTable table = new TextTable(HEADER);
        report.tenants().forEach(tenant -> table.add(cells(tenant)));
        table.add(cells(report.total()));
        out.println();
        table.lines().forEach(out::println);
    }

    private static List<String> cells(TenantRow row) {
        return List.of(
                row.tenant(),
                count(row.calls()),
                count(row.recorded()),
                count(row.inputTokens()),
                count(row.outputTokens()),
                BookReader.plain(row.amounts().cost()),
                BookReader.plain(row.amounts().charge()),
                count(row.held()),
                count(row.denied()),
                count(row.unpriced()));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void invoices(List<Invoice> invoices) {
        out.println();
        for (Invoice invoice : invoices) {
            out.printf(
                    "invoice %s  %s  %s  %s %s (exactly %s)%n",
                    invoice.getNumber(),
                    invoice.getName(),
                    invoice.getPeriod(),
                    invoice.getTotal().getAmount(),
                    invoice.getCurrencyCode(),
                    invoice.getExactTotal().getAmount());
        }
    }

    private void checks(List<Check> checks) {
        out.println();
        for (Check check : checks) {
            out.printf(
                    "%-6s %s%n         %s%n",
                    check.holds() ? "ok" : "FAILED", check.name(), check.detail());
        }
    }

    private void signIns(List<SignIn> signIns, URI portal) {
        out.println();
        out.println("portal " + portal);
        for (SignIn signIn : signIns) {
            out.printf("  %-10s %s  (%s)%n", signIn.login(), signIn.password(), signIn.pages());
        }
    }
}
