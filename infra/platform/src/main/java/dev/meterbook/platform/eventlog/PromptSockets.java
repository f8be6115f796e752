package dev.meterbook.platform.eventlog;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/**
 * Sockets that do not wait where one millisecond is all they may wait. When the driver has read a
 * notification it looks if another has come, for a millisecond, before it tells of the first. Every
 * hand-over between services would be later by that much. Named in the driver's property {@code
 * socketFactory}; public because the driver makes it.
 */
public final class PromptSockets extends SocketFactory {

    private static final int LOOK_MILLIS = 1;

    @Override
    public Socket createSocket() {
        return new PromptSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        throw unconnectedOnly();
    }

    private static IOException unconnectedOnly() {
        return new IOException("the driver connects its sockets by itself");
    }

    private static final class PromptSocket extends Socket {

        @Override
        public InputStream getInputStream() throws IOException {
            return new PromptInput(super.getInputStream());
        }

        private final class PromptInput extends FilterInputStream {

            PromptInput(InputStream input) {
                super(input);
            }

            @Override
            public int read() throws IOException {
                refuseToWait();
                return super.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                refuseToWait();
                return super.read(buffer, offset, length);
            }

            private void refuseToWait() throws IOException {
                if (getSoTimeout() == LOOK_MILLIS && available() == 0) {
                    throw new SocketTimeoutException("nothing has come");
                }
            }
        }
    }
}
