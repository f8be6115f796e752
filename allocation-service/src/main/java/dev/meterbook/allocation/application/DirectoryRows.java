package dev.meterbook.allocation.application;

import dev.meterbook.allocation.domain.DirectoryEvent;
import dev.meterbook.allocation.domain.EntryId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The read model of the directory, as far as changing it needs it; within the caller's transaction.
 */
public interface DirectoryRows {

    /** Brings the read model up to date with a new fact. */
    void add(Connection transaction, DirectoryEvent event, Instant recordTime) throws SQLException;

    /** True if there is such an entry. */
    boolean exists(Connection transaction, EntryId entry) throws SQLException;

    /** Cost centers of the operator. */
    int countCostCenters(Connection transaction) throws SQLException;

    /**
     * Levels from the top of the tree to a cost center, both counted; 0 if it is not registered.
     */
    int levelsDownTo(Connection transaction, String costCenter) throws SQLException;

    /** The name shown to people; empty if there is none. */
    String displayName(Connection transaction, EntryId entry) throws SQLException;

    /** Replaces the name shown to people; empty erases it. */
    void setDisplayName(Connection transaction, EntryId entry, String displayName)
            throws SQLException;
}
