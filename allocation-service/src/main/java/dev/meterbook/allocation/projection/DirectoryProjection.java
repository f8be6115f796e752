package dev.meterbook.allocation.projection;

import dev.meterbook.allocation.application.DirectoryRows;
import dev.meterbook.allocation.domain.DirectoryEvent;
import dev.meterbook.allocation.domain.DirectoryEvent.AllocationRuleSet;
import dev.meterbook.allocation.domain.DirectoryEvent.CostCenterRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.CustomerRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantResumed;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantSuspended;
import dev.meterbook.allocation.domain.DirectoryEvent.UserRegistered;
import dev.meterbook.allocation.domain.EntryId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Writes the read model of the directory. */
public final class DirectoryProjection implements DirectoryRows {

    private static final String SET_RULE =
            """
            insert into allocation_rule
                (tenant_id, application, effective_time, cost_center, record_time)
            values (?, ?, ?, ?, ?)
            on conflict (tenant_id, application, effective_time)
            do update set cost_center = excluded.cost_center, record_time = excluded.record_time
            """;

    private static final String LEVELS_DOWN_TO =
            """
            with recursive path (cost_center_id, parent_id) as (
                select cost_center_id, parent_id from cost_center where cost_center_id = ?
                union all
                select above.cost_center_id, above.parent_id
                from path join cost_center above on above.cost_center_id = path.parent_id)
            select count(*) from path
            """;

    @Override
    public void add(Connection transaction, DirectoryEvent event, Instant recordTime)
            throws SQLException {
        statement(event, recordTime).update(transaction);
    }

    private static Query statement(DirectoryEvent event, Instant recordTime) {
        return switch (event) {
            case TenantRegistered it ->
                    Query.of(
                            "insert into tenant (tenant_id, default_cost_center, suspended,"
                                    + " create_time) values (?, ?, false, ?)",
                            it.tenant(),
                            it.defaultCostCenter(),
                            recordTime);
            case TenantSuspended it ->
                    Query.of("update tenant set suspended = true where tenant_id = ?", it.tenant());
            case TenantResumed it ->
                    Query.of(
                            "update tenant set suspended = false where tenant_id = ?", it.tenant());
            case CustomerRegistered it ->
                    Query.of(
                            "insert into customer (tenant_id, customer_id, create_time)"
                                    + " values (?, ?, ?)",
                            it.tenant(),
                            it.customer(),
                            recordTime);
            case UserRegistered it ->
                    Query.of(
                            "insert into tenant_user (tenant_id, user_id, customer_id, create_time)"
                                    + " values (?, ?, ?, ?)",
                            it.tenant(),
                            it.user(),
                            it.customer(),
                            recordTime);
            case CostCenterRegistered it ->
                    Query.of(
                            "insert into cost_center (cost_center_id, parent_id, create_time)"
                                    + " values (?, ?, ?)",
                            it.costCenter(),
                            it.parent(),
                            recordTime);
            case AllocationRuleSet it ->
                    Query.of(
                            SET_RULE,
                            it.tenant(),
                            it.application(),
                            it.effectiveTime(),
                            it.costCenter(),
                            recordTime);
        };
    }

    @Override
    public boolean exists(Connection transaction, EntryId entry) throws SQLException {
        Query query =
                switch (entry.kind()) {
                    case TENANT -> Query.of("select 1 from tenant where tenant_id = ?", entry.id());
                    case CUSTOMER ->
                            Query.of(
                                    "select 1 from customer where tenant_id = ? and customer_id = ?",
                                    entry.tenant(),
                                    entry.id());
                    case USER ->
                            Query.of(
                                    "select 1 from tenant_user where tenant_id = ? and user_id = ?",
                                    entry.tenant(),
                                    entry.id());
                    case COST_CENTER ->
                            Query.of(
                                    "select 1 from cost_center where cost_center_id = ?",
                                    entry.id());
                };
        return !query.list(transaction, row -> row.getInt(1)).isEmpty();
    }

    @Override
    public int countCostCenters(Connection transaction) throws SQLException {
        return Query.of("select count(*) from cost_center")
                .list(transaction, row -> row.getInt(1))
                .getFirst();
    }

    @Override
    public int levelsDownTo(Connection transaction, String costCenter) throws SQLException {
        return Query.of(LEVELS_DOWN_TO, costCenter)
                .list(transaction, row -> row.getInt(1))
                .getFirst();
    }

    @Override
    public String displayName(Connection transaction, EntryId entry) throws SQLException {
        return Query.of(
                        "select display_name from display_name"
                                + " where tenant_id = ? and kind = ? and id = ?",
                        entry.tenant(),
                        entry.kind().name(),
                        entry.id())
                .list(transaction, row -> row.getString(1))
                .stream()
                .findFirst()
                .orElse("");
    }

    @Override
    public void setDisplayName(Connection transaction, EntryId entry, String displayName)
            throws SQLException {
        if (displayName.isEmpty()) {
            Query.of(
                            "delete from display_name where tenant_id = ? and kind = ? and id = ?",
                            entry.tenant(),
                            entry.kind().name(),
                            entry.id())
                    .update(transaction);
        } else {
            Query.of(
                            "insert into display_name (tenant_id, kind, id, display_name)"
                                    + " values (?, ?, ?, ?) on conflict (tenant_id, kind, id)"
                                    + " do update set display_name = excluded.display_name",
                            entry.tenant(),
                            entry.kind().name(),
                            entry.id(),
                            displayName)
                    .update(transaction);
        }
    }
}
