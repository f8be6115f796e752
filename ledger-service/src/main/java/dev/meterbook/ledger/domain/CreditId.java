package dev.meterbook.ledger.domain;

/**
 * Which credit.
 *
 * @param tenant the tenant
 * @param id the id within the tenant
 */
public record CreditId(String tenant, String id) {

    /** Name of the resource. */
    public String resourceName() {
        return "tenants/" + tenant + "/credits/" + id;
    }
}
