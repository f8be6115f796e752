package dev.meterbook.gateway;

import dev.meterbook.embedded.FreePort;
import dev.meterbook.embedded.Provisioner;
import dev.meterbook.gateway.stub.StubServices;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.RedisFixture;
import dev.meterbook.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A whole gateway with real PostgreSQL and Redis, in front of stub services. */
public final class GatewayFixture implements AutoCloseable {

    /** The operator's key that is there from the start. */
    public static final String OPERATOR_KEY =
            "mb_operator_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    private static final String PASSWORD = "test";

    private final TestDatabase database;
    private final RedisFixture redis;
    private final StubServices services;
    private final ApplicationContext context;
    private final URI address;

    private GatewayFixture(Map<String, Object> extra) {
        database = PostgresFixture.freshDatabase();
        redis = RedisFixture.start();
        services = StubServices.start();
        try (Connection administrator = database.connect()) {
            new Provisioner(administrator).provisionAll(PASSWORD);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        context =
                ApplicationContext.builder()
                        .overrideConfigLocations(GatewayApplication.CONFIG)
                        .properties(properties(extra))
                        .banner(false)
                        .start();
        EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
        address = server.getURI();
    }

    /** Starts one. */
    public static GatewayFixture start() {
        return new GatewayFixture(Map.of());
    }

    /** Starts one with settings of its own. */
    public static GatewayFixture start(Map<String, Object> extra) {
        return new GatewayFixture(extra);
    }

    private Map<String, Object> properties(Map<String, Object> extra) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.port", -1);
        properties.put("grpc.server.port", FreePort.next());
        for (String service :
                new String[] {"metering", "pricing", "ledger", "allocation", "budget"}) {
            properties.put("grpc.channels." + service + ".address", services.address());
        }
        properties.put("meterbook.services.gateway.url", database.jdbcUrl());
        properties.put("meterbook.services.gateway.password", PASSWORD);
        properties.put("meterbook.services.gateway.owner-password", PASSWORD);
        properties.put("meterbook.gateway.redis-url", redis.uri());
        properties.put("meterbook.gateway.operator-key", OPERATOR_KEY);
        properties.putAll(extra);
        return properties;
    }

    /** Where it is: {@code http://localhost:port}. */
    public String url() {
        return address.toString();
    }

    /** A client that sends the operator's key. */
    public TestClient operator() {
        return client().with("authorization", "Bearer " + OPERATOR_KEY);
    }

    /** A client without credential. */
    public TestClient client() {
        return new TestClient(url());
    }

    /** The services behind it. */
    public StubServices services() {
        return services;
    }

    /** Its database. */
    public TestDatabase database() {
        return database;
    }

    /** Its Redis. */
    public RedisFixture redis() {
        return redis;
    }

    /** Its beans. */
    public ApplicationContext context() {
        return context;
    }

    /** Creates a sign-in. */
    public void createUser(String login, String tenant, String role, String password) {
        TestClient.Answer answer =
                operator()
                        .post(
                                "/v1/portalUsers",
                                """
                                {"login": "%s", "tenant": "%s", "role": "%s", "password": "%s"}
                                """
                                        .formatted(login, tenant, role, password));
        if (answer.status() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    @Override
    public void close() {
        context.close();
        services.close();
        redis.close();
    }
}
