package dev.meterbook.allocation.grpc;

import dev.meterbook.allocation.domain.EntryId;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.platform.grpc.Refusal;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/**
 * Names of resources, such as {@code tenants/acme/users/u-17}. A name of another form is refused
 * with INVALID_ARGUMENT, INVALID_NAME.
 */
final class ResourceNames {

    /** Stands for every tenant. */
    static final String ALL_TENANTS = "-";

    private static final String TENANTS = "tenants/";
    private static final String CUSTOMERS = "/customers/";
    private static final String USERS = "/users/";
    private static final String COST_CENTERS = "costCenters/";

    private ResourceNames() {}

    static String ofTenant(String tenant) {
        return TENANTS + tenant;
    }

    static String ofCustomer(String tenant, String customer) {
        return TENANTS + tenant + CUSTOMERS + customer;
    }

    static String ofUser(String tenant, String user) {
        return TENANTS + tenant + USERS + user;
    }

    /** Empty for the empty id. */
    static String ofCostCenter(String costCenter) {
        return costCenter.isEmpty() ? "" : COST_CENTERS + costCenter;
    }

    /** The tenant of {@code tenants/{tenant}}. */
    static String tenant(String field, String name) {
        return entry(name)
                .filter(entry -> entry.kind() == EntryId.Kind.TENANT)
                .orElseThrow(() -> invalid(field, name, "tenants/{tenant}"))
                .id();
    }

    /** As {@link #tenant}, but {@value #ALL_TENANTS} may stand for every tenant. */
    static String tenantOrAll(String field, String name) {
        return name.equals(TENANTS + ALL_TENANTS) ? ALL_TENANTS : tenant(field, name);
    }

    /** The customer of {@code tenants/{tenant}/customers/{customer}}. */
    static EntryId customer(String field, String name) {
        return entry(name)
                .filter(entry -> entry.kind() == EntryId.Kind.CUSTOMER)
                .orElseThrow(() -> invalid(field, name, "tenants/{tenant}/customers/{customer}"));
    }

    /** The user of {@code tenants/{tenant}/users/{user}}. */
    static EntryId user(String field, String name) {
        return entry(name)
                .filter(entry -> entry.kind() == EntryId.Kind.USER)
                .orElseThrow(() -> invalid(field, name, "tenants/{tenant}/users/{user}"));
    }

    /** The cost center of {@code costCenters/{cost_center}}; empty for the empty name. */
    static String costCenterOrNone(String field, String name) {
        return name.isEmpty() ? "" : costCenter(field, name);
    }

    /** The cost center of {@code costCenters/{cost_center}}. */
    static String costCenter(String field, String name) {
        return entry(name)
                .filter(entry -> entry.kind() == EntryId.Kind.COST_CENTER)
                .orElseThrow(() -> invalid(field, name, "costCenters/{cost_center}"))
                .id();
    }

    /** Whatever entry a name is of. */
    static EntryId anyEntry(String field, String name) {
        return entry(name)
                .orElseThrow(
                        () ->
                                invalid(
                                        field,
                                        name,
                                        "name of a tenant, customer, user or cost center"));
    }

    private static Optional<EntryId> entry(String name) {
        if (name.startsWith(COST_CENTERS)) {
            return governed(name.substring(COST_CENTERS.length())).map(EntryId::costCenter);
        }
        if (!name.startsWith(TENANTS)) {
            return Optional.empty();
        }
        String path = name.substring(TENANTS.length());
        int slash = path.indexOf('/');
        if (slash < 0) {
            return governed(path).map(EntryId::tenant);
        }
        String below = path.substring(slash);
        return governed(path.substring(0, slash))
                .flatMap(
                        tenant ->
                                opaque(below, CUSTOMERS)
                                        .map(id -> EntryId.customer(tenant, id))
                                        .or(
                                                () ->
                                                        opaque(below, USERS)
                                                                .map(
                                                                        id ->
                                                                                EntryId.user(
                                                                                        tenant,
                                                                                        id))));
    }

    private static Optional<String> governed(String id) {
        return Identifiers.isName(id) ? Optional.of(id) : Optional.empty();
    }

    private static Optional<String> opaque(String below, String collection) {
        return below.startsWith(collection)
                        && Identifiers.isOpaqueId(below.substring(collection.length()))
                ? Optional.of(below.substring(collection.length()))
                : Optional.empty();
    }

    private static StatusRuntimeException invalid(String field, String name, String expected) {
        return Refusal.invalid("INVALID_NAME", field, name, expected);
    }
}
