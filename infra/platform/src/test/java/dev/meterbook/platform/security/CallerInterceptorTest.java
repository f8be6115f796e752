package dev.meterbook.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import com.google.rpc.ErrorInfo;
import dev.meterbook.platform.PlatformContext;
import dev.meterbook.platform.eventlog.EventLog;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.platform.jdbc.Database;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallerInterceptorTest {

    private static final MethodDescriptor<StringValue, StringValue> WHO =
            MethodDescriptor.<StringValue, StringValue>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("test.Who/Am")
                    .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                    .build();

    private static final ApiKey ACME = new ApiKey("acme1", "secretOfAcme0123");
    private static final ApiKey OPERATOR = new ApiKey("op1", "secretOfOperator");

    private PlatformContext platform;
    private ManagedChannel channel;

    /** Answers the tenant that applies to the one asked for; fails when asked for "boom". */
    @Singleton
    static final class Who implements BindableService {

        @Override
        public ServerServiceDefinition bindService() {
            return ServerServiceDefinition.builder("test.Who")
                    .addMethod(WHO, ServerCalls.asyncUnaryCall(Who::answer))
                    .build();
        }

        private static void answer(StringValue asked, StreamObserver<StringValue> to) {
            if (asked.getValue().equals("boom")) {
                throw new IllegalStateException("a secret detail");
            }
            String tenant = Caller.current().require(Scope.READ).tenantFor(asked.getValue());
            to.onNext(StringValue.of(tenant));
            to.onCompleted();
        }
    }

    @BeforeEach
    void start() throws SQLException {
        platform = PlatformContext.fresh();
        GrpcEmbeddedServer server = platform.context().getBean(GrpcEmbeddedServer.class);
        server.start();
        channel =
                ManagedChannelBuilder.forAddress("127.0.0.1", server.getPort())
                        .usePlaintext()
                        .build();
        append(ApiKeyEvents.issued(ACME, "acme", Set.of(Scope.READ), null));
        append(ApiKeyEvents.issued(OPERATOR, null, Set.of(Scope.READ, Scope.ADMIN), null));
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        platform.close();
    }

    private void append(NewEvent event) {
        EventLog log = platform.context().getBean(EventLog.class, Qualifiers.byName("gateway"));
        platform.context()
                .getBean(Database.class, Qualifiers.byName("gateway"))
                .write(transaction -> log.append(transaction, List.of(event)));
    }

    private String who(String tenant, String... headers) {
        Metadata metadata = new Metadata();
        for (int i = 0; i < headers.length; i += 2) {
            metadata.put(
                    Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
        }
        return ClientCalls.blockingUnaryCall(
                        ClientInterceptors.intercept(
                                channel, MetadataUtils.newAttachHeadersInterceptor(metadata)),
                        WHO,
                        CallOptions.DEFAULT,
                        StringValue.of(tenant))
                .getValue();
    }

    private StatusRuntimeException refusal(String tenant, String... headers) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> who(tenant, headers));
    }

    private static String reason(StatusRuntimeException refused)
            throws InvalidProtocolBufferException {
        com.google.rpc.Status status = StatusProto.fromThrowable(refused);
        return status == null ? "" : status.getDetails(0).unpack(ErrorInfo.class).getReason();
    }

    @Test
    void takes_the_tenant_from_the_credential() {
        assertThat(who("", "authorization", "Bearer " + ACME.text())).isEqualTo("acme");
        assertThat(who("acme", "x-api-key", ACME.text())).isEqualTo("acme");
    }

    @Test
    void refuses_another_tenant() throws Exception {
        StatusRuntimeException refused = refusal("beta", "authorization", "Bearer " + ACME.text());

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(reason(refused)).isEqualTo("TENANT_MISMATCH");
    }

    @Test
    void refuses_missing_wrong_and_malformed_credentials_alike() throws Exception {
        for (String credential :
                List.of(
                        "",
                        "Bearer x",
                        "Bearer mb_acme1_wrongSecret01234",
                        "Bearer mb_nobody_secretOfAcme0123")) {
            StatusRuntimeException refused = refusal("acme", "authorization", credential);
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(reason(refused)).isEqualTo("CREDENTIAL_INVALID");
        }
        assertThat(refusal("acme").getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void narrows_an_operator_to_the_tenant_it_acts_as() throws Exception {
        String credential = "Bearer " + OPERATOR.text();

        assertThat(who("beta", "authorization", credential)).isEqualTo("beta");
        assertThat(who("", "authorization", credential, "meterbook-act-as-tenant", "acme"))
                .isEqualTo("acme");
        assertThat(
                        reason(
                                refusal(
                                        "beta",
                                        "authorization",
                                        credential,
                                        "meterbook-act-as-tenant",
                                        "acme")))
                .isEqualTo("TENANT_MISMATCH");
        assertThat(
                        reason(
                                refusal(
                                        "",
                                        "authorization",
                                        "Bearer " + ACME.text(),
                                        "meterbook-act-as-tenant",
                                        "beta")))
                .isEqualTo("OPERATOR_ONLY");
    }

    @Test
    void ends_a_key_that_is_revoked_or_expired() {
        ApiKey expired = new ApiKey("old1", "secretOfThePast0");
        append(
                ApiKeyEvents.issued(
                        expired, "acme", Set.of(Scope.READ), Instant.EPOCH.plusSeconds(1)));
        assertThat(refusal("", "x-api-key", expired.text()).getStatus().getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);

        append(ApiKeyEvents.revoked("acme1", "acme"));
        await().until(() -> isUnauthenticated(ACME));
    }

    private boolean isUnauthenticated(ApiKey key) {
        try {
            who("", "x-api-key", key.text());
            return false;
        } catch (StatusRuntimeException refused) {
            return refused.getStatus().getCode() == Status.Code.UNAUTHENTICATED;
        }
    }

    @Test
    void never_tells_what_went_wrong_inside() {
        StatusRuntimeException failed = refusal("boom", "x-api-key", ACME.text());

        assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(failed.getStatus().getDescription())
                .startsWith("internal error, incident ")
                .doesNotContain("secret");
    }

    @Test
    void health_needs_no_credential() {
        assertThat(
                        HealthGrpc.newBlockingStub(channel)
                                .check(HealthCheckRequest.getDefaultInstance())
                                .getStatus())
                .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    }
}
