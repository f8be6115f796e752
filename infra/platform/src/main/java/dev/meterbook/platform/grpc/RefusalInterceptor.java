package dev.meterbook.platform.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what an endpoint throws into a status: a refusal as it is, anything else into INTERNAL with
 * the number of an incident, under which the log has the whole story.
 */
@Singleton
@Order(-50)
public final class RefusalInterceptor implements ServerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalInterceptor.class);

    private final Supplier<UUID> ids;

    RefusalInterceptor(Supplier<UUID> ids) {
        this.ids = ids;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        ServerCall.Listener<Q> listener = next.startCall(call, headers);
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onMessage(Q message) {
                guard(call, () -> super.onMessage(message));
            }

            @Override
            public void onHalfClose() {
                guard(call, super::onHalfClose);
            }

            @Override
            public void onReady() {
                guard(call, super::onReady);
            }
        };
    }

    private void guard(ServerCall<?, ?> call, Runnable step) {
        try {
            step.run();
        } catch (StatusRuntimeException refused) {
            close(call, refused);
        } catch (RuntimeException unexpected) {
            String incident = ids.get().toString();
            LOG.error(
                    "incident {} in {}",
                    incident,
                    call.getMethodDescriptor().getFullMethodName(),
                    unexpected);
            close(call, Refusal.internal(incident));
        }
    }

    private static void close(ServerCall<?, ?> call, StatusRuntimeException refused) {
        Metadata trailers = refused.getTrailers();
        call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
    }
}
