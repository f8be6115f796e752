package dev.meterbook.platform.security;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Calls from one service to another carry the credential of the call that they serve, so that no
 * service has more rights than its caller. Outside of a call nothing is added.
 */
@Singleton
public final class CredentialForwarder implements ClientInterceptor {

    static final Context.Key<Metadata> INCOMING = Context.key("meterbook-incoming-credential");

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
            MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        @Nullable Metadata incoming = INCOMING.get();
        ClientCall<Q, A> call = next.newCall(method, options);
        return incoming == null ? call : new Forwarding<>(call, incoming);
    }

    /** Only what says who calls. */
    static Metadata credentialOf(Metadata headers) {
        Metadata credential = new Metadata();
        copy(headers, credential, CallerInterceptor.AUTHORIZATION);
        copy(headers, credential, CallerInterceptor.X_API_KEY);
        copy(headers, credential, CallerInterceptor.ACT_AS_TENANT);
        return credential;
    }

    private static void copy(Metadata from, Metadata to, Metadata.Key<String> key) {
        String value = from.get(key);
        if (value != null) {
            to.put(key, value);
        }
    }

    private static final class Forwarding<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final Metadata credential;

        Forwarding(ClientCall<Q, A> call, Metadata credential) {
            super(call);
            this.credential = credential;
        }

        @Override
        public void start(Listener<A> listener, Metadata headers) {
            boolean hasOne =
                    headers.containsKey(CallerInterceptor.AUTHORIZATION)
                            || headers.containsKey(CallerInterceptor.X_API_KEY);
            if (!hasOne) {
                headers.merge(credential);
            }
            super.start(listener, headers);
        }
    }
}
