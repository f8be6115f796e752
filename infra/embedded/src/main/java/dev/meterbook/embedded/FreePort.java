package dev.meterbook.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port of the loopback address that nobody listens on. */
public final class FreePort {

    /**
     * Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152
     * elsewhere): one of those could be taken by any connection before a server binds to it.
     */
    private static final int FIRST = 10_240;

    private static final int LAST = 32_767;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /** A free port, 10240..32767; somebody else may still take it before its user does. */
    public static int next() {
        IOException last = new IOException("no port tried");
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new UncheckedIOException("no free port on the loopback address", last);
    }
}
