package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.session.Tls;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The cookies of the portal: no script can read them, no other site can have them sent. */
@Singleton
final class SessionCookie {

    private static final String SESSION = "meterbook_session";
    private static final String SIGN_IN = "meterbook_sign_in";
    private static final int SIGN_IN_SECONDS = 3_600;

    private final Tls tls;

    SessionCookie(Tls tls) {
        this.tls = tls;
    }

    /** The session id that a browser sent. */
    Optional<String> session(HttpRequest<?> request) {
        return request.getCookies().findCookie(SESSION).map(Cookie::getValue);
    }

    /** Gives the browser a session id; it forgets it when it is closed. */
    Cookie ofSession(String id) {
        return cookie(SESSION, id, SameSite.Lax);
    }

    /** Takes the session id away. */
    Cookie withoutSession() {
        return cookie(SESSION, "", SameSite.Lax).maxAge(0);
    }

    /** What the sign-in form must repeat, as the browser sent it. */
    Optional<String> signInToken(HttpRequest<?> request) {
        return request.getCookies().findCookie(SIGN_IN).map(Cookie::getValue);
    }

    /** Gives the browser what the sign-in form must repeat. */
    Cookie ofSignIn(String token) {
        return cookie(SIGN_IN, token, SameSite.Strict).maxAge(SIGN_IN_SECONDS);
    }

    private Cookie cookie(String name, String value, SameSite sameSite) {
        return Cookie.of(name, value)
                .path("/")
                .httpOnly(true)
                .secure(tls.isUsed())
                .sameSite(sameSite);
    }
}
