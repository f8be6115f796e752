package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.platform.grpc.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes names of resources, such as {@code tenants/acme/plan}. */
final class ResourceNames {

    /** Stands for all tenants, or for none in particular. */
    static final String ALL = "-";

    private static final Pattern CONTRACT = Pattern.compile("contracts/([^/]+)");
    private static final Pattern TENANT = Pattern.compile("tenants/([^/]+)");
    private static final Pattern PLAN = Pattern.compile("tenants/([^/]+)/plan");
    private static final Pattern CALL = Pattern.compile("tenants/([^/]+)/calls/(.+)");

    /**
     * A call by name.
     *
     * @param tenant the tenant; {@link #ALL} if it is left open
     * @param id the id that the client chose
     */
    record CallName(String tenant, String id) {}

    private ResourceNames() {}

    static String contract(String name) {
        String id = group(CONTRACT, name, "name", "contracts/{contract}");
        if (!Identifiers.isName(id)) {
            throw Refusal.invalid("INVALID_NAME", "name", name, Identifiers.NAME_FORM);
        }
        return id;
    }

    /** The tenant of a parent; {@link #ALL} for all. */
    static String tenantOrAll(String parent) {
        return checked(group(TENANT, parent, "parent", "tenants/{tenant}"), "parent");
    }

    /** The tenant of a plan; {@link #ALL} for the operator's plan for all. */
    static String planOwnerOrAll(String name) {
        return checked(group(PLAN, name, "name", "tenants/{tenant}/plan"), "name");
    }

    static CallName call(String name) {
        Matcher matcher = CALL.matcher(name);
        if (!matcher.matches() || matcher.group(2).length() > CallKey.MAX_ID_LENGTH) {
            throw Refusal.invalid("INVALID_NAME", "name", name, "tenants/{tenant}/calls/{id}");
        }
        return new CallName(checked(matcher.group(1), "name"), matcher.group(2));
    }

    static String ofCall(String tenant, String id) {
        return "tenants/" + tenant + "/calls/" + id;
    }

    static String ofPlan(String tenant) {
        return "tenants/" + (tenant.isEmpty() ? ALL : tenant) + "/plan";
    }

    private static String checked(String tenant, String field) {
        if (!tenant.equals(ALL) && !Identifiers.isName(tenant)) {
            throw Refusal.invalid("INVALID_TENANT", field, tenant, Identifiers.NAME_FORM);
        }
        return tenant;
    }

    private static String group(Pattern form, String name, String field, String expected) {
        Matcher matcher = form.matcher(name);
        if (!matcher.matches()) {
            throw Refusal.invalid("INVALID_NAME", field, name, expected);
        }
        return matcher.group(1);
    }
}
