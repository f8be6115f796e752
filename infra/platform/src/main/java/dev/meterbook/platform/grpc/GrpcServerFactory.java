package dev.meterbook.platform.grpc;

import io.grpc.BindableService;
import io.grpc.ServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What every gRPC server of Meterbook has: reflection, a thread for each call, limits. */
@Factory
final class GrpcServerFactory {

    /** A request of 1,000 calls with every field at its limit fits. */
    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    private static final int MAX_METADATA_BYTES = 16 * 1024;

    @Singleton
    BindableService reflection() {
        return ProtoReflectionServiceV1.newInstance();
    }

    @Singleton
    Supplier<UUID> ids() {
        return UUID::randomUUID;
    }

    /** Endpoints wait for the database, so each call has a virtual thread. */
    @Singleton
    static final class Limits implements BeanCreatedEventListener<ServerBuilder<?>> {

        @Override
        public ServerBuilder<?> onCreated(BeanCreatedEvent<ServerBuilder<?>> event) {
            ServerBuilder<?> builder = event.getBean();
            builder.executor(
                    Executors.newThreadPerTaskExecutor(
                            Thread.ofVirtual().name("grpc-", 0).factory()));
            builder.maxInboundMessageSize(MAX_MESSAGE_BYTES);
            builder.maxInboundMetadataSize(MAX_METADATA_BYTES);
            builder.permitKeepAliveTime(30, TimeUnit.SECONDS);
            return builder;
        }
    }
}
