package dev.meterbook.bench.torture;

import dev.meterbook.allinone.system.Apis;
import dev.meterbook.bench.BenchFailure;
import dev.meterbook.bench.LoadStream;
import dev.meterbook.bench.Pauses;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.StreamUsageResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An app that loses nothing: what was not acknowledged is sent again, over a new connection and to
 * the next address, until it is; every acknowledgement is kept. Used by one thread.
 */
final class CarefulClient {

    /** How long an answer may take before the app tries elsewhere. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

    /** How long the app goes on without a single acknowledgement. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long PAUSE_MILLIS = 100;

    private final List<String> addresses;
    private final String credential;
    private final Runnable afterEach;
    private final AtomicLong acknowledged = new AtomicLong();
    private long resent;
    private int next;

    /**
     * A client.
     *
     * @param addresses of the meter's processes: host and port
     * @param credential an API key
     * @param afterEach run after each message that is sent; may pause
     */
    CarefulClient(List<String> addresses, String credential, Runnable afterEach) {
        this.addresses = List.copyOf(addresses);
        this.credential = credential;
        this.afterEach = afterEach;
    }

    /** How many messages were sent more than once because no answer came. */
    long resent() {
        return resent;
    }

    /**
     * Sends messages until each is acknowledged.
     *
     * @throws TortureFailure if nothing was acknowledged for two minutes, or a call was refused
     */
    void deliver(Iterator<List<SentCall>> messages) {
        List<List<SentCall>> unanswered = List.of();
        long before = acknowledged.get();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Attempt attempt = new Attempt();
            try (Apis connection = Apis.at(any -> addresses.get(next % addresses.size()))) {
                attempt.send(connection, unanswered, messages);
                return;
            } catch (BenchFailure broken) {
                attempt.requireNothingRefused();
                next++;
                unanswered = attempt.unanswered();
                resent += unanswered.size();
                if (acknowledged.get() > before) {
                    before = acknowledged.get();
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
                if (System.nanoTime() > deadline) {
                    throw new TortureFailure(
                            "no call was taken for %d s".formatted(PATIENCE.toSeconds()), broken);
                }
                Pauses.millis(PAUSE_MILLIS);
            }
        }
    }

    /** One stream, from its beginning until it ends or breaks. */
    private final class Attempt {

        private final Map<Long, List<SentCall>> open = new ConcurrentSkipListMap<>();
        private long sequence;
        private volatile String refused = "";

        /** Sending a call again would not help where it was refused. */
        void requireNothingRefused() {
            if (!refused.isEmpty()) {
                throw new TortureFailure("a call was refused: " + refused);
            }
        }

        void send(
                Apis connection,
                List<List<SentCall>> unanswered,
                Iterator<List<SentCall>> messages) {
            // First of all, so that nothing of it is forgotten if the stream breaks at once.
            unanswered.forEach(message -> open.put(++sequence, message));
            LoadStream stream =
                    new LoadStream(connection.as(credential), this::answered, ANSWER_LIMIT);
            try {
                unanswered.forEach(message -> stream.send(callsOf(message)));
                while (messages.hasNext()) {
                    List<SentCall> message = messages.next();
                    open.put(++sequence, message);
                    stream.send(callsOf(message));
                    afterEach.run();
                }
                stream.finish();
            } catch (BenchFailure broken) {
                stream.cancel();
                throw broken;
            }
        }

        List<List<SentCall>> unanswered() {
            return new ArrayList<>(open.values());
        }

        private void answered(StreamUsageResponse answer) {
            List<SentCall> message = open.get(answer.getSequence());
            if (message == null || answer.getResultsCount() != message.size()) {
                return;
            }
            for (int i = 0; i < message.size(); i++) {
                CallResult result = answer.getResults(i);
                if (result.hasReceipt()) {
                    message.get(i).acknowledged(result.getReceipt());
                    acknowledged.incrementAndGet();
                } else {
                    refused = result.getRejection().getMessage();
                }
            }
            open.remove(answer.getSequence());
        }
    }

    private static List<MeteredCall> callsOf(List<SentCall> message) {
        return message.stream().map(SentCall::call).toList();
    }
}
