package dev.meterbook.gateway.transcoding;

import java.util.Map;

/**
 * An answer of the HTTP/JSON interface.
 *
 * @param httpStatus such as 200
 * @param contentType media type of the body
 * @param body bytes
 * @param headers further headers
 */
public record ApiAnswer(
        int httpStatus, String contentType, byte[] body, Map<String, String> headers) {

    /** Media type of all answers but files. */
    public static final String JSON = "application/json";

    static ApiAnswer json(byte[] body) {
        return new ApiAnswer(200, JSON, body, Map.of());
    }

    /** An error. */
    public static ApiAnswer of(Problem problem) {
        Map<String, String> headers =
                problem.retryAfterSeconds()
                        .map(seconds -> Map.of("Retry-After", Long.toString(seconds)))
                        .orElse(
                                problem.httpStatus() == 401
                                        ? Map.of("WWW-Authenticate", "Bearer realm=\"meterbook\"")
                                        : Map.of());
        return new ApiAnswer(problem.httpStatus(), JSON, problem.json(), headers);
    }
}
