package dev.meterbook.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledJvmTest {
    @Test
    void servers_end_with_a_jvm_that_is_killed_and_start_again_after_it(@TempDir Path folder)
            throws Exception {
        Process jvm = startServersIn(folder);
        List<Integer> ports = readPorts(jvm);
        assertThat(ports).hasSize(2).allMatch(KilledJvmTest::isOpen);
        jvm.destroyForcibly().waitFor();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> ports.stream().noneMatch(KilledJvmTest::isOpen));
        try (PostgresServer postgres =
                        PostgresServer.start(PostgresOptions.kept(folder.resolve("postgres")));
                RedisServer redis = RedisServer.start(RedisOptions.kept(folder.resolve("redis")))) {
            assertThat(isOpen(postgres.port())).isTrue();
            assertThat(isOpen(redis.port())).isTrue();
        }
    }

    private static Process startServersIn(Path folder) throws IOException {
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        Servers.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<Integer> readPorts(Process jvm) throws IOException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        return List.of(Integer.parseInt(out.readLine()), Integer.parseInt(out.readLine()));
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The other JVM: starts both servers, tells their ports and waits to be killed. */
    static final class Servers {
        private Servers() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path folder = Path.of(arguments[0]);
            PostgresServer postgres =
                    PostgresServer.start(PostgresOptions.kept(folder.resolve("postgres")));
            RedisServer redis = RedisServer.start(RedisOptions.kept(folder.resolve("redis")));
            System.out.println(postgres.port());
            System.out.println(redis.port());
            Thread.currentThread().join(Duration.ofMinutes(2));
        }
    }
}
