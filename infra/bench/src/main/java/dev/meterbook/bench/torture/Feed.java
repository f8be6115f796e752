package dev.meterbook.bench.torture;

import dev.meterbook.bench.Pauses;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Apps that send at the same time, each over a stream of its own. */
final class Feed implements AutoCloseable {

    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("torture-feed-", 0).factory());
    private final List<Future<Long>> running = new ArrayList<>();
    private final List<String> addresses;
    private final String credential;

    /**
     * Apps of one operator.
     *
     * @param addresses of the meter's processes: host and port
     * @param credential an API key
     */
    Feed(List<String> addresses, String credential) {
        this.addresses = List.copyOf(addresses);
        this.credential = credential;
    }

    /**
     * Begins to send.
     *
     * @param messages used by one thread
     * @param pauseMillis tells how long to pause after each message
     */
    void start(Iterator<List<SentCall>> messages, Pace pauseMillis) {
        CarefulClient client =
                new CarefulClient(addresses, credential, () -> Pauses.millis(pauseMillis.millis()));
        running.add(
                threads.submit(
                        () -> {
                            client.deliver(messages);
                            return client.resent();
                        }));
    }

    /** How long to pause; may change while the feed goes on. */
    @FunctionalInterface
    interface Pace {
        long millis();
    }

    /**
     * Waits until everything is acknowledged.
     *
     * @return how many messages had to be sent again
     */
    long await() {
        long resent = 0;
        for (Future<Long> each : running) {
            try {
                resent += each.get();
            } catch (ExecutionException failed) {
                throw new TortureFailure("sending failed", failed);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new TortureFailure("stopped", stop);
            }
        }
        return resent;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
