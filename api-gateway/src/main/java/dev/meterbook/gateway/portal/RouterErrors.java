package dev.meterbook.gateway.portal;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** What the router itself refuses, such as unknown paths, in the same forms as all other errors. */
@Singleton
final class RouterErrors implements ErrorResponseProcessor<Object> {

    @Override
    @SuppressWarnings("unchecked") // the body is whatever the form needs
    public MutableHttpResponse<Object> processResponse(
            ErrorContext context, MutableHttpResponse<?> refused) {
        MutableHttpResponse<?> answer = ErrorPages.ofRouter(context.getRequest(), refused.code());
        String allowed = refused.getHeaders().get(HttpHeaders.ALLOW);
        if (allowed != null) {
            answer.header(HttpHeaders.ALLOW, allowed);
        }
        return (MutableHttpResponse<Object>) answer;
    }
}
