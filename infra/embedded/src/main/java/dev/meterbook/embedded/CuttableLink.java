package dev.meterbook.embedded;

import dev.meterbook.embedded.CommitCutter.Commit;
import dev.meterbook.embedded.CommitCutter.Cut;
import dev.meterbook.embedded.CommitCutter.Rule;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One connection of a {@link CommitCutter}: messages one way, answers the other. */
final class CuttableLink {

    private static final int BUFFER = 1 << 16;
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final byte READY_FOR_QUERY = 'Z';

    private final Socket client;
    private final Socket server;
    private final Rule rule;
    private final Map<String, Kind> statements = new HashMap<>();
    private String user = "";
    private boolean readOnly;
    private volatile boolean answerIsKept;

    /** What a statement does to a transaction. */
    private enum Kind {
        COMMIT,
        ROLLBACK,
        READ_ONLY,
        OTHER;

        static Kind of(String sql) {
            String begin = sql.stripLeading().toUpperCase(Locale.ROOT);
            if (begin.startsWith("COMMIT")) {
                return COMMIT;
            }
            if (begin.startsWith("ROLLBACK") && !begin.startsWith("ROLLBACK TO")) {
                return ROLLBACK;
            }
            return begin.startsWith("SET TRANSACTION READ ONLY")
                            || begin.startsWith("BEGIN READ ONLY")
                    ? READ_ONLY
                    : OTHER;
        }
    }

    CuttableLink(Socket client, Socket server, Rule rule) {
        this.client = client;
        this.server = server;
        this.rule = rule;
    }

    /** Begins to pass messages on. */
    void start(Runnable ended) {
        Thread.ofVirtual().start(() -> endless(this::fromClient, ended));
    }

    private interface Pump {
        void run() throws IOException;
    }

    private void endless(Pump pump, Runnable ended) {
        try {
            pump.run();
        } catch (IOException gone) {
            // One side has gone, which is how every connection ends.
        } finally {
            close();
            ended.run();
        }
    }

    private void fromClient() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        DataInputStream in = in(client);
        DataOutputStream out = out(server);
        startUp(in, out);
        Thread.ofVirtual().start(() -> endless(this::fromServer, () -> {}));
        while (true) {
            byte type = in.readByte();
            byte[] body = body(in);
            if (isCutAt(type, body)) {
                return;
            }
            write(out, type, body);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    /** Requests for encryption are passed on and refused by the server with one byte. */
    private void startUp(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            byte[] body = body(in);
            out.writeInt(body.length + Integer.BYTES);
            out.write(body);
            out.flush();
            int code = ByteBuffer.wrap(body).getInt();
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                user = parameter(body, "user");
                return;
            }
            client.getOutputStream().write(server.getInputStream().read());
        }
    }

    private static String parameter(byte[] body, String name) {
        String[] words = text(body, Integer.BYTES, body.length).split("\0", -1);
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equals(name)) {
                return words[i + 1];
            }
        }
        return "";
    }

    /**
     * Looks at a message of the client; true if the connection is to be cut instead of sending it.
     */
    private boolean isCutAt(byte type, byte[] body) {
        return switch (type) {
            case 'Q' -> begins(Kind.of(word(body, 0)));
            case 'P' -> {
                String name = word(body, 0);
                statements.put(name, Kind.of(word(body, end(body, 0) + 1)));
                yield false;
            }
            case 'B' -> begins(statements.getOrDefault(word(body, end(body, 0) + 1), Kind.OTHER));
            default -> false;
        };
    }

    private boolean begins(Kind kind) {
        return switch (kind) {
            case COMMIT -> {
                Cut cut = rule.at(new Commit(user, !readOnly));
                readOnly = false;
                answerIsKept = cut == Cut.BEFORE_THE_CLIENT_HEARS;
                yield cut == Cut.BEFORE_THE_SERVER_HEARS;
            }
            case READ_ONLY -> {
                readOnly = true;
                yield false;
            }
            case ROLLBACK -> {
                readOnly = false;
                yield false;
            }
            case OTHER -> false;
        };
    }

    private void fromServer() throws IOException {
        DataInputStream in = in(server);
        DataOutputStream out = out(client);
        while (true) {
            byte type = in.readByte();
            byte[] body = body(in);
            if (!answerIsKept) {
                write(out, type, body);
                if (in.available() == 0) {
                    out.flush();
                }
            } else if (type == READY_FOR_QUERY) {
                return;
            }
        }
    }

    private static DataInputStream in(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    }

    private static DataOutputStream out(Socket socket) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    }

    private static byte[] body(DataInputStream in) throws IOException {
        byte[] body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        return body;
    }

    private static void write(DataOutputStream out, byte type, byte[] body) throws IOException {
        out.writeByte(type);
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
    }

    private static int end(byte[] body, int from) {
        int end = from;
        while (body[end] != 0) {
            end++;
        }
        return end;
    }

    private static String word(byte[] body, int from) {
        return text(body, from, end(body, from));
    }

    private static String text(byte[] body, int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    void close() {
        close(client);
        close(server);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed, which is what was wanted.
        }
    }
}
