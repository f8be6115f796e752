package dev.meterbook.gateway.portal;

import com.google.rpc.Code;
import dev.meterbook.gateway.session.ForgedFormException;
import dev.meterbook.gateway.transcoding.ApiAnswer;
import dev.meterbook.gateway.transcoding.Problem;
import dev.meterbook.gateway.transcoding.Transcoder;
import io.grpc.StatusRuntimeException;
import io.lettuce.core.RedisException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.views.ModelAndView;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error as people or programs can read it; nothing shows the inside of the house. */
@Controller
public final class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);
    private static final String OUR_FAULT = "Something went wrong on our side; it was logged.";

    @Error(global = true, exception = NotFoundException.class)
    HttpResponse<?> missing(HttpRequest<?> request, NotFoundException missing) {
        return answer(request, 404, "NOT_FOUND", text(missing));
    }

    @Error(global = true, exception = NotAllowedException.class)
    HttpResponse<?> notAllowed(HttpRequest<?> request, NotAllowedException refused) {
        return answer(request, 403, "NOT_ALLOWED", text(refused));
    }

    @Error(global = true, exception = ForgedFormException.class)
    HttpResponse<?> forged(HttpRequest<?> request, ForgedFormException forged) {
        return answer(
                request, 403, "FORGED_FORM", "The form is out of date. Go back and send it again.");
    }

    @Error(global = true, exception = ContentLengthExceededException.class)
    HttpResponse<?> tooLarge(HttpRequest<?> request, ContentLengthExceededException tooLarge) {
        return isApi(request)
                ? json(Transcoder.tooLarge())
                : page(request, 413, "That is too large.");
    }

    @Error(global = true, exception = UnsatisfiedRouteException.class)
    HttpResponse<?> incomplete(HttpRequest<?> request, UnsatisfiedRouteException incomplete) {
        return answer(request, 400, "INVALID_REQUEST", "Something is missing in the address.");
    }

    @Error(global = true, exception = ConversionErrorException.class)
    HttpResponse<?> unreadable(HttpRequest<?> request, ConversionErrorException unreadable) {
        return answer(request, 400, "INVALID_REQUEST", "The address cannot be read.");
    }

    @Error(global = true, exception = HttpStatusException.class)
    HttpResponse<?> status(HttpRequest<?> request, HttpStatusException refused) {
        return ofRouter(request, refused.getStatus().getCode());
    }

    @Error(global = true, exception = StatusRuntimeException.class)
    HttpResponse<?> service(HttpRequest<?> request, StatusRuntimeException refused) {
        Problem problem = Problem.of(refused);
        if (problem.httpStatus() == 401) {
            // The visitor is signed in; it is the gateway's own credential that a service refused.
            return page(request, 503, "The service is not ready yet. Try again in a moment.");
        }
        String message =
                switch (problem.httpStatus()) {
                    case 404 -> "There is no such thing, or it is not yours to see.";
                    case 403 -> "You may not see this.";
                    case 500 -> OUR_FAULT;
                    case 503 -> "A service is not reachable right now.";
                    case 504 -> "A service took too long to answer.";
                    default -> problem.status().getMessage();
                };
        return page(request, problem.httpStatus(), message);
    }

    @Error(global = true, exception = RedisException.class)
    HttpResponse<?> sessions(HttpRequest<?> request, RedisException away) {
        LOG.warn("sessions cannot be reached: {}", away.getMessage());
        return answer(
                request, 503, "SESSIONS_UNAVAILABLE", "Sign-in is not possible at the moment.");
    }

    @Error(global = true, exception = RuntimeException.class)
    HttpResponse<?> unexpected(HttpRequest<?> request, RuntimeException unexpected) {
        LOG.error("{} {}", request.getMethodName(), request.getPath(), unexpected);
        return answer(request, 500, "INTERNAL", OUR_FAULT);
    }

    /** What the router refuses by itself, before a page is asked. */
    static MutableHttpResponse<?> ofRouter(HttpRequest<?> request, int status) {
        return switch (status) {
            case 404 -> answer(request, 404, "UNKNOWN_PATH", "There is no such page.");
            case 405 ->
                    answer(request, 405, "METHOD_NOT_ALLOWED", "This address does not take that.");
            case 415 -> answer(request, 415, "UNSUPPORTED_MEDIA_TYPE", "This form cannot be read.");
            default ->
                    status >= 500
                            ? answer(request, status, "INTERNAL", OUR_FAULT)
                            : answer(
                                    request,
                                    status,
                                    "INVALID_REQUEST",
                                    "The request cannot be read.");
        };
    }

    private static MutableHttpResponse<?> answer(
            HttpRequest<?> request, int status, String reason, String message) {
        return isApi(request)
                ? json(Problem.of(status, code(status), reason, message))
                : page(request, status, message);
    }

    private static boolean isApi(HttpRequest<?> request) {
        return request.getPath().startsWith("/v1/");
    }

    private static MutableHttpResponse<?> json(Problem problem) {
        ApiAnswer answer = ApiAnswer.of(problem);
        return HttpResponse.status(HttpStatus.valueOf(answer.httpStatus()))
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(answer.body());
    }

    private static MutableHttpResponse<?> page(HttpRequest<?> request, int status, String message) {
        ErrorView view =
                new ErrorView(
                        status, title(status), message, status >= 500 ? request.getPath() : "");
        return HttpResponse.status(HttpStatus.valueOf(status))
                .contentType(MediaType.TEXT_HTML_TYPE)
                .body(new ModelAndView<>("error", Map.of("view", view)));
    }

    /**
     * What an error page shows.
     *
     * @param status such as 404
     * @param title short
     * @param message what happened, for people
     * @param retry address to try again; empty if that does not help
     */
    public record ErrorView(int status, String title, String message, String retry) {}

    private static String title(int status) {
        return switch (status) {
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 503, 504 -> "Not available right now";
            default -> status >= 500 ? "Something went wrong" : "That did not work";
        };
    }

    private static Code code(int status) {
        return switch (status) {
            case 403 -> Code.PERMISSION_DENIED;
            case 404 -> Code.NOT_FOUND;
            case 405 -> Code.UNIMPLEMENTED;
            case 503 -> Code.UNAVAILABLE;
            default -> status >= 500 ? Code.INTERNAL : Code.INVALID_ARGUMENT;
        };
    }

    private static String text(RuntimeException refused) {
        String message = refused.getMessage();
        return message == null ? "" : message;
    }
}
