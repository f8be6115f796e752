package dev.meterbook.platform.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is done within one transaction.
 *
 * @param <T> its result
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object> {

    /**
     * Does it.
     *
     * @param transaction the connection; commit, rollback and close are not the work's
     * @throws SQLException rolls the transaction back
     */
    T in(Connection transaction) throws SQLException;
}
