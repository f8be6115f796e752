package dev.meterbook.gateway.stub;

import dev.meterbook.platform.grpc.Refusal;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * All five services on one port. What they were called with can be asked for, and each can be made
 * to fail.
 */
public final class StubServices implements AutoCloseable {

    /** The request's metadata, for stubs that answer by it. */
    static final Context.Key<Metadata> METADATA = Context.key("stub-metadata");

    private final Server server;
    private final Map<String, Metadata> lastMetadata = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final StubLedger ledger = new StubLedger();
    private final StubMetering metering = new StubMetering();
    private volatile boolean isEmpty;

    private StubServices() {
        try {
            server =
                    ServerBuilder.forPort(0)
                            .addService(new StubAllocation(() -> isEmpty))
                            .addService(new StubDirectory(() -> isEmpty))
                            .addService(new StubBudgets(() -> isEmpty))
                            .addService(new StubPricing(() -> isEmpty))
                            .addService(ledger)
                            .addService(ledger.invoices())
                            .addService(ledger.credits())
                            .addService(metering)
                            .intercept(new Recorder())
                            .build()
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts them on a free port. */
    public static StubServices start() {
        return new StubServices();
    }

    /** Where they are. */
    public String address() {
        return "localhost:" + server.getPort();
    }

    /** What the last call of an rpc, such as {@code meterbook.x.v1.X/Get}, carried. */
    public Metadata lastMetadata(String rpc) {
        Metadata metadata = lastMetadata.get(rpc);
        if (metadata == null) {
            throw new AssertionError(rpc + " was not called; called were " + lastMetadata.keySet());
        }
        return metadata;
    }

    /** The ledger. */
    public StubLedger ledger() {
        return ledger;
    }

    /** The meter. */
    public StubMetering metering() {
        return metering;
    }

    /**
     * Every rpc of a service, such as {@code meterbook.ledger.v1.LedgerService}, is unavailable.
     */
    public void fail(String service) {
        failing.add(service);
    }

    /** Everything works and there is data. */
    public void reset() {
        failing.clear();
        isEmpty = false;
        ledger.reset();
    }

    /** Everything works and nothing is there. */
    public void empty() {
        isEmpty = true;
        ledger.clear();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** Answers, or refuses as a real endpoint does. */
    static <T> void answer(StreamObserver<T> observer, Supplier<T> source) {
        try {
            T value = source.get();
            observer.onNext(value);
            observer.onCompleted();
        } catch (StatusRuntimeException refused) {
            observer.onError(refused);
        }
    }

    private final class Recorder implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            lastMetadata.put(call.getMethodDescriptor().getFullMethodName(), headers);
            String service = call.getMethodDescriptor().getServiceName();
            if (service != null && failing.contains(service)) {
                StatusRuntimeException away = Refusal.unavailable("AWAY", "the service is away");
                Metadata trailers = away.getTrailers();
                call.close(away.getStatus(), trailers == null ? new Metadata() : trailers);
                return new ServerCall.Listener<>() {};
            }
            Context context = Context.current().withValue(METADATA, headers);
            return Contexts.interceptCall(context, call, headers, next);
        }
    }
}
