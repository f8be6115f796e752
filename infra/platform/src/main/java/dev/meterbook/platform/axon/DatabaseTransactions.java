package dev.meterbook.platform.axon;

import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.jdbc.ConnectionWrapperFactory.ConnectionCloseHandler;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/**
 * Axon's transactions are the transactions of a {@link Database}: what Axon stores (events, tokens)
 * and what handlers store through the same database is committed together.
 */
public final class DatabaseTransactions implements TransactionManager, ConnectionProvider {

    private final Database database;

    /** Transactions of a database. */
    public DatabaseTransactions(Database database) {
        this.database = database;
    }

    /** Begins a transaction on this thread, or joins the one it is in. */
    @Override
    public Transaction startTransaction() {
        if (database.current() != null) {
            return Joined.INSTANCE;
        }
        try {
            return new Own(database, database.begin());
        } catch (SQLException refused) {
            throw new DatabaseException(refused);
        }
    }

    /** The connection of the thread's transaction; closing it has no effect. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection bound = database.current();
        if (bound == null) {
            throw new SQLException("Axon asked for a connection outside of a transaction");
        }
        return ConnectionWrapperFactory.wrap(bound, LeftOpen.INSTANCE);
    }

    private record Own(Database database, Connection connection) implements Transaction {

        @Override
        public void commit() {
            boolean done = false;
            try {
                connection.commit();
                done = true;
            } catch (SQLException refused) {
                throw new DatabaseException(refused);
            } finally {
                end(done);
            }
        }

        @Override
        public void rollback() {
            end(false);
        }

        private void end(boolean committed) {
            try {
                database.end(connection, committed);
            } catch (SQLException refused) {
                throw new DatabaseException(refused);
            }
        }
    }

    private enum Joined implements Transaction {
        INSTANCE;

        @Override
        public void commit() {
            // The transaction ends where it began.
        }

        @Override
        public void rollback() {
            // The exception that led here ends the outer transaction too.
        }
    }

    private enum LeftOpen implements ConnectionCloseHandler {
        INSTANCE;

        @Override
        public void close(Connection connection) {
            // The transaction's owner closes it.
        }

        @Override
        public void commit(Connection connection) {
            // The transaction's owner commits it.
        }
    }
}
