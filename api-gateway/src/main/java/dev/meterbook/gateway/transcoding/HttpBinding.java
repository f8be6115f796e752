package dev.meterbook.gateway.transcoding;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.List;
import java.util.stream.Stream;

/**
 * One way to call an rpc over HTTP.
 *
 * @param method the HTTP method, such as {@code GET}
 * @param path the path
 * @param body field that the body fills, {@code *} for the whole request, empty for no body
 * @param responseBody field that the answer shows, empty for the whole answer
 * @param rpc the rpc
 */
public record HttpBinding(
        String method, PathTemplate path, String body, String responseBody, MethodDescriptor rpc) {

    /** The value of {@link #body} that stands for the whole request. */
    public static final String WHOLE = "*";

    /** The bindings of an rpc: none for streams and for rpcs without annotation. */
    public static List<HttpBinding> of(MethodDescriptor rpc) {
        boolean unary = !rpc.isClientStreaming() && !rpc.isServerStreaming();
        if (!unary || !rpc.getOptions().hasExtension(AnnotationsProto.http)) {
            return List.of();
        }
        HttpRule rule = rpc.getOptions().getExtension(AnnotationsProto.http);
        return Stream.concat(Stream.of(rule), rule.getAdditionalBindingsList().stream())
                .map(each -> of(each, rpc))
                .toList();
    }

    private static HttpBinding of(HttpRule rule, MethodDescriptor rpc) {
        return switch (rule.getPatternCase()) {
            case GET -> of("GET", rule.getGet(), rule, rpc);
            case PUT -> of("PUT", rule.getPut(), rule, rpc);
            case POST -> of("POST", rule.getPost(), rule, rpc);
            case DELETE -> of("DELETE", rule.getDelete(), rule, rpc);
            case PATCH -> of("PATCH", rule.getPatch(), rule, rpc);
            case CUSTOM, PATTERN_NOT_SET ->
                    throw new IllegalArgumentException(
                            rpc.getFullName()
                                    + ": "
                                    + rule.getPatternCase()
                                    + " (expected: get …)");
        };
    }

    private static HttpBinding of(String method, String path, HttpRule rule, MethodDescriptor rpc) {
        return new HttpBinding(
                method, PathTemplate.parse(path), rule.getBody(), rule.getResponseBody(), rpc);
    }
}
