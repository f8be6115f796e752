package dev.meterbook.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.meterbook.proto.metering.v1.MeteredCall;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * The peer: Axon's stock JDBC event storage engine, as it comes, appends the same calls as events
 * of their own aggregates. 16 threads, a pool of 16 connections that commit by themselves. Nothing
 * is rated, booked or counted, and Axon's command bus is left out too.
 */
final class PeerSide implements Side {

    private static final int THREADS = 16;

    private final BenchSystem system;
    private final Meter meter;
    private final Shape shape;
    private final int batch;
    private final Duration duration;

    /**
     * A peer.
     *
     * @param batch events of one append
     */
    PeerSide(BenchSystem system, Meter meter, Shape shape, int batch, Duration duration) {
        this.system = system;
        this.meter = meter;
        this.shape = shape;
        this.batch = batch;
        this.duration = duration;
    }

    @Override
    public String name() {
        return batch == 1 ? "Axon JDBC, 1 event" : "Axon JDBC, " + batch + " events";
    }

    @Override
    public Measurement measure() {
        system.execute("drop schema if exists bench cascade");
        system.execute("create schema bench");
        try (HikariDataSource pool = pool()) {
            JdbcEventStorageEngine engine = engine(pool);
            engine.createSchema(PostgresEventTableFactory.INSTANCE);
            Measurement measured = meter.measure(() -> append(engine));
            requireAll(pool, measured.calls());
            return measured;
        } catch (SQLException refused) {
            throw new BenchFailure("the peer failed", refused);
        } finally {
            system.execute("drop schema bench cascade");
        }
    }

    private HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(system.servers().postgresUrl() + "?currentSchema=bench");
        config.setUsername(system.servers().postgresUser());
        config.setPassword(system.servers().postgresPassword());
        config.setMaximumPoolSize(THREADS);
        config.setMinimumIdle(THREADS);
        return new HikariDataSource(config);
    }

    private static JdbcEventStorageEngine engine(HikariDataSource pool) {
        JacksonSerializer serializer = JacksonSerializer.defaultSerializer();
        return JdbcEventStorageEngine.builder()
                .connectionProvider(new DataSourceConnectionProvider(pool))
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .build();
    }

    private long append(JdbcEventStorageEngine engine) {
        long end = System.nanoTime() + duration.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Long>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                CallGenerator calls = new CallGenerator(shape, -1 - thread);
                running.add(threads.submit(() -> append(engine, calls, end)));
            }
            long sum = 0;
            for (Future<Long> each : running) {
                sum += each.get();
            }
            return sum;
        } catch (ExecutionException failed) {
            throw new BenchFailure("the peer failed: " + failed.getCause(), failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("stopped", stop);
        }
    }

    private long append(JdbcEventStorageEngine engine, CallGenerator calls, long end) {
        long appended = 0;
        while (System.nanoTime() < end) {
            List<GenericDomainEventMessage<PeerCall>> events = new ArrayList<>(batch);
            for (int i = 0; i < batch; i++) {
                MeteredCall call = calls.fresh(Instant.now());
                events.add(
                        new GenericDomainEventMessage<>(
                                "Call", call.getId(), 0, PeerCall.of(call)));
            }
            engine.appendEvents(events);
            appended += batch;
        }
        return appended;
    }

    private static void requireAll(HikariDataSource pool, long events) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from DomainEventEntry")) {
            row.next();
            if (row.getLong(1) != events) {
                throw new BenchFailure(
                        "the peer stored %d events (expected: %d)"
                                .formatted(row.getLong(1), events));
            }
        }
    }
}
