package dev.meterbook.gateway.grpc;

import com.google.protobuf.Empty;
import dev.meterbook.gateway.access.ApiKeyRecord;
import dev.meterbook.gateway.access.Issuance;
import dev.meterbook.gateway.access.KeyRing;
import dev.meterbook.gateway.access.Page;
import dev.meterbook.gateway.access.PortalUserRecord;
import dev.meterbook.gateway.access.PortalUsers;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.access.v1.AccessServiceGrpc.AccessServiceImplBase;
import dev.meterbook.proto.access.v1.ApiKey;
import dev.meterbook.proto.access.v1.CreateApiKeyRequest;
import dev.meterbook.proto.access.v1.CreateApiKeyResponse;
import dev.meterbook.proto.access.v1.CreatePortalUserRequest;
import dev.meterbook.proto.access.v1.DeletePortalUserRequest;
import dev.meterbook.proto.access.v1.ListApiKeysRequest;
import dev.meterbook.proto.access.v1.ListApiKeysResponse;
import dev.meterbook.proto.access.v1.ListPortalUsersRequest;
import dev.meterbook.proto.access.v1.ListPortalUsersResponse;
import dev.meterbook.proto.access.v1.PortalUser;
import dev.meterbook.proto.access.v1.RevokeApiKeyRequest;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The access service: API keys for programs, sign-ins for people. */
@Singleton
public final class AccessEndpoint extends AccessServiceImplBase {

    private static final String KEYS = "apiKeys/";
    private static final String USERS = "portalUsers/";

    private final KeyRing keys;
    private final PortalUsers users;
    private final AccessProtos protos;

    AccessEndpoint(KeyRing keys, PortalUsers users, Clock clock) {
        this.keys = keys;
        this.users = users;
        this.protos = new AccessProtos(clock);
    }

    @Override
    public void createApiKey(
            CreateApiKeyRequest request, StreamObserver<CreateApiKeyResponse> answer) {
        Caller caller = Caller.current().require(Scope.ADMIN);
        KeyRing.Wish wish = protos.wish(request, tenantOf(caller, request.getTenant()));
        CreateApiKeyResponse.Builder response = CreateApiKeyResponse.newBuilder();
        switch (keys.issue(wish)) {
            case Issuance.Issued(var key, var credential) ->
                    response.setApiKey(AccessProtos.toProto(key)).setCredential(credential.text());
            case Issuance.Repeated(var key) -> response.setApiKey(AccessProtos.toProto(key));
            case Issuance.Taken _ ->
                    throw Refusal.exists(
                            "API_KEY_EXISTS", "key_id: " + wish.keyId() + " (expected: a new id)");
        }
        complete(answer, response.build());
    }

    @Override
    public void listApiKeys(
            ListApiKeysRequest request, StreamObserver<ListApiKeysResponse> answer) {
        Caller caller = Caller.current().require(Scope.ADMIN);
        String tenant = tenantOf(caller, request.getTenant());
        Page<ApiKeyRecord> page =
                keys.list(tenant, caller.tenant(), request.getPageSize(), request.getPageToken());
        ListApiKeysResponse.Builder response =
                ListApiKeysResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.items().stream().map(AccessProtos::toProto).forEach(response::addApiKeys);
        complete(answer, response.build());
    }

    @Override
    public void revokeApiKey(RevokeApiKeyRequest request, StreamObserver<ApiKey> answer) {
        Caller caller = Caller.current().require(Scope.ADMIN);
        String keyId = AccessProtos.idAfter(KEYS, request.getName());
        ApiKeyRecord key =
                keys.find(keyId, caller.tenant())
                        .orElseThrow(() -> Refusal.notFound("UNKNOWN_API_KEY", request.getName()));
        complete(answer, AccessProtos.toProto(keys.revoke(key)));
    }

    @Override
    public void createPortalUser(
            CreatePortalUserRequest request, StreamObserver<PortalUser> answer) {
        Caller caller = Caller.current().require(Scope.ADMIN);
        String tenant = tenantOf(caller, request.getTenant());
        String login = AccessProtos.login(request.getLogin());
        PortalUserRecord user =
                users.create(
                                login,
                                tenant,
                                AccessProtos.role(request.getRole(), tenant),
                                AccessProtos.password(request.getPassword()))
                        .orElseThrow(
                                () ->
                                        Refusal.exists(
                                                "PORTAL_USER_EXISTS",
                                                "login: " + login + " (expected: a new login)"));
        complete(answer, AccessProtos.toProto(user));
    }

    @Override
    public void listPortalUsers(
            ListPortalUsersRequest request, StreamObserver<ListPortalUsersResponse> answer) {
        Caller caller = Caller.current().require(Scope.ADMIN);
        String tenant = tenantOf(caller, request.getTenant());
        Page<PortalUserRecord> page =
                users.list(tenant, caller.tenant(), request.getPageSize(), request.getPageToken());
        ListPortalUsersResponse.Builder response =
                ListPortalUsersResponse.newBuilder().setNextPageToken(page.nextPageToken());
        page.items().stream().map(AccessProtos::toProto).forEach(response::addPortalUsers);
        complete(answer, response.build());
    }

    @Override
    public void deletePortalUser(DeletePortalUserRequest request, StreamObserver<Empty> answer) {
        Caller caller = Caller.current().require(Scope.ADMIN);
        String login = AccessProtos.idAfter(USERS, request.getName());
        boolean found = users.find(login, caller.tenant()).isPresent() && users.delete(login);
        if (!found) {
            throw Refusal.notFound("UNKNOWN_PORTAL_USER", request.getName());
        }
        complete(answer, Empty.getDefaultInstance());
    }

    /** The tenant that a request is about; empty for the operator as such. */
    private static String tenantOf(Caller caller, String requested) {
        if (requested.isEmpty()) {
            return caller.tenant().orElse("");
        }
        if (!Identifiers.isName(requested)) {
            throw Refusal.invalid("INVALID_TENANT", "tenant", requested, Identifiers.NAME_FORM);
        }
        return caller.tenantFor(requested);
    }

    private static <T> void complete(StreamObserver<T> answer, T value) {
        answer.onNext(value);
        answer.onCompleted();
    }
}
