package dev.meterbook.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.budget.application.BudgetAdministration;
import dev.meterbook.budget.application.BudgetBook;
import dev.meterbook.budget.application.BudgetDesk.Result;
import dev.meterbook.budget.application.BudgetStatuses;
import dev.meterbook.budget.application.CountersUnavailableException;
import dev.meterbook.budget.application.admission.Authorization;
import dev.meterbook.budget.application.admission.AuthorizeOutcome;
import dev.meterbook.budget.application.admission.AuthorizeQuestion;
import dev.meterbook.budget.application.admission.Authorizer;
import dev.meterbook.budget.application.admission.HoldJournal;
import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.application.admission.HoldReleaser;
import dev.meterbook.budget.application.admission.HoldState;
import dev.meterbook.budget.application.counting.SpendCounters;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetCommand;
import dev.meterbook.budget.domain.BudgetEvent.ThresholdReached;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.Figures;
import dev.meterbook.budget.domain.Figures.Completeness;
import dev.meterbook.budget.projection.alert.AlertView;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.testing.MutableClock;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import io.lettuce.core.RedisClient;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The budget service on real servers, with the logs of pricing and gateway in the same process, so
 * that tests can write rated calls and keys. Budgets are those of tenant acme.
 */
public final class RunningBudgets implements AutoCloseable {

    /** Patience with what happens in other threads. */
    static final Duration SOON = Duration.ofSeconds(20);

    private final TestDatabase database;
    private final String redisUri;
    private final String priceAddress;
    private ApplicationContext context;

    private RunningBudgets(TestDatabase database, String redisUri, String priceAddress) {
        this.database = database;
        this.redisUri = redisUri;
        this.priceAddress = priceAddress;
        this.context = start();
    }

    /** Starts on an empty database. */
    public static RunningBudgets on(String redisUri, String priceAddress) {
        try {
            return new RunningBudgets(
                    PostgresFixture.freshDatabase().provisioned(), redisUri, priceAddress);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** A second process on the same data. */
    public RunningBudgets another() {
        return new RunningBudgets(database, redisUri, priceAddress);
    }

    private ApplicationContext start() {
        Map<String, Object> properties =
                new HashMap<>(database.configurationOf("pricing", "gateway"));
        properties.put("METERBOOK_POSTGRES_URL", database.jdbcUrl());
        properties.put("METERBOOK_BUDGET_PASSWORD", TestDatabase.SERVICE_PASSWORD);
        properties.put("METERBOOK_BUDGET_OWNER_PASSWORD", TestDatabase.SERVICE_PASSWORD);
        properties.put("METERBOOK_REDIS_URL", redisUri);
        properties.put("METERBOOK_PRICING_ADDRESS", priceAddress);
        properties.put("METERBOOK_GRPC_PORT", "0");
        return ApplicationContext.builder()
                .overrideConfigLocations(BudgetApplication.CONFIG)
                .properties(properties)
                .start();
    }

    /**
     * Ends the process and starts it again on the same data; returns when it has found its
     * counters.
     */
    public void restart() {
        Instant now = clock().instant();
        context.close();
        context = start();
        clock().set(now);
        awaitCounted(0);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(Class<T> type, String service) {
        return context.getBean(type, Qualifiers.byName(service));
    }

    public MutableClock clock() {
        return bean(MutableClock.class);
    }

    /** Starts the gRPC server; returns its port. */
    public int serve() {
        GrpcEmbeddedServer server = bean(GrpcEmbeddedServer.class);
        if (!server.isRunning()) {
            var _ = server.start();
        }
        return server.getPort();
    }

    /** Creates a budget; returns when it is counted. */
    public Budget define(Plan plan) {
        Budget budget = done(plan.command(clock().instant()));
        awaitComplete(budget.key());
        return budget;
    }

    public Budget done(BudgetCommand command) {
        return ((Result.Done) bean(BudgetAdministration.class).handle(command)).budget();
    }

    public Authorization authorize(AuthorizeQuestion question) {
        AuthorizeOutcome outcome = bean(Authorizer.class).authorize(question);
        return ((AuthorizeOutcome.Answered) outcome).authorization();
    }

    public HoldState release(String holdId) {
        return bean(HoldReleaser.class).release(new HoldName("acme", holdId));
    }

    /** Writes a rated batch and waits until it is counted. */
    public void count(Rated rated) {
        awaitCounted(append(rated));
    }

    private void awaitCounted(long position) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptionsInstanceOf(CountersUnavailableException.class)
                .until(
                        () ->
                                bean(SpendCounters.class)
                                        .present()
                                        .map(progress -> progress.position() >= position)
                                        .orElse(false));
    }

    /** Writes a rated batch; returns its position. */
    public long append(Rated rated) {
        NewEvent event =
                NewEvent.of(
                        "", UUID.randomUUID(), EventType.of("pricing.UsageRated"), rated.bytes());
        return append("pricing", event);
    }

    /** Writes an event; returns its position. */
    public long append(String service, NewEvent event) {
        EventLog log = bean(EventLog.class, service);
        List<AppendOutcome> outcome =
                bean(Database.class, service)
                        .write(transaction -> log.append(transaction, List.of(event)));
        return outcome.getFirst().position();
    }

    /** Events of the budgets' own log. */
    public List<StoredEvent> events(String name) {
        List<StoredEvent> events =
                bean(Database.class, "budget")
                        .read(
                                transaction ->
                                        bean(EventLog.class, "budget")
                                                .reader()
                                                .read(transaction, 0, 1_000));
        return events.stream().filter(event -> event.type().name().equals(name)).toList();
    }

    public Figures figures(String budgetId) {
        return status(budgetId).figures();
    }

    private BudgetStatuses.Status status(String budgetId) {
        Budget budget = bean(BudgetBook.class).find(new BudgetKey("acme", budgetId)).orElseThrow();
        return bean(BudgetStatuses.class).now(List.of(budget)).getFirst();
    }

    public String spent(String budgetId) {
        return figures(budgetId).spent().value().stripTrailingZeros().toPlainString();
    }

    public String held(String budgetId) {
        return figures(budgetId).held().value().stripTrailingZeros().toPlainString();
    }

    /** What is spent in the window that holds a moment. */
    public String spentAt(String budgetId, String moment) {
        Budget budget = bean(BudgetBook.class).find(new BudgetKey("acme", budgetId)).orElseThrow();
        return bean(BudgetStatuses.class)
                .at(budget, Instant.parse(moment))
                .orElseThrow()
                .figures()
                .spent()
                .value()
                .stripTrailingZeros()
                .toPlainString();
    }

    public List<ThresholdReached> alerts(String budgetId) {
        return bean(AlertView.class).list("acme", budgetId, Long.MAX_VALUE, 100).stream()
                .map(AlertView.Row::alert)
                .toList();
    }

    /** Returns when a budget is counted completely. */
    public void awaitComplete(BudgetKey key) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptionsInstanceOf(CountersUnavailableException.class)
                .untilAsserted(
                        () ->
                                assertThat(figures(key.budgetId()).completeness())
                                        .isEqualTo(Completeness.COMPLETE));
    }

    /** Empties Redis, when the holds so far are in the journal. */
    public void loseCounters() {
        bean(HoldJournal.class).flush();
        try (RedisClient client = RedisClient.create(redisUri)) {
            var _ = client.connect().sync().flushall();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
