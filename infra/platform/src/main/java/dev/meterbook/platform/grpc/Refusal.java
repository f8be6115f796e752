package dev.meterbook.platform.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.meterbook.kernel.Violation;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;

/**
 * The one place where a "no" becomes a gRPC status: a code, a text of the form {@code field: value
 * (expected: …)}, and an {@code ErrorInfo} with a stable reason for machines (AIP-193).
 */
public final class Refusal {

    /** The domain of every reason. */
    public static final String DOMAIN = "meterbook.dev";

    private Refusal() {}

    /** INVALID_ARGUMENT: the request cannot be taken as it is. */
    public static StatusRuntimeException invalid(Violation violation) {
        BadRequest detail =
                BadRequest.newBuilder()
                        .addFieldViolations(
                                BadRequest.FieldViolation.newBuilder()
                                        .setField(violation.field())
                                        .setDescription(violation.message()))
                        .build();
        return status(Code.INVALID_ARGUMENT, violation.reason(), violation.message(), detail);
    }

    /** INVALID_ARGUMENT: the request cannot be taken as it is. */
    public static StatusRuntimeException invalid(
            String reason, String field, String value, String expected) {
        return invalid(new Violation(reason, field, value, expected));
    }

    /** UNAUTHENTICATED: no credential, or one that is not valid. It is not told which. */
    public static StatusRuntimeException unauthenticated() {
        return status(
                Code.UNAUTHENTICATED,
                "CREDENTIAL_INVALID",
                "authorization: not valid (expected: Bearer and an API key)");
    }

    /** PERMISSION_DENIED: the credential may not do this. */
    public static StatusRuntimeException denied(String reason, String message) {
        return status(Code.PERMISSION_DENIED, reason, message);
    }

    /** NOT_FOUND: there is no such thing, or it is not the caller's to see. */
    public static StatusRuntimeException notFound(String reason, String name) {
        return status(Code.NOT_FOUND, reason, name + ": not found");
    }

    /** ALREADY_EXISTS: something else has that id. */
    public static StatusRuntimeException exists(String reason, String message) {
        return status(Code.ALREADY_EXISTS, reason, message);
    }

    /** FAILED_PRECONDITION: not in this state. */
    public static StatusRuntimeException precondition(String reason, String message) {
        return status(Code.FAILED_PRECONDITION, reason, message);
    }

    /** ABORTED: changed by another meanwhile; reading again and trying again may help. */
    public static StatusRuntimeException aborted(String reason, String message) {
        return status(Code.ABORTED, reason, message);
    }

    /** UNAVAILABLE: something that is needed cannot be reached now. */
    public static StatusRuntimeException unavailable(String reason, String message) {
        return status(Code.UNAVAILABLE, reason, message);
    }

    /** RESOURCE_EXHAUSTED: too much at once; the caller should wait that long. */
    public static StatusRuntimeException exhausted(
            String reason, String message, Duration retryDelay) {
        RetryInfo detail =
                RetryInfo.newBuilder()
                        .setRetryDelay(
                                com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(retryDelay.toSeconds())
                                        .setNanos(retryDelay.toNanosPart()))
                        .build();
        return status(Code.RESOURCE_EXHAUSTED, reason, message, detail);
    }

    /** INTERNAL: our fault. The text names where to look in the log, not what went wrong. */
    static StatusRuntimeException internal(String incident) {
        return status(Code.INTERNAL, "INTERNAL", "internal error, incident " + incident);
    }

    private static StatusRuntimeException status(
            Code code, String reason, String message, Message... details) {
        ErrorInfo info = ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build();
        Status.Builder status =
                Status.newBuilder()
                        .setCode(code.getNumber())
                        .setMessage(message)
                        .addDetails(Any.pack(info));
        for (Message detail : details) {
            status.addDetails(Any.pack(detail));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
