package dev.meterbook.allocation;

import static org.awaitility.Awaitility.await;

import dev.meterbook.platform.consumer.LogConsumers;
import dev.meterbook.platform.consumer.RunningConsumer;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.platform.security.ApiKeyEvents;
import dev.meterbook.platform.security.CallerInterceptor;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.allocation.v1.AllocationServiceGrpc;
import dev.meterbook.proto.allocation.v1.AllocationServiceGrpc.AllocationServiceBlockingStub;
import dev.meterbook.proto.allocation.v1.CostCenter;
import dev.meterbook.proto.allocation.v1.CreateCostCenterRequest;
import dev.meterbook.proto.allocation.v1.CreateTenantRequest;
import dev.meterbook.proto.allocation.v1.DirectoryServiceGrpc;
import dev.meterbook.proto.allocation.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.meterbook.proto.allocation.v1.SetAllocationRuleRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.pricing.v1.UsageRated;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.runtime.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The allocation service on a free port and a real database. The logs of pricing and gateway are in
 * the same process, so that tests can write ratings and keys.
 */
public final class RunningAllocation implements AutoCloseable {

    public static final ApiKey ADMIN = new ApiKey("admin", "adminsecret00000");
    public static final ApiKey ACME = new ApiKey("acme", "acmesecret000000");
    public static final ApiKey GLOBEX = new ApiKey("globex", "globexsecret0000");
    public static final ApiKey INGEST = new ApiKey("ingest", "ingestsecret0000");

    private static final EventType RATED = EventType.of("pricing.UsageRated");

    private final TestDatabase server;
    private ApplicationContext context;
    private ManagedChannel channel;

    private RunningAllocation(TestDatabase server) {
        this.server = server;
        this.context = start(server);
        this.channel = connect(context);
    }

    /** An empty database with a key of each kind. */
    public static RunningAllocation fresh() throws SQLException {
        RunningAllocation running =
                new RunningAllocation(PostgresFixture.freshDatabase().provisioned());
        running.issue(ADMIN, null, Scope.READ, Scope.ADMIN);
        running.issue(ACME, "acme", Scope.READ);
        running.issue(GLOBEX, "globex", Scope.READ);
        running.issue(INGEST, "acme", Scope.INGEST);
        return running;
    }

    private static ApplicationContext start(TestDatabase server) {
        Map<String, Object> configuration =
                new HashMap<>(server.configurationOf("allocation", "pricing", "gateway"));
        configuration.put("grpc.server.port", "0");
        configuration.put("meterbook.allocation.query-time-limit", "2s");
        return ApplicationContext.builder()
                .overrideConfigLocations(AllocationApplication.CONFIG)
                .properties(configuration)
                .start();
    }

    private static ManagedChannel connect(ApplicationContext context) {
        EmbeddedServer grpc = context.getBean(GrpcEmbeddedServer.class).start();
        return NettyChannelBuilder.forAddress("127.0.0.1", grpc.getPort()).usePlaintext().build();
    }

    /** Ends the process and starts it again on the same data. */
    public void restart() {
        close();
        context = start(server);
        channel = connect(context);
    }

    public DirectoryServiceBlockingStub directory(ApiKey key) {
        return DirectoryServiceGrpc.newBlockingStub(channel(key));
    }

    public AllocationServiceBlockingStub costs(ApiKey key) {
        return AllocationServiceGrpc.newBlockingStub(channel(key));
    }

    private Channel channel(ApiKey key) {
        Metadata headers = new Metadata();
        headers.put(CallerInterceptor.AUTHORIZATION, "Bearer " + key.text());
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    public void tenant(String tenant) {
        tenant(tenant, "");
    }

    public void tenant(String tenant, String defaultCostCenter) {
        var _ =
                directory(ADMIN)
                        .createTenant(
                                CreateTenantRequest.newBuilder()
                                        .setTenantId(tenant)
                                        .setTenant(
                                                Tenant.newBuilder()
                                                        .setDefaultCostCenter(
                                                                defaultCostCenter.isEmpty()
                                                                        ? ""
                                                                        : "costCenters/"
                                                                                + defaultCostCenter))
                                        .build());
    }

    public void costCenter(String costCenter, String parent) {
        var _ =
                directory(ADMIN)
                        .createCostCenter(
                                CreateCostCenterRequest.newBuilder()
                                        .setCostCenterId(costCenter)
                                        .setCostCenter(
                                                CostCenter.newBuilder()
                                                        .setParentCostCenter(
                                                                parent.isEmpty()
                                                                        ? ""
                                                                        : "costCenters/" + parent))
                                        .build());
    }

    /** Sets which cost center takes an application's calls. */
    public void rule(String tenant, String application, String costCenter, String from) {
        SetAllocationRuleRequest.Builder request =
                SetAllocationRuleRequest.newBuilder().setParent("tenants/" + tenant);
        request.getAllocationRuleBuilder()
                .setApplication(application)
                .setCostCenter(costCenter.isEmpty() ? "" : "costCenters/" + costCenter)
                .getEffectiveTimeBuilder()
                .setSeconds(Instant.parse(from).getEpochSecond());
        var _ = directory(ADMIN).setAllocationRule(request.build());
    }

    private void issue(ApiKey key, @Nullable String tenant, Scope... scopes) {
        append("gateway", ApiKeyEvents.issued(key, tenant, Set.of(scopes), null));
    }

    /** A consumer at work. */
    public RunningConsumer consumer(String name) {
        return context.getBean(LogConsumers.class).find(name).orElseThrow();
    }

    /** Appends to the rating log and waits until it is rolled up. */
    public void roll(Ratings ratings) {
        rate(ratings.event());
        awaitRolledUp();
    }

    /** Appends to the rating log, in one transaction. */
    public void rate(UsageRated... events) {
        NewEvent[] stored = new NewEvent[events.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = NewEvent.of("", UUID.randomUUID(), RATED, events[i].toByteArray());
        }
        append("pricing", stored);
    }

    /** Waits until the whole rating log is rolled up. */
    public void awaitRolledUp() {
        await().until(
                        () ->
                                number("select position from pricing.shard_head")
                                        == number(
                                                "select coalesce(max(rating_position), 0)"
                                                        + " from allocation.allocated_batch"));
    }

    private void append(String service, NewEvent... events) {
        EventLog log = context.getBean(EventLog.class, Qualifiers.byName(service));
        var _ =
                context.getBean(Database.class, Qualifiers.byName(service))
                        .write(transaction -> log.append(transaction, List.of(events)));
    }

    /** A bean of the service. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The service's own database. */
    public Database database() {
        return context.getBean(Database.class, Qualifiers.byName("allocation"));
    }

    public TestDatabase server() {
        return server;
    }

    /** A number, read by a superuser. */
    public long number(String sql) throws SQLException {
        try (Connection superuser = server.connect();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** A statement, run by a superuser. */
    public void run(String sql) throws SQLException {
        try (Connection superuser = server.connect();
                Statement statement = superuser.createStatement()) {
            var _ = statement.execute(sql);
        }
    }

    @Override
    public void close() {
        var _ = channel.shutdownNow();
        context.close();
    }
}
