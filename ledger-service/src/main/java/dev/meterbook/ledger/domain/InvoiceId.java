package dev.meterbook.ledger.domain;

/**
 * Which invoice.
 *
 * @param tenant the tenant
 * @param id the id within the tenant
 */
public record InvoiceId(String tenant, String id) {

    /** Name of the resource. */
    public String resourceName() {
        return "tenants/" + tenant + "/invoices/" + id;
    }
}
