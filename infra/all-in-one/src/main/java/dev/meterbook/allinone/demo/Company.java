package dev.meterbook.allinone.demo;

import java.util.List;

/**
 * A tenant of the demo.
 *
 * @param id the tenant's id
 * @param displayName name shown to people
 * @param markupPercent what its plan adds to the cost
 * @param costCenter the cost center that takes its calls where no rule does
 * @param customers how many customers it has
 * @param users how many users it has in the directory
 */
record Company(
        String id,
        String displayName,
        String markupPercent,
        String costCenter,
        int customers,
        int users) {

    static final Company ACME =
            new Company("acme", "Acme Support Software", "15", "customer-products", 8, 24);
    static final Company GLOBEX =
            new Company("globex", "Globex Engineering", "12.5", "engineering", 5, 24);
    static final Company INITECH =
            new Company("initech", "Initech Reports", "20", "back-office", 4, 12);

    /** The companies of every demo. */
    static final List<Company> ALL = List.of(ACME, GLOBEX, INITECH);

    /**
     * The company that owns the n-th trace file, from 0; further files have companies of their own.
     */
    static Company ofTrace(int index) {
        return index < ALL.size()
                ? ALL.get(index)
                : new Company(
                        "trace-" + (index + 1), "Trace " + (index + 1), "10", "trials", 4, 12);
    }

    /** "tenants/{id}". */
    String name() {
        return "tenants/" + id;
    }

    /** Id of the n-th customer, from 1. */
    String customer(int number) {
        return "%s-customer-%02d".formatted(id, number);
    }

    /** Id of the n-th user, from 1. */
    static String user(int number) {
        return "u-%04d".formatted(number);
    }
}
