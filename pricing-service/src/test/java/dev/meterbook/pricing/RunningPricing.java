package dev.meterbook.pricing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.platform.security.CallerInterceptor;
import dev.meterbook.proto.access.v1.ApiKeyIssued;
import dev.meterbook.proto.access.v1.Scope;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UsageRated;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.TestDatabase;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The pricing service on a free port and a real database. The logs of metering and gateway are in
 * the same process, so that tests can write calls and keys.
 */
public final class RunningPricing implements AutoCloseable {

    public static final ApiKey OPERATOR = new ApiKey("operator", "operatorsecret00");
    public static final ApiKey AUDITOR = new ApiKey("auditor", "auditorsecret000");
    public static final ApiKey ACME = new ApiKey("acme", "acmesecret000000");
    public static final ApiKey GLOBEX = new ApiKey("globex", "globexsecret0000");
    public static final ApiKey INGEST = new ApiKey("ingest", "ingestsecret0000");

    private final TestDatabase server;
    private ApplicationContext context;
    private ManagedChannel channel;

    private RunningPricing(TestDatabase server) {
        this.server = server;
        this.context = context();
        this.channel = channel();
    }

    /** A process on an empty database, with keys of the operator and of tenants acme and globex. */
    public static RunningPricing fresh() throws SQLException {
        RunningPricing pricing = new RunningPricing(PostgresFixture.freshDatabase().provisioned());
        pricing.issue(OPERATOR, "", Scope.SCOPE_INGEST, Scope.SCOPE_READ, Scope.SCOPE_ADMIN);
        pricing.issue(AUDITOR, "", Scope.SCOPE_READ);
        pricing.issue(ACME, "acme", Scope.SCOPE_READ, Scope.SCOPE_ADMIN);
        pricing.issue(GLOBEX, "globex", Scope.SCOPE_READ);
        pricing.issue(INGEST, "acme", Scope.SCOPE_INGEST);
        return pricing;
    }

    /** What its process would find in the environment, and the two logs that others would write. */
    private ApplicationContext context() {
        Map<String, Object> properties =
                new HashMap<>(server.configurationOf("metering", "gateway"));
        properties.put("METERBOOK_POSTGRES_URL", server.jdbcUrl());
        properties.put("METERBOOK_PRICING_PASSWORD", TestDatabase.SERVICE_PASSWORD);
        properties.put("METERBOOK_PRICING_OWNER_PASSWORD", TestDatabase.SERVICE_PASSWORD);
        properties.put("METERBOOK_GRPC_PORT", "0");
        return ApplicationContext.builder()
                .overrideConfigLocations(PricingApplication.CONFIG)
                .properties(properties)
                .start();
    }

    private ManagedChannel channel() {
        GrpcEmbeddedServer grpc = context.getBean(GrpcEmbeddedServer.class);
        var _ = grpc.start();
        return NettyChannelBuilder.forAddress("127.0.0.1", grpc.getPort()).usePlaintext().build();
    }

    /** Ends the process. */
    public void stop() {
        var _ = channel.shutdownNow();
        context.close();
    }

    /** Starts it again on the same data. */
    public void startAgain() {
        context = context();
        channel = channel();
    }

    @Override
    public void close() {
        stop();
    }

    /** The service, called with a key. */
    public PricingServiceBlockingStub as(ApiKey key) {
        Metadata headers = new Metadata();
        headers.put(CallerInterceptor.AUTHORIZATION, "Bearer " + key.text());
        return PricingServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** The service, called without any. */
    public PricingServiceBlockingStub anonymous() {
        return PricingServiceGrpc.newBlockingStub(channel);
    }

    public TestDatabase server() {
        return server;
    }

    public Database database() {
        return bean(Database.class, "pricing");
    }

    public <T> T bean(Class<T> type, String service) {
        return context.getBean(type, Qualifiers.byName(service));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Puts calls into the usage log, as the meter does. */
    public void meter(List<NewEvent> calls) {
        append("metering", calls);
    }

    private void issue(ApiKey key, String tenant, Scope... scopes) {
        Message issued =
                ApiKeyIssued.newBuilder()
                        .setKeyId(key.keyId())
                        .setSecretHash(ByteString.copyFrom(key.secretHash()))
                        .setTenant(tenant)
                        .addAllScopes(List.of(scopes))
                        .build();
        append(
                "gateway",
                List.of(
                        NewEvent.of(
                                "",
                                UUID.randomUUID(),
                                EventType.of("access.ApiKeyIssued"),
                                issued.toByteArray())));
    }

    private void append(String service, List<NewEvent> events) {
        EventLog log = bean(EventLog.class, service);
        var _ = bean(Database.class, service).write(transaction -> log.append(transaction, events));
    }

    /** Everything that stands in the rating log, in order. */
    public List<StoredEvent> ratingLog() {
        EventLog log = bean(EventLog.class, "pricing");
        return database().read(transaction -> log.reader().read(transaction, 0, 10_000));
    }

    /** The ratings in the log, in order. */
    public List<UsageRated> ratings() {
        List<UsageRated> ratings = new ArrayList<>();
        for (StoredEvent event : ratingLog()) {
            if (event.type().name().equals("pricing.UsageRated")) {
                ratings.add(parsed(event));
            }
        }
        return ratings;
    }

    private static UsageRated parsed(StoredEvent event) {
        try {
            return UsageRated.parseFrom(event.payload());
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** How many calls were rated in a certain way. */
    public long ratedCalls(RatingKind kind) {
        return ratings().stream()
                .filter(each -> each.getKind() == kind)
                .mapToLong(UsageRated::getCallsCount)
                .sum();
    }
}
