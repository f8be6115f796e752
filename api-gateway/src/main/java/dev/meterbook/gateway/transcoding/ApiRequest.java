package dev.meterbook.gateway.transcoding;

import io.grpc.Metadata;
import java.util.List;
import java.util.Map;

/**
 * A request of the HTTP/JSON interface.
 *
 * @param method such as {@code GET}
 * @param rawPath the path, still percent-encoded
 * @param query query parameters, decoded
 * @param contentType of the body; empty if not told
 * @param body bytes; empty for none
 * @param metadata what goes to the service with the call: the caller's credential
 */
public record ApiRequest(
        String method,
        String rawPath,
        Map<String, List<String>> query,
        String contentType,
        byte[] body,
        Metadata metadata) {}
