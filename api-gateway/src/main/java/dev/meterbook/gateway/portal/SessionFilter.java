package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.session.SignIn;
import dev.meterbook.gateway.session.Visitor;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody onto the pages who is not signed in, and nobody into the console who is not of the
 * operator. Forms that another site sent are refused before anything reads them; the token that
 * every form carries is checked by the page itself.
 */
@ServerFilter({"/portal", "/portal/**", "/console", "/console/**"})
@ExecuteOn(TaskExecutors.BLOCKING)
final class SessionFilter {

    /** Under this name the visitor stands in the request's attributes. */
    static final String VISITOR = "meterbook.visitor";

    private final SignIn signIn;
    private final SessionCookie cookie;

    SessionFilter(SignIn signIn, SessionCookie cookie) {
        this.signIn = signIn;
        this.cookie = cookie;
    }

    @RequestFilter
    @Nullable HttpResponse<?> check(HttpRequest<?> request) {
        Optional<Visitor> visitor = cookie.session(request).flatMap(signIn::visitor);
        if (visitor.isEmpty()) {
            return toSignIn(request);
        }
        if (isFromElsewhere(request)) {
            throw new NotAllowedException("This form was sent from another site.");
        }
        boolean console = request.getPath().startsWith(Place.CONSOLE);
        if (console && !visitor.get().isOperator()) {
            throw new NotAllowedException("This page belongs to the billing team.");
        }
        if (!console && visitor.get().isOperator()) {
            return HttpResponse.seeOther(URI.create(Place.CONSOLE));
        }
        request.setAttribute(VISITOR, visitor.get());
        return null;
    }

    private static HttpResponse<?> toSignIn(HttpRequest<?> request) {
        boolean canComeBack = request.getMethod() == HttpMethod.GET;
        String address =
                canComeBack
                        ? "/sign-in?next=" + Pages.encoded(request.getUri().toString())
                        : "/sign-in";
        boolean partial = request.getHeaders().contains("HX-Request");
        return partial
                ? HttpResponse.status(HttpStatus.NO_CONTENT).header("HX-Redirect", address)
                : HttpResponse.seeOther(URI.create(address));
    }

    /**
     * Browsers say where a request comes from; what says nothing is no browser and has no cookie.
     */
    private static boolean isFromElsewhere(HttpRequest<?> request) {
        if (request.getMethod() == HttpMethod.GET) {
            return false;
        }
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        String host = request.getHeaders().get(HttpHeaders.HOST);
        return origin != null && host != null && !origin.endsWith("://" + host);
    }
}
