package dev.meterbook.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A door in front of a PostgreSQL that passes every connection on and can cut it at a COMMIT, the
 * moment after which a client cannot know whether its transaction stands. For tests of what a
 * client makes of that. It understands as much of the wire protocol (version 3, without encryption)
 * as that takes: simple queries, and prepared statements by their names.
 */
public final class CommitCutter implements AutoCloseable {

    private final ServerSocket door;
    private final int serverPort;
    private final Set<CuttableLink> links = ConcurrentHashMap.newKeySet();
    private volatile Rule rule = any -> Cut.NONE;

    /** Where a connection is cut. */
    public enum Cut {
        /** Not at all. */
        NONE,
        /** The server never hears of the COMMIT: it rolls back. */
        BEFORE_THE_SERVER_HEARS,
        /** The server has committed and answered; the client never hears. */
        BEFORE_THE_CLIENT_HEARS
    }

    /**
     * A transaction that its client is about to commit.
     *
     * @param user the role that the client signed in as
     * @param changes false if the client has said that the transaction only reads
     */
    public record Commit(String user, boolean changes) {}

    /** Decides at each COMMIT; called by many threads. */
    @FunctionalInterface
    public interface Rule {
        /** What is to happen at this one. */
        Cut at(Commit commit);
    }

    private CommitCutter(ServerSocket door, int serverPort) {
        this.door = door;
        this.serverPort = serverPort;
    }

    /** Opens a door to a server of this machine; for now nothing is cut. */
    public static CommitCutter inFrontOf(int serverPort) {
        try {
            ServerSocket door =
                    new ServerSocket(FreePort.next(), 200, InetAddress.getLoopbackAddress());
            CommitCutter cutter = new CommitCutter(door, serverPort);
            Thread.ofPlatform().daemon().name("commit-cutter").start(cutter::acceptAll);
            return cutter;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** The port of the door, on the loopback address. */
    public int port() {
        return door.getLocalPort();
    }

    /** From now on this rule holds, for connections that are open too. */
    public void cut(Rule next) {
        rule = next;
    }

    /** From now on nothing is cut. */
    public void cutNothing() {
        rule = any -> Cut.NONE;
    }

    private void acceptAll() {
        while (!door.isClosed()) {
            try {
                accept(door.accept());
            } catch (IOException closing) {
                // A client that is gone already, or the door was closed; the loop finds out which.
            }
        }
    }

    private void accept(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            CuttableLink link = new CuttableLink(client, server, commit -> rule.at(commit));
            links.add(link);
            link.start(() -> links.remove(link));
        } catch (IOException serverIsDown) {
            client.close();
        }
    }

    /** Cuts what is open and takes no more. */
    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        links.forEach(CuttableLink::close);
    }
}
