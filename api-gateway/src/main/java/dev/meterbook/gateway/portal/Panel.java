package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.transcoding.Problem;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a page that is filled by itself: if its service cannot be reached, the others still
 * show.
 *
 * @param value what is shown; null if it could not be had
 * @param failure why not, for people; null if it could
 * @param <T> what is shown
 */
public record Panel<T>(@Nullable T value, @Nullable String failure) {

    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    /** Begins to fill a panel; several fill at once. */
    static <T> CompletableFuture<Panel<T>> begin(String what, Supplier<T> source) {
        return CompletableFuture.supplyAsync(() -> of(what, source), THREADS);
    }

    /** Waits for a panel; what is nobody's fault but ours goes on to the error page. */
    static <T> Panel<T> await(CompletableFuture<Panel<T>> pending) {
        try {
            return pending.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** Fills a panel. */
    static <T> Panel<T> of(String what, Supplier<T> source) {
        try {
            return new Panel<>(source.get(), null);
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.PERMISSION_DENIED) {
                throw refused;
            }
            return new Panel<>(null, what + " cannot be shown now: " + reason(refused));
        }
    }

    /** True if there is something to show. */
    public boolean isReady() {
        return value != null;
    }

    /** What is shown. */
    public T get() {
        if (value == null) {
            throw new IllegalStateException("panel without content");
        }
        return value;
    }

    /** Why a service said no, in words for people. */
    static String reason(StatusRuntimeException refused) {
        return switch (refused.getStatus().getCode()) {
            case UNAVAILABLE -> "the service is not reachable.";
            case DEADLINE_EXCEEDED -> "the service took too long.";
            case INTERNAL, UNKNOWN, DATA_LOSS -> "something went wrong on our side.";
            case UNIMPLEMENTED -> "the service does not offer it.";
            default -> Problem.of(refused).status().getMessage() + ".";
        };
    }
}
