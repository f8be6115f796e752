package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.ClosingOrder;
import dev.meterbook.allinone.system.CommandFailure;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.OneProcess;
import dev.meterbook.allinone.system.Ports;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.allinone.system.ServiceCommand;
import dev.meterbook.allinone.system.Stores;
import dev.meterbook.allinone.system.SystemSettings;
import dev.meterbook.embedded.FreePort;
import dev.meterbook.proto.allocation.v1.ListTenantsRequest;
import dev.meterbook.testing.PostgresFixture;
import dev.meterbook.testing.RedisFixture;
import dev.meterbook.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL and a Redis that somebody else runs. */
class ExternalServersTest {

    @TempDir Path folder;

    @Test
    void everything_runs_on_servers_that_the_environment_names() {
        TestDatabase database = PostgresFixture.freshDatabase();
        try (RedisFixture redis = RedisFixture.start();
                ClosingOrder closing = new ClosingOrder()) {
            Map<String, String> environment =
                    Map.of(
                            "METERBOOK_POSTGRES_URL", database.jdbcUrl(),
                            "METERBOOK_POSTGRES_ADMIN_USER", database.user(),
                            "METERBOOK_POSTGRES_ADMIN_PASSWORD", database.password(),
                            "METERBOOK_REDIS_URL", redis.uri(),
                            "METERBOOK_OPERATOR_KEY", "mb_given_0123456789abcdef0123");
            DataFolder data = new DataFolder(folder);
            OneProcess system =
                    OneProcess.start(
                            new SystemSettings(data, Ports.shared("127.0.0.1", 0, 0), environment),
                            closing);

            assertThat(system.operatorKey()).isEqualTo("mb_given_0123456789abcdef0123");
            assertThat(system.postgresUrl()).isEqualTo(database.jdbcUrl());
            try (Apis apis = Apis.of(system)) {
                assertThat(
                                apis.as(system.operatorKey())
                                        .directory()
                                        .listTenants(ListTenantsRequest.getDefaultInstance())
                                        .getTenantsList())
                        .isEmpty();
            }
            assertThat(data.postgres()).doesNotExist();
            assertThat(data.redis()).doesNotExist();
        }
    }

    @Test
    void one_service_runs_alone_on_a_provisioned_database() throws Exception {
        TestDatabase database = PostgresFixture.freshDatabase();
        Secrets secrets = Secrets.of(new DataFolder(folder), Map.of());
        Stores.provisionExternal(
                secrets,
                Map.of(
                        "METERBOOK_POSTGRES_URL", database.jdbcUrl(),
                        "METERBOOK_POSTGRES_ADMIN_USER", database.user(),
                        "METERBOOK_POSTGRES_ADMIN_PASSWORD", database.password()));
        int http = FreePort.next();
        try (RedisFixture redis = RedisFixture.start()) {
            ProcessBuilder builder = ServiceCommand.of(Service.GATEWAY, secrets);
            builder.environment().put("METERBOOK_POSTGRES_URL", database.jdbcUrl());
            builder.environment().put("METERBOOK_REDIS_URL", redis.uri());
            builder.environment().put("METERBOOK_HTTP_PORT", Integer.toString(http));
            builder.environment().put("METERBOOK_GRPC_PORT", Integer.toString(FreePort.next()));
            Process gateway =
                    builder.redirectErrorStream(true)
                            .redirectOutput(folder.resolve("gateway.log").toFile())
                            .start();
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> isHealthy(http));
            } finally {
                gateway.destroy();
            }
            assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean isHealthy(int port) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/health");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                                    HttpRequest.newBuilder(address).build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test
    void a_database_that_does_not_answer_is_named_in_one_line() {
        SystemSettings settings =
                new SystemSettings(
                        new DataFolder(folder),
                        Ports.shared("127.0.0.1", 0, 0),
                        Map.of(
                                "METERBOOK_POSTGRES_URL",
                                "jdbc:postgresql://127.0.0.1:" + FreePort.next() + "/none",
                                "METERBOOK_POSTGRES_ADMIN_USER",
                                "postgres"));

        try (ClosingOrder closing = new ClosingOrder()) {
            assertThatThrownBy(() -> OneProcess.start(settings, closing))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageStartingWith(
                            "cannot prepare the database at jdbc:postgresql://127.0.0.1:")
                    .hasMessageContaining("refused")
                    .hasMessageNotContaining("\n");
        }
    }
}
