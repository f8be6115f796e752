package dev.meterbook.platform.security;

import dev.meterbook.kernel.Identifiers;
import dev.meterbook.platform.consumer.LogTail;
import dev.meterbook.platform.consumer.LogTails;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.jdbc.DatabaseException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the credential of every gRPC call and puts the {@link Caller} into its context. Health
 * and reflection need none. An operator's admin key may narrow itself to one tenant by the metadata
 * {@code meterbook-act-as-tenant}; the call then has no more rights than one of that tenant.
 */
@Singleton
@Order(-100)
public final class CallerInterceptor implements ServerInterceptor {

    /** The credential: {@code Bearer mb_…}. */
    public static final Metadata.Key<String> AUTHORIZATION = key("authorization");

    /** The credential without the word Bearer; an alternative. */
    public static final Metadata.Key<String> X_API_KEY = key("x-api-key");

    /** The tenant that an operator's call is narrowed to. */
    public static final Metadata.Key<String> ACT_AS_TENANT = key("meterbook-act-as-tenant");

    private static final Set<String> OPEN_TO_ALL =
            Set.of(
                    "grpc.health.v1.Health",
                    "grpc.reflection.v1.ServerReflection",
                    "grpc.reflection.v1alpha.ServerReflection");
    private static final Logger LOG = LoggerFactory.getLogger(CallerInterceptor.class);
    private static final String BEARER = "Bearer ";
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final ApiKeys keys;
    private final LogTail tail;
    private final Clock clock;
    private final AtomicLong lastLook = new AtomicLong();

    CallerInterceptor(ApiKeys keys, LogTails tails, Clock clock) {
        this.keys = keys;
        this.tail = tails.of(keys);
        this.clock = clock;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (OPEN_TO_ALL.contains(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        try {
            Caller caller = verify(headers);
            Context context =
                    Context.current()
                            .withValues(
                                    Caller.KEY,
                                    caller,
                                    CredentialForwarder.INCOMING,
                                    CredentialForwarder.credentialOf(headers));
            return Contexts.interceptCall(context, call, headers, next);
        } catch (StatusRuntimeException refused) {
            Metadata trailers = refused.getTrailers();
            call.close(refused.getStatus(), trailers == null ? new Metadata() : trailers);
            return new ServerCall.Listener<>() {};
        }
    }

    private Caller verify(Metadata headers) {
        Caller caller =
                credential(headers)
                        .flatMap(ApiKey::parse)
                        .flatMap(this::find)
                        .orElseThrow(Refusal::unauthenticated);
        String tenant = headers.get(ACT_AS_TENANT);
        return tenant == null ? caller : narrow(caller, tenant);
    }

    private static Optional<String> credential(Metadata headers) {
        @Nullable String bearer = headers.get(AUTHORIZATION);
        return bearer != null && bearer.startsWith(BEARER)
                ? Optional.of(bearer.substring(BEARER.length()).trim())
                : Optional.ofNullable(headers.get(X_API_KEY));
    }

    /**
     * A key unknown to us may have been issued a moment ago: look once more, but not for every
     * guess.
     */
    private Optional<Caller> find(ApiKey key) {
        if (!keys.knows(key)) {
            long now = clock.millis();
            long last = lastLook.get();
            if (now - last >= LOOK_AGAIN_MILLIS && lastLook.compareAndSet(last, now)) {
                lookAgain(key);
            }
        }
        return keys.verify(key);
    }

    private void lookAgain(ApiKey key) {
        try {
            tail.catchUp();
        } catch (DatabaseException unreachable) {
            LOG.warn("cannot look for key {}, taking it as unknown", key.keyId(), unreachable);
        }
    }

    private static Caller narrow(Caller caller, String tenant) {
        caller.requireOperator(Scope.ADMIN);
        if (!Identifiers.isName(tenant)) {
            throw Refusal.invalid(
                    "INVALID_TENANT", ACT_AS_TENANT.name(), tenant, Identifiers.NAME_FORM);
        }
        return caller.narrowedTo(tenant);
    }
}
