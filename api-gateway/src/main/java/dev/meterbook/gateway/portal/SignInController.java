package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.access.PortalUserRecord;
import dev.meterbook.gateway.access.Secrets;
import dev.meterbook.gateway.session.SignIn;
import dev.meterbook.gateway.session.Visitor;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.views.ModelAndView;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Signing in and out. */
@Controller
@Produces(MediaType.TEXT_HTML)
@ExecuteOn(TaskExecutors.BLOCKING)
public final class SignInController {

    /** Only our own pages; never {@code //elsewhere}. */
    private static final Pattern OWN_PAGE =
            Pattern.compile("/(portal|console)([/?][^\\\\]{0,500})?");

    private static final String WRONG = "Sign-in name or password is wrong.";

    private final SignIn signIn;
    private final SessionCookie cookie;
    private final Secrets secrets;

    SignInController(SignIn signIn, SessionCookie cookie, Secrets secrets) {
        this.signIn = signIn;
        this.cookie = cookie;
        this.secrets = secrets;
    }

    /**
     * What the sign-in page shows.
     *
     * @param token what the form must repeat
     * @param next where to go afterwards; empty for the first page
     * @param login as typed before
     * @param failure why it did not work; empty at first
     */
    public record SignInView(String token, String next, String login, String failure) {}

    @Get("/")
    HttpResponse<?> root(HttpRequest<?> request) {
        Optional<Visitor> visitor = cookie.session(request).flatMap(signIn::visitor);
        return HttpResponse.seeOther(
                URI.create(visitor.map(v -> firstPage(v.isOperator())).orElse("/sign-in")));
    }

    @Get("/sign-in")
    HttpResponse<?> form(@QueryValue(defaultValue = "") String next) {
        return page(200, next, "", "");
    }

    @Post("/sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> enter(HttpRequest<?> request, @Body Map<String, String> form) {
        String next = form.getOrDefault("next", "");
        String login = form.getOrDefault("login", "");
        String token = form.getOrDefault(Visitor.TOKEN_FIELD, "");
        boolean ours =
                cookie.signInToken(request).filter(t -> Secrets.areEqual(t, token)).isPresent();
        if (!ours) {
            return page(403, next, login, "The page was out of date. Please try again.");
        }
        String password = form.getOrDefault("password", "");
        return switch (signIn.attempt(login, password, address(request))) {
            case SignIn.Outcome.Welcome(var id, var user) -> welcome(request, id, user, next);
            case SignIn.Outcome.Wrong _ -> page(401, next, login, WRONG);
            case SignIn.Outcome.TooMany(var delay) ->
                    page(
                            429,
                            next,
                            login,
                            "Too many attempts. Try again in "
                                    + (delay.toMinutes() + 1)
                                    + " minutes.");
        };
    }

    @Post("/sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> leave(HttpRequest<?> request, @Body Map<String, String> form) {
        Optional<String> id = cookie.session(request);
        id.flatMap(signIn::visitor)
                .ifPresent(
                        visitor -> {
                            visitor.accept(form);
                            signIn.signOut(id.orElseThrow());
                        });
        return HttpResponse.seeOther(URI.create("/sign-in")).cookie(cookie.withoutSession());
    }

    private HttpResponse<?> welcome(
            HttpRequest<?> request, String id, PortalUserRecord user, String next) {
        cookie.session(request).ifPresent(signIn::signOut);
        String target =
                OWN_PAGE.matcher(next).matches() ? next : firstPage(user.role().isOperator());
        return HttpResponse.seeOther(URI.create(target)).cookie(cookie.ofSession(id));
    }

    private MutableHttpResponse<?> page(int status, String next, String login, String failure) {
        String token = secrets.secret();
        SignInView view = new SignInView(token, next, login, failure);
        return HttpResponse.status(HttpStatus.valueOf(status))
                .body(new ModelAndView<>("sign-in", Map.of("view", view)))
                .cookie(cookie.ofSignIn(token));
    }

    private static String firstPage(boolean operator) {
        return operator ? Place.CONSOLE : Place.PORTAL;
    }

    private static String address(HttpRequest<?> request) {
        return request.getRemoteAddress().getAddress().getHostAddress();
    }
}
