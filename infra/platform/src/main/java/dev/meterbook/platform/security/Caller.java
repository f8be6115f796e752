package dev.meterbook.platform.security;

import dev.meterbook.platform.grpc.Refusal;
import io.grpc.Context;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as verified from the credential.
 *
 * @param keyId public part of the key
 * @param boundTenant the tenant that the call is bound to; null for the operator
 * @param scopes what the credential may do
 */
public record Caller(String keyId, @Nullable String boundTenant, Set<Scope> scopes) {

    static final Context.Key<Caller> KEY = Context.key("meterbook-caller");

    /** Copies the scopes. */
    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /**
     * The caller of the gRPC call that this thread serves.
     *
     * @throws io.grpc.StatusRuntimeException UNAUTHENTICATED if there is none
     */
    public static Caller current() {
        Caller caller = KEY.get();
        if (caller == null) {
            throw Refusal.unauthenticated();
        }
        return caller;
    }

    /** True for the operator's own credentials. */
    public boolean isOperator() {
        return boundTenant == null;
    }

    /** The tenant that the credential is bound to, if it is. */
    public Optional<String> tenant() {
        return Optional.ofNullable(boundTenant);
    }

    /**
     * Demands a scope.
     *
     * @throws io.grpc.StatusRuntimeException PERMISSION_DENIED, SCOPE_MISSING
     */
    public Caller require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw Refusal.denied("SCOPE_MISSING", "credential: without scope " + scope);
        }
        return this;
    }

    /**
     * Demands one of the operator's credentials, with a scope.
     *
     * @throws io.grpc.StatusRuntimeException PERMISSION_DENIED, OPERATOR_ONLY or SCOPE_MISSING
     */
    public Caller requireOperator(Scope scope) {
        if (!isOperator()) {
            throw Refusal.denied("OPERATOR_ONLY", "credential: bound to a tenant");
        }
        return require(scope);
    }

    /** True if the credential may act for a tenant. */
    public boolean mayActFor(String tenantId) {
        return isOperator() || tenantId.equals(boundTenant);
    }

    /**
     * The tenant that a request is about.
     *
     * @param requested as the request names it; empty takes the credential's own
     * @return the tenant; never empty
     * @throws io.grpc.StatusRuntimeException PERMISSION_DENIED, TENANT_MISMATCH, if it is another
     *     tenant's; INVALID_ARGUMENT, TENANT_REQUIRED, if the operator names none
     */
    public String tenantFor(String requested) {
        if (requested.isEmpty()) {
            return tenant().orElseThrow(
                            () ->
                                    Refusal.invalid(
                                            "TENANT_REQUIRED", "tenant", "", "a tenant's id"));
        }
        if (!mayActFor(requested)) {
            throw Refusal.denied("TENANT_MISMATCH", "tenant: not the credential's own");
        }
        return requested;
    }

    /** The same credential, narrowed to one tenant. */
    Caller narrowedTo(String tenantId) {
        return new Caller(keyId, tenantId, scopes);
    }
}
