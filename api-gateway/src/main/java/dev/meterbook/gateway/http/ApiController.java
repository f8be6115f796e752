package dev.meterbook.gateway.http;

import dev.meterbook.gateway.transcoding.ApiAnswer;
import dev.meterbook.gateway.transcoding.ApiRequest;
import dev.meterbook.gateway.transcoding.Transcoder;
import dev.meterbook.platform.security.CallerInterceptor;
import io.grpc.Metadata;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything below {@code /v1}: hands requests to the transcoder. Credentials are taken from
 * headers only, never from a cookie, so no other site can make a browser call it.
 */
@Controller("/v1")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ApiController {

    private static final byte[] NOTHING = {};

    private final Transcoder transcoder;

    ApiController(Transcoder transcoder) {
        this.transcoder = transcoder;
    }

    @Get("/{+path}")
    HttpResponse<byte[]> get(HttpRequest<?> request) {
        return answer(request, NOTHING);
    }

    @Post("/{+path}")
    HttpResponse<byte[]> post(HttpRequest<byte[]> request) {
        return answer(request, request.getBody().orElse(NOTHING));
    }

    @Put("/{+path}")
    HttpResponse<byte[]> put(HttpRequest<byte[]> request) {
        return answer(request, request.getBody().orElse(NOTHING));
    }

    @Patch("/{+path}")
    HttpResponse<byte[]> patch(HttpRequest<byte[]> request) {
        return answer(request, request.getBody().orElse(NOTHING));
    }

    @Delete("/{+path}")
    HttpResponse<byte[]> delete(HttpRequest<byte[]> request) {
        return answer(request, request.getBody().orElse(NOTHING));
    }

    private HttpResponse<byte[]> answer(HttpRequest<?> request, byte[] body) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        request.getParameters()
                .asMap()
                .forEach((name, values) -> query.put(name, new ArrayList<>(values)));
        HttpHeaders headers = request.getHeaders();
        return response(
                transcoder.answer(
                        new ApiRequest(
                                request.getMethodName(),
                                request.getUri().getRawPath(),
                                query,
                                headers.get(HttpHeaders.CONTENT_TYPE, String.class, ""),
                                body,
                                credential(headers))));
    }

    /** What says who calls; an API key alone serves as well as one after the word Bearer. */
    private static Metadata credential(HttpHeaders headers) {
        Metadata metadata = new Metadata();
        copy(headers, metadata, CallerInterceptor.AUTHORIZATION);
        copy(headers, metadata, CallerInterceptor.X_API_KEY);
        copy(headers, metadata, CallerInterceptor.ACT_AS_TENANT);
        return metadata;
    }

    private static void copy(HttpHeaders headers, Metadata metadata, Metadata.Key<String> key) {
        String value = headers.get(key.name());
        if (value != null) {
            metadata.put(key, value);
        }
    }

    static MutableHttpResponse<byte[]> response(ApiAnswer answer) {
        MutableHttpResponse<byte[]> response =
                HttpResponse.<byte[]>status(HttpStatus.OK)
                        .status(answer.httpStatus())
                        .body(answer.body())
                        .header(HttpHeaders.CONTENT_TYPE, answer.contentType())
                        .header(HttpHeaders.CACHE_CONTROL, "no-store");
        answer.headers().forEach(response::header);
        return response;
    }
}
