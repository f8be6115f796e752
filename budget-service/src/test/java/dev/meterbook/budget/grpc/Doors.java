package dev.meterbook.budget.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.meterbook.budget.RunningBudgets;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.security.ApiKey;
import dev.meterbook.platform.security.CallerInterceptor;
import dev.meterbook.proto.access.v1.ApiKeyIssued;
import dev.meterbook.proto.access.v1.Scope;
import dev.meterbook.proto.budget.v1.BudgetServiceGrpc;
import dev.meterbook.proto.budget.v1.BudgetServiceGrpc.BudgetServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The service over the wire, with credentials of several callers. */
final class Doors implements AutoCloseable {

    private final RunningBudgets service;
    private final ManagedChannel channel;

    Doors(RunningBudgets service) {
        this.service = service;
        this.channel =
                NettyChannelBuilder.forAddress("127.0.0.1", service.serve()).usePlaintext().build();
    }

    /** Issues a key and opens a door for it; the operator's where the tenant is empty. */
    BudgetServiceBlockingStub open(String keyId, String tenant, Scope... scopes) {
        ApiKey key = new ApiKey(keyId, "secretsecret0000");
        ApiKeyIssued issued =
                ApiKeyIssued.newBuilder()
                        .setKeyId(keyId)
                        .setSecretHash(ByteString.copyFrom(key.secretHash()))
                        .setTenant(tenant)
                        .addAllScopes(List.of(scopes))
                        .build();
        var _ =
                service.append(
                        "gateway",
                        NewEvent.of(
                                "",
                                UUID.randomUUID(),
                                EventType.of("access.ApiKeyIssued"),
                                issued.toByteArray()));
        Metadata headers = new Metadata();
        headers.put(CallerInterceptor.AUTHORIZATION, "Bearer " + key.text());
        return stranger().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    BudgetServiceBlockingStub stranger() {
        return BudgetServiceGrpc.newBlockingStub(channel);
    }

    /** Code, reason and text of a refusal: {@code INVALID_ARGUMENT INVALID_NAME name: …}. */
    static String refusal(ThrowingCallable call) {
        try {
            call.call();
            return "not refused";
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode()
                    + " "
                    + reason(refused)
                    + " "
                    + refused.getStatus().getDescription();
        } catch (Throwable other) {
            throw new IllegalStateException(other);
        }
    }

    private static String reason(StatusRuntimeException refused) {
        var status = Objects.requireNonNull(StatusProto.fromThrowable(refused));
        try {
            return status.getDetails(0).unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    public void close() {
        var _ = channel.shutdownNow();
    }
}
