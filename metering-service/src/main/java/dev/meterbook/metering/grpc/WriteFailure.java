package dev.meterbook.metering.grpc;

import dev.meterbook.platform.eventlog.WriterElsewhereException;
import dev.meterbook.platform.eventlog.WriterOverloadedException;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.jdbc.DatabaseException;
import java.time.Duration;

/** What a client is told when calls could not be written; sending them again is always safe. */
final class WriteFailure {

    /** How long a client should wait when too much is waiting already. */
    static final Duration RETRY_DELAY = Duration.ofMillis(200);

    private WriteFailure() {}

    /** The status for it; a failure that nobody expected is left as it is. */
    static RuntimeException refusal(RuntimeException failure) {
        return switch (failure) {
            case WriterOverloadedException _ ->
                    Refusal.exhausted(
                            "WRITER_OVERLOADED",
                            "calls: too many wait to be written (expected: the same request, a"
                                    + " little later)",
                            RETRY_DELAY);
            case WriterElsewhereException _ ->
                    Refusal.unavailable(
                            "WRITER_ELSEWHERE",
                            "calls: another process writes the usage log (expected: the same"
                                    + " request, there or a little later)");
            case DatabaseException _ ->
                    Refusal.unavailable(
                            "USAGE_LOG_UNAVAILABLE",
                            "calls: the usage log could not be written (expected: the same"
                                    + " request, a little later)");
            case RuntimeException unexpected -> unexpected;
        };
    }
}
