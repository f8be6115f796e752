package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.demo.DemoReport.Check;
import dev.meterbook.allinone.demo.DemoReport.SignIn;
import dev.meterbook.allinone.demo.DemoReport.TenantRow;
import dev.meterbook.proto.ledger.v1.Invoice;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
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
        List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        report.tenants().forEach(tenant -> rows.add(cells(tenant)));
        rows.add(cells(report.total()));
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        out.println();
        rows.forEach(row -> out.println(line(row, widths)));
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

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String blanks = " ".repeat(widths[column] - cells.get(column).length());
            line.append(
                    column == 0 ? cells.get(column) + blanks : "  " + blanks + cells.get(column));
        }
        return line.toString();
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
