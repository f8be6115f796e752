package dev.meterbook.metering.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.meterbook.embedded.Provisioner;
import dev.meterbook.metering.MeteringApplication;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.platform.security.CallerInterceptor;
import dev.meterbook.proto.access.v1.ApiKeyIssued;
import dev.meterbook.proto.access.v1.ApiKeyRevoked;
import dev.meterbook.proto.access.v1.Scope;
import dev.meterbook.proto.allocation.v1.TenantRegistered;
import dev.meterbook.proto.allocation.v1.TenantResumed;
import dev.meterbook.proto.allocation.v1.TenantSuspended;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The metering service on a free port and a real database. The logs of allocation and gateway are
 * in the same process, so that tests can write tenants and keys.
 */
final class RunningMeter implements AutoCloseable {

    static final ApiKey OPERATOR = new ApiKey("operator", "operatorsecret00");
    static final ApiKey ACME = new ApiKey("acme", "acmesecret000000");
    static final ApiKey GLOBEX = new ApiKey("globex", "globexsecret0000");
    static final ApiKey READER = new ApiKey("reader", "readersecret0000");

    private static final String PASSWORD = "test";

    private final ApplicationContext context;
    private final ManagedChannel channel;

    private RunningMeter(TestDatabase database) {
        this.context =
                ApplicationContext.builder()
                        .overrideConfigLocations(MeteringApplication.CONFIG)
                        .properties(properties(database))
                        .start();
        GrpcEmbeddedServer server = context.getBean(GrpcEmbeddedServer.class);
        var _ = server.start();
        this.channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                        .usePlaintext()
                        .build();
    }

    /** Prepares an empty database, with tenants acme and globex and a key of each kind. */
    static RunningMeter first(TestDatabase database) throws SQLException {
        try (Connection administrator = database.connect()) {
            new Provisioner(administrator).provisionAll(PASSWORD);
        }
        RunningMeter meter = again(database);
        meter.register("acme");
        meter.register("globex");
        meter.issue(OPERATOR, "", Scope.SCOPE_INGEST, Scope.SCOPE_READ, Scope.SCOPE_ADMIN);
        meter.issue(ACME, "acme", Scope.SCOPE_INGEST, Scope.SCOPE_READ);
        meter.issue(GLOBEX, "globex", Scope.SCOPE_INGEST, Scope.SCOPE_READ);
        meter.issue(READER, "acme", Scope.SCOPE_READ);
        return meter;
    }

    /** Starts on a database that was prepared before. */
    static RunningMeter again(TestDatabase database) {
        return new RunningMeter(database);
    }

    /** For the service itself what its process would find in the environment. */
    private static Map<String, Object> properties(TestDatabase database) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("METERBOOK_POSTGRES_URL", database.jdbcUrl());
        properties.put("METERBOOK_METERING_PASSWORD", PASSWORD);
        properties.put("METERBOOK_METERING_OWNER_PASSWORD", PASSWORD);
        properties.put("METERBOOK_GRPC_PORT", "0");
        for (String service : List.of("allocation", "gateway")) {
            String prefix = "meterbook.services." + service + ".";
            properties.put(prefix + "url", database.jdbcUrl());
            properties.put(prefix + "password", PASSWORD);
            properties.put(prefix + "owner-password", PASSWORD);
        }
        return properties;
    }

    /** The channel without credential. */
    Channel channel() {
        return channel;
    }

    /** The channel with a credential. */
    Channel channel(ApiKey key) {
        Metadata headers = new Metadata();
        headers.put(CallerInterceptor.AUTHORIZATION, "Bearer " + key.text());
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** The service's own database. */
    Database database() {
        return bean(Database.class, "metering");
    }

    EventLog log() {
        return bean(EventLog.class, "metering");
    }

    void register(String tenant) {
        append(
                "allocation",
                "allocation.TenantRegistered",
                TenantRegistered.newBuilder().setTenant(tenant).build());
    }

    void suspend(String tenant) {
        append(
                "allocation",
                "allocation.TenantSuspended",
                TenantSuspended.newBuilder().setTenant(tenant).build());
    }

    void resume(String tenant) {
        append(
                "allocation",
                "allocation.TenantResumed",
                TenantResumed.newBuilder().setTenant(tenant).build());
    }

    void revoke(ApiKey key) {
        append(
                "gateway",
                "access.ApiKeyRevoked",
                ApiKeyRevoked.newBuilder().setKeyId(key.keyId()).build());
    }

    void issue(ApiKey key, String tenant, Scope... scopes) {
        append(
                "gateway",
                "access.ApiKeyIssued",
                ApiKeyIssued.newBuilder()
                        .setKeyId(key.keyId())
                        .setSecretHash(ByteString.copyFrom(key.secretHash()))
                        .setTenant(tenant)
                        .addAllScopes(List.of(scopes))
                        .build());
    }

    private void append(String service, String event, Message content) {
        NewEvent fact =
                NewEvent.of("", UUID.randomUUID(), EventType.of(event), content.toByteArray());
        var _ =
                bean(Database.class, service)
                        .write(
                                transaction ->
                                        bean(EventLog.class, service)
                                                .append(transaction, List.of(fact)));
    }

    private <T> T bean(Class<T> type, String service) {
        return context.getBean(type, Qualifiers.byName(service));
    }

    @Override
    public void close() {
        var _ = channel.shutdownNow();
        context.close();
    }
}
