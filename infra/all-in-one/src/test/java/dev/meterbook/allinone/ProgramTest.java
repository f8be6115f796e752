package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.allinone.system.DataFolder;
import dev.meterbook.allinone.system.RunningNote;
import dev.meterbook.allinone.system.Secrets;
import dev.meterbook.proto.allocation.v1.ListTenantsRequest;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a person starts it: a process with arguments, output and signals. */
class ProgramTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;

    private record Run(int status, String output) {}

    private Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Ddisable-axoniq-console-message=true",
                        "-Dmeterbook.home=" + folder.resolve("home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("METERBOOK_"));
        return builder.start();
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = start(output, arguments);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), Files.readString(output));
    }

    @Test
    void up_tells_where_it_is_and_a_signal_stops_it_cleanly() throws Exception {
        Path output = folder.resolve("up.txt");
        Process up = start(output, "up", "--http-port", "0", "--grpc-port", "0");
        try {
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(output).contains("Ctrl-C stops it"));
            DataFolder data = new DataFolder(folder.resolve("home"));
            RunningNote note = RunningNote.find(data).orElseThrow();
            try (Apis apis = Apis.at(note::address)) {
                assertThat(
                                apis.as(Secrets.of(data, Map.of()).operatorKey())
                                        .directory()
                                        .listTenants(ListTenantsRequest.getDefaultInstance())
                                        .getTenantsCount())
                        .isZero();
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secrets())))
                    .isEqualTo("rw-------");
            Run second = run("up", "--http-port", "0", "--grpc-port", "0");
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.output()).contains("is in use by another running Meterbook");
            Run consumers = run("consumers");
            assertThat(consumers.output()).contains("cost-roll-up").contains("ledger-postings");
            Run replay = run("replay", "cost-roll-up");
            assertThat(replay.status()).as(replay.output()).isZero();
            assertThat(run("replay", "nobody").output())
                    .contains("consumer: nobody (expected: a name");
            Run letters = run("dead-letters", "--retry");
            assertThat(letters.status()).as(letters.output()).isZero();
            assertThat(letters.output()).contains("0 set aside");
            Run export = run("export", "--tenant", "nobody");
            assertThat(export.status()).as(export.output()).isZero();
        } finally {
            up.destroy();
        }
        assertThat(up.waitFor(30, TimeUnit.SECONDS)).as("it stops").isTrue();
        assertThat(up.exitValue()).isEqualTo(143);
        assertThat(folder.resolve("home/running.properties")).doesNotExist();
        assertThat(Files.readString(output).lines())
                .as("nothing but the banner: %s", Files.readString(output))
                .hasSize(6);
        Run verify = run("verify");
        assertThat(verify.output()).contains("all of it holds");
        assertThat(verify.status()).isZero();
    }

    @Test
    void a_busy_port_is_named_with_the_flag_that_chooses_another() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(busy.getLocalPort());
            Run http = run("up", "--http-port", port, "--grpc-port", "0");
            Run grpc = run("up", "--http-port", "0", "--grpc-port", port);

            assertThat(http.status()).isEqualTo(1);
            assertThat(http.output())
                    .isEqualTo(
                            "meterbook: port: %s is in use (expected: a free one; --http-port chooses another)%n"
                                    .formatted(port));
            assertThat(grpc.output()).contains("--grpc-port chooses another");
        }
    }

    @Test
    void a_malformed_trace_stops_the_demo_before_anything_starts() throws Exception {
        Path trace =
                Files.writeString(
                        folder.resolve("bad.csv"),
                        "TIMESTAMP,ContextTokens,GeneratedTokens\r\n2023-11-16 18:15:46.68,x,1");
        Run demo = run("demo", "--exit", "--trace", trace.toString());

        assertThat(demo.status()).isEqualTo(1);
        assertThat(demo.output().lines()).hasSize(1);
        assertThat(demo.output()).contains("bad.csv:2: ContextTokens: x (expected: a whole number");
        assertThat(folder.resolve("home/postgres")).doesNotExist();
    }

    @Test
    void wrong_words_are_explained() throws Exception {
        assertThat(run("run", "nothing").output())
                .contains("service: nothing (expected: one of metering, pricing,");
        assertThat(run("export", "--tenant", "acme").output())
                .contains("no Meterbook runs in")
                .contains("(expected: ./meterbook up)");
        assertThat(run("provision").output())
                .contains("METERBOOK_POSTGRES_URL: not set (expected: jdbc:postgresql://");
        assertThat(run("demo", "--calls", "0").output())
                .contains("--calls: 0 (expected: 1 to 1,000,000)");
        Run none = run();
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.output()).contains("Usage: meterbook").contains("verify");
    }
}
