package dev.meterbook.allinone.demo;

import dev.meterbook.proto.ledger.v1.Invoice;
import java.util.List;

/**
 * What a demo has come to.
 *
 * @param tenants a row for each tenant
 * @param invoices the invoices of the tenants
 * @param checks what must hold, and whether it does
 * @param signIns sign-ins of the portal
 */
public record DemoReport(
        List<TenantRow> tenants, List<Invoice> invoices, List<Check> checks, List<SignIn> signIns) {

    /** Copies the lists. */
    public DemoReport {
        tenants = List.copyOf(tenants);
        invoices = List.copyOf(invoices);
        checks = List.copyOf(checks);
        signIns = List.copyOf(signIns);
    }

    /**
     * One tenant's calls, as the stages have them.
     *
     * @param tenant the tenant
     * @param calls played calls that are in the usage log, each counted once
     * @param recorded those that were new
     * @param inputTokens their input tokens, cached ones included
     * @param outputTokens their output tokens, reasoning included
     * @param amounts what the ledger has booked for them
     * @param held calls that were asked about and granted
     * @param denied calls that were asked about, denied, and not made
     * @param unpriced calls that wait for a price
     */
    public record TenantRow(
            String tenant,
            long calls,
            long recorded,
            long inputTokens,
            long outputTokens,
            Amounts amounts,
            long held,
            long denied,
            long unpriced) {

        TenantRow plus(TenantRow other) {
            return new TenantRow(
                    tenant,
                    calls + other.calls,
                    recorded + other.recorded,
                    inputTokens + other.inputTokens,
                    outputTokens + other.outputTokens,
                    amounts.plus(other.amounts),
                    held + other.held,
                    denied + other.denied,
                    unpriced + other.unpriced);
        }
    }

    /**
     * Something that must hold.
     *
     * @param name what must hold
     * @param holds whether it does
     * @param detail the figures
     */
    public record Check(String name, boolean holds, String detail) {}

    /**
     * A sign-in of the portal.
     *
     * @param login the name
     * @param password the password, or a remark if it is not known
     * @param pages what the person sees
     */
    public record SignIn(String login, String password, String pages) {

        /** Without the password. */
        @Override
        public String toString() {
            return "SignIn[" + login + "]";
        }
    }

    /** The sum of all rows. */
    public TenantRow total() {
        return tenants.stream()
                .reduce(new TenantRow("all", 0, 0, 0, 0, Amounts.NONE, 0, 0, 0), TenantRow::plus);
    }

    /** The checks that failed. */
    public List<Check> failures() {
        return checks.stream().filter(check -> !check.holds()).toList();
    }
}
