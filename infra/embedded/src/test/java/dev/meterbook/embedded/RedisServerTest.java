package dev.meterbook.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {
    @Test
    void answers_and_leaves_nothing_behind() throws Exception {
        RedisOptions options = RedisOptions.temporary();
        try (RedisServer server = RedisServer.start(options)) {
            assertThat(ask(server, "INFO server")).contains("redis_version:6.2");
        }
        assertThat(options.home()).doesNotExist();
    }

    @Test
    void keeps_its_data_from_start_to_start(@TempDir Path folder) throws Exception {
        try (RedisServer server = RedisServer.start(RedisOptions.kept(folder))) {
            assertThat(ask(server, "SET answer 42")).contains("+OK");
        }
        try (RedisServer server = RedisServer.start(RedisOptions.kept(folder))) {
            assertThat(ask(server, "GET answer")).contains("42");
        }
    }

    @Test
    void refuses_a_client_without_password() throws Exception {
        try (RedisServer server = RedisServer.start(RedisOptions.temporary())) {
            assertThat(send(server.port(), "PING\r\nQUIT\r\n")).startsWith("-NOAUTH");
        }
    }

    @Test
    void starts_again_on_the_same_port() throws Exception {
        int port;
        try (RedisServer server = RedisServer.start(RedisOptions.temporary())) {
            port = server.port();
        }
        RedisOptions again =
                new RedisOptions(RedisOptions.temporary().home(), port, Durability.TEMPORARY);
        try (RedisServer server = RedisServer.start(again)) {
            assertThat(server.port()).isEqualTo(port);
        }
    }

    @Test
    void refuses_a_folder_that_is_in_use(@TempDir Path folder) {
        try (RedisServer server = RedisServer.start(RedisOptions.kept(folder))) {
            assertThat(server.port()).isPositive();
            assertThatThrownBy(() -> RedisServer.start(RedisOptions.kept(folder)))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageEndingWith("is in use by another running Meterbook");
        }
    }

    private static String ask(RedisServer server, String command) throws IOException {
        String password = URI.create(server.uri()).getUserInfo().substring(1);
        return send(server.port(), "AUTH " + password + "\r\n" + command + "\r\nQUIT\r\n");
    }

    private static String send(int port, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
