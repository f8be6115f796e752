package dev.meterbook.platform.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptSocketsTest {

    private ServerSocket server;
    private Socket client;
    private Socket accepted;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new PromptSockets().createSocket();
        client.connect(server.getLocalSocketAddress());
        accepted = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        accepted.close();
        server.close();
    }

    private void send(int value) throws IOException {
        accepted.getOutputStream().write(value);
        accepted.getOutputStream().flush();
    }

    @Test
    void does_not_wait_where_a_millisecond_is_all_it_may_wait() throws IOException {
        client.setSoTimeout(1);
        InputStream input = client.getInputStream();

        assertThatThrownBy(input::read)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("nothing has come");
        assertThatThrownBy(() -> input.read(new byte[8], 0, 8))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("nothing has come");
    }

    @Test
    void reads_what_has_come() throws IOException {
        client.setSoTimeout(1);
        send(7);
        InputStream input = client.getInputStream();
        await().until(() -> input.available() == 1);

        assertThat(input.read()).isEqualTo(7);
    }

    @Test
    void waits_as_long_as_any_other_time_says() throws IOException {
        client.setSoTimeout(2);
        InputStream input = client.getInputStream();
        assertThatThrownBy(input::read)
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageNotContaining("nothing has come");

        client.setSoTimeout(0);
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> next(input));
        send(9);
        assertThat(read.join()).isEqualTo(9);
    }

    private static int next(InputStream input) {
        try {
            return input.read();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void connects_nothing_by_itself() {
        assertThatThrownBy(() -> new PromptSockets().createSocket("127.0.0.1", 5432))
                .isInstanceOf(IOException.class)
                .hasMessage("the driver connects its sockets by itself");
    }
}
