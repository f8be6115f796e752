package dev.meterbook.gateway.transcoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.meterbook.kernel.Violation;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * An error as HTTP shows it, in the JSON form of Google's AIP-193: {@code {"error": {"code": 404,
 * "status": "NOT_FOUND", "message": …, "details": […]}}}.
 *
 * @param httpStatus from 400 to 599
 * @param status code, text for people, and details such as the stable reason
 */
public record Problem(int httpStatus, Status status) {

    private static final String DOMAIN = "meterbook.dev";
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonFormat.Printer DETAILS =
            JsonFormat.printer()
                    .usingTypeRegistry(
                            JsonFormat.TypeRegistry.newBuilder()
                                    .add(ErrorDetailsProto.getDescriptor().getMessageTypes())
                                    .build());

    /** A request that its contract refuses: 400. */
    public static Problem invalid(Violation violation) {
        BadRequest fields =
                BadRequest.newBuilder()
                        .addFieldViolations(
                                BadRequest.FieldViolation.newBuilder()
                                        .setField(violation.field())
                                        .setDescription(violation.message())
                                        .setReason(violation.reason()))
                        .build();
        Problem plain = of(400, Code.INVALID_ARGUMENT, violation.reason(), violation.message());
        return new Problem(400, plain.status.toBuilder().addDetails(Any.pack(fields)).build());
    }

    /**
     * An error of the gateway itself.
     *
     * @param reason stable, in upper snake case
     * @param message for people: {@code field: value (expected: …)}
     */
    public static Problem of(int httpStatus, Code code, String reason, String message) {
        ErrorInfo info = ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build();
        return new Problem(
                httpStatus,
                Status.newBuilder()
                        .setCode(code.getNumber())
                        .setMessage(message)
                        .addDetails(Any.pack(info))
                        .build());
    }

    /**
     * What a service answered. Errors that nobody outside can act on keep their inside to
     * themselves.
     */
    public static Problem of(StatusRuntimeException answer) {
        Code code = Code.forNumber(answer.getStatus().getCode().value());
        return switch (code == null ? Code.UNKNOWN : code) {
            case UNKNOWN, INTERNAL, DATA_LOSS ->
                    of(500, Code.INTERNAL, "INTERNAL", "internal error; it was logged");
            case UNAVAILABLE -> withRetry(answer, 503, "SERVICE_UNAVAILABLE");
            case DEADLINE_EXCEEDED ->
                    of(
                            504,
                            Code.DEADLINE_EXCEEDED,
                            "DEADLINE_EXCEEDED",
                            "the service took too long");
            case Code known -> new Problem(httpStatus(known), statusOf(answer));
        };
    }

    private static Problem withRetry(StatusRuntimeException answer, int httpStatus, String reason) {
        Status status = statusOf(answer);
        boolean explained = status.getDetailsList().stream().anyMatch(d -> d.is(ErrorInfo.class));
        return explained
                ? new Problem(httpStatus, status)
                : of(
                        httpStatus,
                        Code.UNAVAILABLE,
                        reason,
                        "the service cannot be reached; try again");
    }

    private static Status statusOf(StatusRuntimeException answer) {
        Status status = StatusProto.fromThrowable(answer);
        return status != null
                ? status
                : Status.newBuilder().setCode(answer.getStatus().getCode().value()).build();
    }

    private static int httpStatus(Code code) {
        return switch (code) {
            case OK -> 200;
            case CANCELLED -> 499;
            case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, ABORTED -> 409;
            case RESOURCE_EXHAUSTED -> 429;
            case UNIMPLEMENTED -> 501;
            case UNAVAILABLE -> 503;
            case DEADLINE_EXCEEDED -> 504;
            case UNKNOWN, INTERNAL, DATA_LOSS, UNRECOGNIZED -> 500;
        };
    }

    /** The stable reason; empty if there is none. */
    public String reason() {
        return detail(ErrorInfo.class).map(ErrorInfo::getReason).orElse("");
    }

    /** Whole seconds after which to try again, rounded up; empty if the service did not say. */
    public Optional<Long> retryAfterSeconds() {
        return detail(RetryInfo.class)
                .map(RetryInfo::getRetryDelay)
                .map(delay -> delay.getSeconds() + (delay.getNanos() > 0 ? 1 : 0));
    }

    /** The body of the answer. */
    public byte[] json() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode error = root.putObject("error");
        error.put("code", httpStatus);
        Code code = Code.forNumber(status.getCode());
        error.put("status", code == null ? Code.UNKNOWN.name() : code.name());
        error.put("message", status.getMessage());
        ArrayNode details = error.putArray("details");
        try {
            for (Any detail : status.getDetailsList()) {
                addDetail(details, detail);
            }
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addDetail(ArrayNode details, Any detail) throws JsonProcessingException {
        try {
            details.add(JSON.readTree(DETAILS.print(detail)));
        } catch (InvalidProtocolBufferException ofAnotherKind) {
            details.addObject().put("@type", detail.getTypeUrl());
        }
    }

    private <T extends com.google.protobuf.Message> Optional<T> detail(Class<T> type) {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(type)) {
                try {
                    return Optional.of(detail.unpack(type));
                } catch (IOException broken) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
