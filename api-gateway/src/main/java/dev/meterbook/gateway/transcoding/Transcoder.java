package dev.meterbook.gateway.transcoding;

import com.google.api.HttpBody;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import dev.meterbook.gateway.transcoding.Routes.Match;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns HTTP/JSON requests into rpcs and their answers into JSON, for every rpc of the contracts
 * that carries {@code google.api.http}. JSON is protobuf's own mapping: 64-bit numbers are texts,
 * times are RFC 3339, fields without a value are left out. Thread-safe.
 */
public final class Transcoder {

    /** Bytes of a body at most. */
    public static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private static final int MAX_ANSWER_BYTES = 32 * 1024 * 1024;
    private static final int MAX_QUERY_PARAMETERS = 1_000;
    private static final String FILE = HttpBody.getDescriptor().getFullName();

    private final Routes routes;
    private final Backends backends;
    private final Duration deadline;
    private final MessageReader reader = new MessageReader();
    private final JsonFormat.Printer printer =
            JsonFormat.printer().omittingInsignificantWhitespace();
    private final Map<MethodDescriptor, io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage>>
            methods = new ConcurrentHashMap<>();

    /**
     * A transcoder.
     *
     * @param routes which rpc a path leads to
     * @param backends the way to the services
     * @param deadline the longest time that a call may take
     */
    public Transcoder(Routes routes, Backends backends, Duration deadline) {
        this.routes = routes;
        this.backends = backends;
        this.deadline = deadline;
    }

    /** Answers a request; errors are answers too. Blocks until the service has answered. */
    public ApiAnswer answer(ApiRequest request) {
        try {
            return switch (routes.find(request.method(), request.rawPath())) {
                case Match.Found found -> call(found, request);
                case Match.WrongMethod wrong -> wrongMethod(request, wrong);
                case Match.Unknown _ -> unknown(request);
            };
        } catch (RequestRejected rejected) {
            return ApiAnswer.of(Problem.invalid(rejected.violation()));
        } catch (StatusRuntimeException answer) {
            return ApiAnswer.of(Problem.of(answer));
        } catch (IllegalArgumentException brokenEncoding) {
            return unknown(request);
        }
    }

    private ApiAnswer call(Match.Found found, ApiRequest request) {
        HttpBinding binding = found.binding();
        if (request.body().length > MAX_BODY_BYTES) {
            return ApiAnswer.of(tooLarge());
        }
        if (request.body().length > 0 && !isJson(request.contentType())) {
            return ApiAnswer.of(unsupportedType(request.contentType()));
        }
        DynamicMessage message = message(found, request);
        Channel channel =
                ClientInterceptors.intercept(
                        backends.channel(Contracts.shortName(binding.rpc().getFile())),
                        MetadataUtils.newAttachHeadersInterceptor(copy(request.metadata())));
        CallOptions options =
                CallOptions.DEFAULT
                        .withDeadlineAfter(deadline)
                        .withMaxInboundMessageSize(MAX_ANSWER_BYTES);
        DynamicMessage answer =
                ClientCalls.blockingUnaryCall(channel, method(binding.rpc()), options, message);
        return written(binding, answer);
    }

    private DynamicMessage message(Match.Found found, ApiRequest request) {
        HttpBinding binding = found.binding();
        DynamicMessage.Builder message = DynamicMessage.newBuilder(binding.rpc().getInputType());
        if (binding.body().isEmpty()) {
            refuseBody(request);
        } else if (request.body().length > 0) {
            reader.fill(bodyOf(message, binding), request.body());
        }
        fillFromQuery(message, found, request.query());
        // Last, so that a field of the path cannot be told otherwise by the body.
        found.values().forEach((field, value) -> reader.fill(message, field, List.of(value)));
        return message.build();
    }

    private static Message.Builder bodyOf(DynamicMessage.Builder message, HttpBinding binding) {
        if (binding.body().equals(HttpBinding.WHOLE)) {
            return message;
        }
        FieldDescriptor field = binding.rpc().getInputType().findFieldByName(binding.body());
        return message.getFieldBuilder(field);
    }

    private void fillFromQuery(
            DynamicMessage.Builder message, Match.Found found, Map<String, List<String>> query) {
        int count = query.values().stream().mapToInt(List::size).sum();
        if (count > MAX_QUERY_PARAMETERS) {
            throw RequestRejected.of(
                    "TOO_MANY_PARAMETERS",
                    "query",
                    Integer.toString(count),
                    "at most " + MAX_QUERY_PARAMETERS);
        }
        HttpBinding binding = found.binding();
        // In a fixed order, so that of two faults the same one is always named.
        for (Map.Entry<String, List<String>> parameter : new TreeMap<>(query).entrySet()) {
            String name = parameter.getKey();
            String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            boolean taken =
                    binding.body().equals(HttpBinding.WHOLE)
                            || binding.body().equals(first)
                            || found.values().containsKey(name);
            if (taken) {
                throw RequestRejected.of(
                        "UNKNOWN_PARAMETER", name, "in the query", "in the path or the body");
            }
            reader.fill(message, name, parameter.getValue());
        }
    }

    private static void refuseBody(ApiRequest request) {
        if (request.body().length > 0) {
            throw RequestRejected.of(
                    "UNEXPECTED_BODY", "body", request.body().length + " bytes", "no body");
        }
    }

    private ApiAnswer written(HttpBinding binding, DynamicMessage answer) {
        try {
            if (answer.getDescriptorForType().getFullName().equals(FILE)) {
                HttpBody file = HttpBody.parseFrom(answer.toByteString());
                return new ApiAnswer(
                        200, file.getContentType(), file.getData().toByteArray(), Map.of());
            }
            Message shown = answer;
            if (!binding.responseBody().isEmpty()) {
                FieldDescriptor field =
                        binding.rpc().getOutputType().findFieldByName(binding.responseBody());
                shown = (Message) answer.getField(field);
            }
            return ApiAnswer.json(printer.print(shown).getBytes(StandardCharsets.UTF_8));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("answer of " + binding.rpc().getFullName(), e);
        }
    }

    private io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> method(MethodDescriptor rpc) {
        return methods.computeIfAbsent(
                rpc,
                each ->
                        io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                                .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
                                .setFullMethodName(
                                        io.grpc.MethodDescriptor.generateFullMethodName(
                                                each.getService().getFullName(), each.getName()))
                                .setRequestMarshaller(marshaller(each.getInputType()))
                                .setResponseMarshaller(marshaller(each.getOutputType()))
                                .build());
    }

    private static io.grpc.MethodDescriptor.Marshaller<DynamicMessage> marshaller(
            com.google.protobuf.Descriptors.Descriptor type) {
        return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
    }

    private static Metadata copy(Metadata metadata) {
        var copy = new Metadata();
        copy.merge(metadata);
        return copy;
    }

    private static boolean isJson(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().equalsIgnoreCase(ApiAnswer.JSON);
    }

    /** The body is larger than {@link #MAX_BODY_BYTES}. */
    public static Problem tooLarge() {
        return Problem.of(
                413,
                Code.INVALID_ARGUMENT,
                "BODY_TOO_LARGE",
                "body: too large (expected: at most " + MAX_BODY_BYTES + " bytes)");
    }

    private static Problem unsupportedType(String contentType) {
        return Problem.of(
                415,
                Code.INVALID_ARGUMENT,
                "UNSUPPORTED_MEDIA_TYPE",
                "content-type: " + contentType + " (expected: " + ApiAnswer.JSON + ")");
    }

    private static ApiAnswer wrongMethod(ApiRequest request, Match.WrongMethod wrong) {
        String allowed = String.join(", ", wrong.allowed());
        Problem problem =
                Problem.of(
                        405,
                        Code.UNIMPLEMENTED,
                        "METHOD_NOT_ALLOWED",
                        "method: " + request.method() + " (expected: " + allowed + ")");
        return new ApiAnswer(405, ApiAnswer.JSON, problem.json(), Map.of("Allow", allowed));
    }

    private static ApiAnswer unknown(ApiRequest request) {
        return ApiAnswer.of(
                Problem.of(
                        404,
                        Code.NOT_FOUND,
                        "UNKNOWN_PATH",
                        "path: " + request.rawPath() + " (expected: one of /docs/api)"));
    }
}
