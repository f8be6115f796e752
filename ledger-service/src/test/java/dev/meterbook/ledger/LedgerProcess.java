package dev.meterbook.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.meterbook.platform.consumer.LogConsumers;
import dev.meterbook.platform.consumer.RunningConsumer;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.jdbc.ServiceSettings;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.platform.security.ApiKeyEvents;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.CreditKind;
import dev.meterbook.proto.ledger.v1.CreditServiceGrpc;
import dev.meterbook.proto.ledger.v1.CreditServiceGrpc.CreditServiceBlockingStub;
import dev.meterbook.proto.ledger.v1.GetTrialBalanceRequest;
import dev.meterbook.proto.ledger.v1.GrantTenantCreditRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceServiceGrpc;
import dev.meterbook.proto.ledger.v1.InvoiceServiceGrpc.InvoiceServiceBlockingStub;
import dev.meterbook.proto.ledger.v1.IssueInvoiceRequest;
import dev.meterbook.proto.ledger.v1.LedgerServiceGrpc;
import dev.meterbook.proto.ledger.v1.LedgerServiceGrpc.LedgerServiceBlockingStub;
import dev.meterbook.proto.ledger.v1.TenantCredit;
import dev.meterbook.proto.ledger.v1.TrialBalance;
import dev.meterbook.proto.pricing.v1.PeriodSettled;
import dev.meterbook.proto.type.v1.Money;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The ledger as a process, with a pricing log to write into and keys to call it with. */
final class LedgerProcess implements AutoCloseable {

    static final ApiKey OPERATOR = new ApiKey("op1", "secretOfOperator");
    static final ApiKey READER = new ApiKey("op2", "secretOfOperator2");
    static final ApiKey ACME = new ApiKey("acme1", "secretOfAcme0123");
    static final ApiKey GLOBEX = new ApiKey("globex1", "secretOfGlobex123");

    private static final EventType USAGE_RATED = EventType.of("pricing.UsageRated");
    private static final EventType PERIOD_SETTLED = EventType.of("pricing.PeriodSettled");

    /** A database to stand in while others are made. */
    private static final TestDatabase ADMINISTRATION = PostgresFixture.freshDatabase();

    private static final AtomicInteger COPIES = new AtomicInteger();

    private final TestDatabase server;
    private final Database pricing;
    private final EventLog pricingLog = new EventLog("pricing", Clock.systemUTC());
    private final AtomicLong nextKey = new AtomicLong();
    private ApplicationContext context;
    private ManagedChannel channel;

    private LedgerProcess(TestDatabase server) {
        this.server = server;
        this.pricing = database(server, "pricing");
        context = startContext();
        channel = openChannel();
    }

    /** A process on an empty book. */
    static LedgerProcess fresh() throws SQLException {
        TestDatabase template = Template.DATABASE;
        String name = template.name() + "_" + COPIES.incrementAndGet();
        try (Connection connection = ADMINISTRATION.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template.name());
        }
        String url = template.jdbcUrl().replace(template.name(), name);
        return new LedgerProcess(new TestDatabase(url, template.user(), template.password()));
    }

    /** A database with all tables and keys, made once and copied for each process. */
    private static final class Template {

        static final TestDatabase DATABASE = make();

        private static TestDatabase make() {
            try {
                TestDatabase server = PostgresFixture.freshDatabase().provisioned();
                for (String service : List.of("gateway", "pricing", "ledger")) {
                    try (Database migrated = database(server, service)) {
                        if (service.equals("gateway")) {
                            issueKeys(migrated);
                        }
                    }
                }
                return server;
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        }
    }

    private static Database database(TestDatabase server, String service) {
        String password = TestDatabase.SERVICE_PASSWORD;
        return new Database(new ServiceSettings(service, server.jdbcUrl(), password, password, 4));
    }

    private static void issueKeys(Database gateway) {
        EventLog log = new EventLog("gateway", Clock.systemUTC());
        Set<Scope> all = Set.of(Scope.READ, Scope.ADMIN);
        List<NewEvent> keys =
                List.of(
                        ApiKeyEvents.issued(OPERATOR, null, all, null),
                        ApiKeyEvents.issued(READER, null, Set.of(Scope.READ), null),
                        ApiKeyEvents.issued(ACME, "acme", all, null),
                        ApiKeyEvents.issued(GLOBEX, "globex", Set.of(Scope.READ), null));
        gateway.write(transaction -> log.append(transaction, keys));
    }

    private ApplicationContext startContext() {
        Map<String, Object> configuration = new HashMap<>(server.configurationOf("ledger"));
        configuration.put("grpc.server.port", 0);
        configuration.put("meterbook.ledger.seller.name", "Example Cloud AG");
        return ApplicationContext.builder()
                .overrideConfigLocations(LedgerApplication.CONFIG)
                .propertySources(PropertySource.of("test", configuration))
                .start();
    }

    private ManagedChannel openChannel() {
        GrpcEmbeddedServer grpc = context.getBean(GrpcEmbeddedServer.class);
        grpc.start();
        return ManagedChannelBuilder.forAddress("127.0.0.1", grpc.getPort()).usePlaintext().build();
    }

    /** Ends the process and starts it again on the same data. */
    void restart() {
        channel.shutdownNow();
        context.close();
        context = startContext();
        channel = openChannel();
    }

    TestDatabase server() {
        return server;
    }

    ApplicationContext context() {
        return context;
    }

    /** What books the rating log. */
    RunningConsumer consumer() {
        return context.getBean(LogConsumers.class).find("ledger-postings").orElseThrow();
    }

    /** Changes rows as a superuser can. */
    void change(String sql) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = ledger");
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Writes an event into the rating log; returns its position there. */
    long rate(RatedEvent event) {
        return append(USAGE_RATED, event.build().toByteArray());
    }

    /** Writes a settlement into the rating log; returns its position there. */
    long settle(PeriodSettled.Builder settled) {
        return append(PERIOD_SETTLED, settled.build().toByteArray());
    }

    /** Writes a settlement into the rating log and waits until it is booked. */
    long settleAndBook(PeriodSettled.Builder settled) {
        long position = settle(settled);
        awaitBooked(position);
        return position;
    }

    private long append(EventType type, byte[] payload) {
        NewEvent rated = NewEvent.of("", new UUID(7, nextKey.incrementAndGet()), type, payload);
        return pricing.write(
                transaction -> {
                    AppendOutcome outcome =
                            pricingLog.append(transaction, List.of(rated)).getFirst();
                    return outcome.position();
                });
    }

    /** Writes an event into the rating log and waits until it is booked. */
    long rateAndBook(RatedEvent event) {
        long position = rate(event);
        awaitBooked(position);
        return position;
    }

    void awaitBooked(long position) {
        await().untilAsserted(
                        () ->
                                assertThat(text("select rating_position from posting_progress"))
                                        .isEqualTo(Long.toString(position)));
    }

    LedgerServiceBlockingStub ledger(ApiKey key) {
        return LedgerServiceGrpc.newBlockingStub(as(key));
    }

    InvoiceServiceBlockingStub invoices(ApiKey key) {
        return InvoiceServiceGrpc.newBlockingStub(as(key));
    }

    Channel as(ApiKey key) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + key.text());
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    CreditServiceBlockingStub credits(ApiKey key) {
        return CreditServiceGrpc.newBlockingStub(as(key));
    }

    /**
     * Grants a credit in dollars.
     *
     * @param expireTime from when on it pays nothing; empty for never
     */
    TenantCredit grant(
            String tenant, String id, CreditKind kind, String amount, String expireTime) {
        GrantTenantCreditRequest.Builder request =
                GrantTenantCreditRequest.newBuilder()
                        .setParent("tenants/" + tenant)
                        .setCreditId(id)
                        .setKind(kind)
                        .setAmount(Money.newBuilder().setAmount(amount).setCurrencyCode("USD"));
        if (!expireTime.isEmpty()) {
            request.setExpireTime(
                    Timestamp.newBuilder().setSeconds(Instant.parse(expireTime).getEpochSecond()));
        }
        return credits(OPERATOR).grantTenantCredit(request.build());
    }

    Invoice draft(String tenant, String id, String period) {
        return invoices(OPERATOR)
                .createInvoiceDraft(
                        CreateInvoiceDraftRequest.newBuilder()
                                .setParent("tenants/" + tenant)
                                .setInvoiceId(id)
                                .setPeriod(period)
                                .build());
    }

    Invoice issue(String tenant, String id) {
        return invoices(OPERATOR)
                .issueInvoice(
                        IssueInvoiceRequest.newBuilder()
                                .setName("tenants/" + tenant + "/invoices/" + id)
                                .build());
    }

    TrialBalance trialBalance() {
        return ledger(OPERATOR).getTrialBalance(GetTrialBalanceRequest.getDefaultInstance());
    }

    /** Balances by account id, for example {@code acme/usage_cost.USD = 1.5}; zeros left out. */
    Map<String, String> balances() {
        Map<String, String> balances = new HashMap<>();
        trialBalance()
                .getAccountsList()
                .forEach(
                        account -> {
                            if (!account.getBalance().getAmount().equals("0")) {
                                balances.put(
                                        account.getName()
                                                .replace("tenants/", "")
                                                .replace("/accounts", ""),
                                        account.getBalance().getAmount());
                            }
                        });
        return balances;
    }

    /** Checks every balance and count against the journal. */
    void assertBooksAreTrue() {
        assertThat(
                        texts(
                                """
                                with booked as (
                                    select * from (select * from posting union all select * from posting_correction) p
                                    join posting_route r on r.id = p.route)
                                select a.id, a.debits, j.debits, a.credits, j.credits
                                from account a
                                full join (
                                    select account, sum(debit) as debits, sum(credit) as credits
                                    from (
                                        select cost_debit as account, greatest(cost, 0) as debit, greatest(-cost, 0) as credit from booked
                                        union all select cost_credit, greatest(-cost, 0), greatest(cost, 0) from booked
                                        union all select charge_debit, greatest(charge, 0), greatest(-charge, 0) from booked
                                        union all select charge_credit, greatest(-charge, 0), greatest(charge, 0) from booked
                                        union all select debit_account, amount, 0 from transfer
                                        union all select credit_account, 0, amount from transfer
                                        union all select debit_account, amount, 0 from settlement
                                        union all select credit_account, 0, amount from settlement
                                    ) as side group by account
                                ) as j on j.account = a.id
                                where a.debits is distinct from coalesce(j.debits, 0)
                                   or a.credits is distinct from coalesce(j.credits, 0)
                                """))
                .isEmpty();
        assertThat(
                        text(
                                """
                                select booked_calls - (select count(*) from posting)
                                    || ' ' || unpriced_calls - (select count(*) from unpriced_posting)
                                from posting_progress
                                """))
                .isEqualTo("0 0");
        assertThat(
                        texts(
                                """
                                select a.tenant_id
                                from account a
                                full join (select tenant_id, currency, sum(charge) as charge
                                           from billable group by tenant_id, currency) b
                                    using (tenant_id, currency)
                                where a.type = 5 and a.debits - a.credits <> coalesce(b.charge, 0)
                                   or a.id is null
                                """))
                .isEmpty();
        assertThat(
                        texts(
                                """
                                select tenant_id || ' ' || currency
                                from (select * from account where type = 8) a
                                full join (select tenant_id, currency, sum(remaining) as remaining
                                           from tenant_credit group by tenant_id, currency) c
                                    using (tenant_id, currency)
                                where a.credits - a.debits is distinct from c.remaining
                                union all
                                select c.credit_id from tenant_credit c
                                where c.amount - c.remaining <> coalesce(
                                    (select sum(p.amount) from invoice_credit p
                                     where (p.tenant_id, p.credit_id) = (c.tenant_id, c.credit_id)), 0)
                                """))
                .isEmpty();
        trialBalance()
                .getCurrenciesList()
                .forEach(each -> assertThat(each.getDifference().getAmount()).isEqualTo("0"));
    }

    /** The one value of a query, as the superuser sees it. */
    @Nullable String text(String sql) {
        List<@Nullable String> rows = texts(sql);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    /** First column of each row, as the superuser sees it. */
    List<@Nullable String> texts(String sql) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = ledger");
            List<@Nullable String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        context.close();
        pricing.close();
    }
}
