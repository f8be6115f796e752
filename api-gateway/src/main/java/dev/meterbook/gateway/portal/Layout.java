package dev.meterbook.gateway.portal;

import java.util.ArrayList;
import java.util.List;

/**
 * What surrounds the content of a page.
 *
 * @param title of the page
 * @param place where the visitor stands
 * @param active key of the menu entry that is lit
 */
public record Layout(String title, Place place, String active) {

    /**
     * An entry of the menu.
     *
     * @param key its key
     * @param label its text
     * @param address where it leads
     */
    public record Entry(String key, String label, String address) {}

    /** The menu. */
    public List<Entry> menu() {
        List<Entry> menu = new ArrayList<>();
        if (place.visitor().isOperator()) {
            menu.add(new Entry("console", "Overview", Place.CONSOLE));
            menu.add(new Entry("invoices", "Invoices", Place.CONSOLE + "/invoices"));
            menu.add(new Entry("unpriced", "Unpriced", Place.CONSOLE + "/unpriced"));
            menu.add(new Entry("ledger", "Ledger", Place.CONSOLE + "/ledger"));
            menu.add(new Entry("contracts", "Contracts", Place.CONSOLE + "/contracts"));
            menu.add(new Entry("budgets", "Budgets", Place.CONSOLE + "/budgets"));
            menu.add(new Entry("keys", "API keys", Place.CONSOLE + "/keys"));
        } else {
            menu.addAll(tenantMenu());
        }
        return List.copyOf(menu);
    }

    /** The menu of a tenant's pages. */
    public List<Entry> tenantMenu() {
        return List.of(
                new Entry("overview", "Overview", place.base()),
                new Entry("usage", "Usage", place.base() + "/usage"),
                new Entry("calls", "Calls", place.base() + "/calls"),
                new Entry("tenant-budgets", "Budgets", place.base() + "/budgets"),
                new Entry("tenant-invoices", "Invoices", place.base() + "/invoices"));
    }

    /** True if a second menu, that of the tenant looked at, is to be shown. */
    public boolean hasTenantMenu() {
        return place.visitor().isOperator() && place.isTenant();
    }

    /** Where the product's name leads. */
    public String home() {
        return place.visitor().isOperator() ? Place.CONSOLE : Place.PORTAL;
    }
}
