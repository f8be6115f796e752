package dev.meterbook.platform.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of one service, seen with its run-time role and its schema as search path. A
 * transaction is bound to the thread: work within work joins it. Isolation is read committed.
 */
public final class Database implements AutoCloseable {

    /** Times that a transaction is tried when the database chose it as a victim. */
    private static final int ATTEMPTS = 4;

    /** Serialization failure, deadlock. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

    private final ServiceSettings settings;
    private final HikariDataSource pool;

    @SuppressWarnings(
            "ThreadLocalUsage") // one a database, and databases live as long as the process
    private final ThreadLocal<@Nullable Connection> bound = new ThreadLocal<>();

    /** Runs the migrations and opens the pool. */
    public Database(ServiceSettings settings) {
        this.settings = settings;
        Migrations.run(settings);
        this.pool = new HikariDataSource(poolOf(settings));
    }

    private static HikariConfig poolOf(ServiceSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.name());
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.role());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(2);
        config.setAutoCommit(false);
        config.setConnectionTimeout(10_000);
        // Not Hikari's own setting: that is a statement, which a rollback takes back.
        config.addDataSourceProperty("currentSchema", settings.name());
        config.addDataSourceProperty("ApplicationName", "meterbook-" + settings.name());
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    /** The service whose database it is. */
    public String service() {
        return settings.name();
    }

    /** The settings it was opened with. */
    public ServiceSettings settings() {
        return settings;
    }

    /** The pool: connections have autocommit off. */
    public DataSource dataSource() {
        return pool;
    }

    /**
     * Does work in one transaction; joins the thread's transaction if there is one. Tried again
     * when the database breaks a deadlock, so the work must have no effect outside the transaction.
     *
     * @throws DatabaseException if the database refuses
     */
    public <T extends @Nullable Object> T write(Work<T> work) {
        Connection outer = bound.get();
        try {
            return outer != null ? work.in(outer) : inNewTransaction(work);
        } catch (SQLException refused) {
            throw new DatabaseException(refused);
        }
    }

    /**
     * Reads over all tenants, in a read-only transaction; joins the thread's transaction if there
     * is one.
     */
    public <T extends @Nullable Object> T read(Work<T> work) {
        return bound.get() != null ? write(work) : write(readOnly(work));
    }

    /**
     * Reads over all tenants, each statement by itself: no transaction is begun or ended, which
     * spares an exchange. Never joins the thread's transaction.
     */
    public <T extends @Nullable Object> T look(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(true); // the pool takes it back
            return work.in(connection);
        } catch (SQLException refused) {
            throw new DatabaseException(refused);
        }
    }

    /**
     * Reads on behalf of one tenant: row-level security hides every row of the others, whatever the
     * query says. Never joins another transaction.
     *
     * @param tenantId the tenant, from the verified credential
     */
    public <T extends @Nullable Object> T readAsTenant(String tenantId, Work<T> work) {
        if (bound.get() != null) {
            throw new IllegalStateException("a tenant's read stands in a transaction of its own");
        }
        return write(
                readOnly(
                        transaction -> {
                            execute(transaction, "set local role " + settings.readerRole());
                            setTenant(transaction, tenantId);
                            return work.in(transaction);
                        }));
    }

    private static <T extends @Nullable Object> Work<T> readOnly(Work<T> work) {
        return transaction -> {
            transaction.setReadOnly(true); // the pool takes it back
            return work.in(transaction);
        };
    }

    private <T extends @Nullable Object> T inNewTransaction(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return tryOnce(work);
            } catch (SQLException victim) {
                if (attempt >= ATTEMPTS || !isVictim(victim)) {
                    throw victim;
                }
            }
        }
    }

    private static boolean isVictim(SQLException refused) {
        return refused.getSQLState() != null && TRY_AGAIN.contains(refused.getSQLState());
    }

    private <T extends @Nullable Object> T tryOnce(Work<T> work) throws SQLException {
        Connection connection = begin();
        boolean done = false;
        try {
            T result = work.in(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            end(connection, done);
        }
    }

    /** Begins a transaction and binds it to the thread; to be ended by {@link #end}. */
    public Connection begin() throws SQLException {
        if (bound.get() != null) {
            throw new IllegalStateException("the thread is in a transaction already");
        }
        Connection connection = pool.getConnection();
        bound.set(connection);
        return connection;
    }

    /** Unbinds and gives back; rolls back unless it was committed. */
    public void end(Connection connection, boolean committed) throws SQLException {
        bound.remove();
        try (connection) {
            if (!committed) {
                connection.rollback();
            }
        }
    }

    /** The connection of the thread's transaction; null if it is in none. */
    public @Nullable Connection current() {
        return bound.get();
    }

    private static void setTenant(Connection transaction, String tenantId) throws SQLException {
        try (PreparedStatement set =
                transaction.prepareStatement("select set_config('meterbook.tenant', ?, true)")) {
            set.setString(1, tenantId);
            set.execute();
        }
    }

    private static void execute(Connection transaction, String sql) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(sql)) {
            statement.execute();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
