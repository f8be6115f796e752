package dev.meterbook.allocation.application;

import dev.meterbook.allocation.domain.CostCenterTree;
import dev.meterbook.allocation.domain.Decision;
import dev.meterbook.allocation.domain.Decision.Recorded;
import dev.meterbook.allocation.domain.Decision.Refused;
import dev.meterbook.allocation.domain.Decision.Unchanged;
import dev.meterbook.allocation.domain.DirectoryCommand;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCostCenter;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCustomer;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterUser;
import dev.meterbook.allocation.domain.DirectoryCommand.ResumeTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.SetAllocationRule;
import dev.meterbook.allocation.domain.DirectoryCommand.SuspendTenant;
import dev.meterbook.allocation.domain.DirectoryProblem;
import dev.meterbook.allocation.domain.EntryId;
import dev.meterbook.platform.jdbc.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/**
 * Changes the directory. The fact, its read model and the display name are written in one
 * transaction; when a method returns, the rules of allocation know the fact.
 */
public final class Registrar {

    private static final int ATTEMPTS = 5;

    private final Database database;
    private final DirectoryLog log;
    private final DirectoryRows rows;
    private final Clock clock;

    /**
     * A registrar.
     *
     * @param database the service's own
     * @param log where facts are recorded
     * @param rows the read model
     * @param clock tells when entries were made
     */
    public Registrar(Database database, DirectoryLog log, DirectoryRows rows, Clock clock) {
        this.database = database;
        this.log = log;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Registers an entry; the same again changes nothing.
     *
     * @param entry the entry
     * @param command its registration
     * @param displayName name shown to people; empty for none
     * @return refused with {@link EntryId.Kind#exists()} if it is there with other content or
     *     another display name
     */
    public Decision register(EntryId entry, DirectoryCommand command, String displayName) {
        return inTransaction(
                transaction -> {
                    Decision decision = decide(transaction, command);
                    return switch (decision) {
                        case Recorded _ -> {
                            rows.setDisplayName(transaction, entry, displayName);
                            yield decision;
                        }
                        case Unchanged _ ->
                                rows.displayName(transaction, entry).equals(displayName)
                                        ? decision
                                        : new Refused(entry.kind().exists());
                        case Refused _ -> decision;
                    };
                });
    }

    /** Does what a command says; the same again changes nothing. */
    public Decision execute(DirectoryCommand command) {
        return inTransaction(transaction -> decide(transaction, command));
    }

    /**
     * Replaces the name shown to people.
     *
     * @param displayName empty to erase it
     * @return refused if there is no such entry
     */
    public Decision setDisplayName(EntryId entry, String displayName) {
        return database.write(
                transaction -> {
                    if (!rows.exists(transaction, entry)) {
                        return new Refused(entry.kind().unknown());
                    }
                    rows.setDisplayName(transaction, entry, displayName);
                    return Decision.UNCHANGED;
                });
    }

    private interface Step {
        Decision in(Connection transaction) throws SQLException;
    }

    /**
     * Two that register the same entry at once meet in the log; the later one then finds it there.
     */
    private Decision inTransaction(Step step) {
        for (int attempt = 1; ; attempt++) {
            try {
                Decision decision = database.write(step::in);
                log.catchUp();
                return decision;
            } catch (ChangedMeanwhileException changed) {
                if (attempt == ATTEMPTS) {
                    throw changed;
                }
            }
        }
    }

    private Decision decide(Connection transaction, DirectoryCommand command) throws SQLException {
        Optional<DirectoryProblem> obstacle = obstacle(transaction, command);
        if (obstacle.isPresent()) {
            return new Refused(obstacle.get());
        }
        Decision decision = log.handle(command);
        if (decision instanceof Recorded recorded) {
            rows.add(transaction, recorded.event(), clock.instant());
        }
        return decision;
    }

    /** What the rest of the directory has against a command. */
    private Optional<DirectoryProblem> obstacle(Connection transaction, DirectoryCommand command)
            throws SQLException {
        return switch (command) {
            case RegisterTenant it -> missingCostCenter(transaction, it.defaultCostCenter());
            case SuspendTenant it -> missing(transaction, EntryId.tenant(it.tenant()));
            case ResumeTenant it -> missing(transaction, EntryId.tenant(it.tenant()));
            case RegisterCustomer it -> missing(transaction, EntryId.tenant(it.tenant()));
            case RegisterUser it -> {
                var tenant = missing(transaction, EntryId.tenant(it.tenant()));
                yield tenant.isPresent() || it.customer().isEmpty()
                        ? tenant
                        : missing(transaction, EntryId.customer(it.tenant(), it.customer()));
            }
            case RegisterCostCenter it -> noPlace(transaction, it);
            case SetAllocationRule it -> {
                var tenant = missing(transaction, EntryId.tenant(it.tenant()));
                yield tenant.isPresent() ? tenant : missingCostCenter(transaction, it.costCenter());
            }
        };
    }

    private Optional<DirectoryProblem> missing(Connection transaction, EntryId entry)
            throws SQLException {
        return rows.exists(transaction, entry)
                ? Optional.empty()
                : Optional.of(entry.kind().unknown());
    }

    private Optional<DirectoryProblem> missingCostCenter(Connection transaction, String costCenter)
            throws SQLException {
        return costCenter.isEmpty()
                ? Optional.empty()
                : missing(transaction, EntryId.costCenter(costCenter));
    }

    private Optional<DirectoryProblem> noPlace(Connection transaction, RegisterCostCenter command)
            throws SQLException {
        if (rows.exists(transaction, EntryId.costCenter(command.costCenter()))) {
            return Optional.empty();
        }
        if (rows.countCostCenters(transaction) >= CostCenterTree.MAX_COST_CENTERS) {
            return Optional.of(DirectoryProblem.COST_CENTER_TREE_FULL);
        }
        if (command.parent().isEmpty()) {
            return Optional.empty();
        }
        int levels = rows.levelsDownTo(transaction, command.parent());
        return levels == 0
                ? Optional.of(DirectoryProblem.UNKNOWN_COST_CENTER)
                : levels >= CostCenterTree.MAX_LEVELS
                        ? Optional.of(DirectoryProblem.COST_CENTER_TREE_TOO_DEEP)
                        : Optional.empty();
    }
}
