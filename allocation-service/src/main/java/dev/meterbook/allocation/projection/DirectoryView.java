package dev.meterbook.allocation.projection;

import dev.meterbook.allocation.application.TenantScope;
import dev.meterbook.allocation.application.TenantScope.All;
import dev.meterbook.allocation.application.TenantScope.One;
import dev.meterbook.allocation.projection.Query.RowReader;
import dev.meterbook.platform.jdbc.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the directory. What belongs to a tenant is read under row-level security. */
public final class DirectoryView {

    private static final String TENANTS =
            """
            select t.tenant_id, coalesce(n.display_name, ''), t.default_cost_center, t.suspended,
                t.create_time
            from tenant t
            left join display_name n
                on n.tenant_id = t.tenant_id and n.kind = 'TENANT' and n.id = t.tenant_id
            """;

    private static final String CUSTOMERS =
            """
            select c.tenant_id, c.customer_id, coalesce(n.display_name, ''), c.create_time
            from customer c
            left join display_name n
                on n.tenant_id = c.tenant_id and n.kind = 'CUSTOMER' and n.id = c.customer_id
            where c.tenant_id = ?
            """;

    private static final String USERS =
            """
            select u.tenant_id, u.user_id, coalesce(n.display_name, ''), u.customer_id,
                u.create_time
            from tenant_user u
            left join display_name n
                on n.tenant_id = u.tenant_id and n.kind = 'USER' and n.id = u.user_id
            where u.tenant_id = ?
            """;

    private static final String COST_CENTERS =
            """
            select c.cost_center_id, coalesce(n.display_name, ''), c.parent_id, c.create_time
            from cost_center c
            left join display_name n
                on n.tenant_id = '' and n.kind = 'COST_CENTER' and n.id = c.cost_center_id
            """;

    private static final String RULES =
            """
            select application, cost_center, effective_time, record_time
            from allocation_rule
            where tenant_id = ? and (application, effective_time) > (?, ?)
            order by application, effective_time
            limit ?
            """;

    private final Database database;

    /** A view of the allocation service's own database. */
    public DirectoryView(Database database) {
        this.database = database;
    }

    /** A tenant as the directory has it; the display name is empty if there is none. */
    public record TenantRow(
            String tenant,
            String displayName,
            String defaultCostCenter,
            boolean suspended,
            Instant createTime) {}

    /** A customer as the directory has it; the display name is empty if there is none. */
    public record CustomerRow(
            String tenant, String customer, String displayName, Instant createTime) {}

    /** A user as the directory has it; display name and customer are empty if there is none. */
    public record UserRow(
            String tenant, String user, String displayName, String customer, Instant createTime) {}

    /**
     * A cost center as the directory has it; display name and parent are empty if there is none.
     */
    public record CostCenterRow(
            String costCenter, String displayName, String parent, Instant createTime) {}

    /** A rule as it holds; an empty cost center takes rules back. */
    public record RuleRow(
            String application, String costCenter, Instant effectiveTime, Instant recordTime) {}

    /** The tenant, if it is registered. */
    public Optional<TenantRow> tenant(String tenant) {
        return asTenant(
                        tenant,
                        Query.of(TENANTS + " where t.tenant_id = ?", tenant),
                        DirectoryView::tenantRow)
                .stream()
                .findFirst();
    }

    /** Tenants behind an id, in order of id. */
    public List<TenantRow> tenants(TenantScope scope, String after, int limit) {
        String order = " and t.tenant_id > ? order by t.tenant_id limit ?";
        return switch (scope) {
            case One(String tenant) ->
                    asTenant(
                            tenant,
                            Query.of(
                                    TENANTS + " where t.tenant_id = ?" + order,
                                    tenant,
                                    after,
                                    limit),
                            DirectoryView::tenantRow);
            case All() ->
                    overAll(
                            Query.of(TENANTS + " where true" + order, after, limit),
                            DirectoryView::tenantRow);
        };
    }

    /** A customer of the tenant, if it is registered. */
    public Optional<CustomerRow> customer(String tenant, String customer) {
        return asTenant(
                        tenant,
                        Query.of(CUSTOMERS + " and c.customer_id = ?", tenant, customer),
                        DirectoryView::customerRow)
                .stream()
                .findFirst();
    }

    /** Customers of the tenant behind an id, in order of id. */
    public List<CustomerRow> customers(String tenant, String after, int limit) {
        return asTenant(
                tenant,
                Query.of(
                        CUSTOMERS + " and c.customer_id > ? order by c.customer_id limit ?",
                        tenant,
                        after,
                        limit),
                DirectoryView::customerRow);
    }

    /** A user of the tenant, if it is registered. */
    public Optional<UserRow> user(String tenant, String user) {
        return asTenant(
                        tenant,
                        Query.of(USERS + " and u.user_id = ?", tenant, user),
                        DirectoryView::userRow)
                .stream()
                .findFirst();
    }

    /** Users of the tenant behind an id, in order of id. */
    public List<UserRow> users(String tenant, String after, int limit) {
        return asTenant(
                tenant,
                Query.of(
                        USERS + " and u.user_id > ? order by u.user_id limit ?",
                        tenant,
                        after,
                        limit),
                DirectoryView::userRow);
    }

    /** A cost center, if it is registered. For the operator. */
    public Optional<CostCenterRow> costCenter(String costCenter) {
        return overAll(
                        Query.of(COST_CENTERS + " where c.cost_center_id = ?", costCenter),
                        DirectoryView::costCenterRow)
                .stream()
                .findFirst();
    }

    /** Cost centers behind an id, in order of id. For the operator. */
    public List<CostCenterRow> costCenters(String after, int limit) {
        return overAll(
                Query.of(
                        COST_CENTERS + " where c.cost_center_id > ? order by 1 limit ?",
                        after,
                        limit),
                DirectoryView::costCenterRow);
    }

    /** Rules of the tenant behind one, in order of application and effective time. */
    public List<RuleRow> rules(
            String tenant, String afterApplication, Instant afterTime, int limit) {
        return asTenant(
                tenant,
                Query.of(RULES, tenant, afterApplication, afterTime, limit),
                row ->
                        new RuleRow(
                                row.getString(1),
                                row.getString(2),
                                Query.instant(row, 3),
                                Query.instant(row, 4)));
    }

    private <T> List<T> asTenant(String tenant, Query query, RowReader<T> reader) {
        return database.readAsTenant(tenant, transaction -> query.list(transaction, reader));
    }

    private <T> List<T> overAll(Query query, RowReader<T> reader) {
        return database.read(transaction -> query.list(transaction, reader));
    }

    private static TenantRow tenantRow(ResultSet row) throws SQLException {
        return new TenantRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                Query.instant(row, 5));
    }

    private static CustomerRow customerRow(ResultSet row) throws SQLException {
        return new CustomerRow(
                row.getString(1), row.getString(2), row.getString(3), Query.instant(row, 4));
    }

    private static UserRow userRow(ResultSet row) throws SQLException {
        return new UserRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Query.instant(row, 5));
    }

    private static CostCenterRow costCenterRow(ResultSet row) throws SQLException {
        return new CostCenterRow(
                row.getString(1), row.getString(2), row.getString(3), Query.instant(row, 4));
    }
}
