package dev.meterbook.gateway.session;

import dev.meterbook.gateway.access.PortalUserRecord;
import dev.meterbook.gateway.access.PortalUsers;
import java.time.Duration;
import java.util.Optional;

/** Lets people in, knows them again, and lets them go. */
public final class SignIn {

    private static final int MAX_TYPED_LENGTH = 256;

    private final PortalUsers users;
    private final Sessions sessions;
    private final SignInThrottle throttle;

    /** Puts the parts together. */
    public SignIn(PortalUsers users, Sessions sessions, SignInThrottle throttle) {
        this.users = users;
        this.sessions = sessions;
        this.throttle = throttle;
    }

    /** What became of an attempt. */
    public sealed interface Outcome {

        /**
         * Let in.
         *
         * @param sessionId for the cookie
         * @param user who it is
         */
        record Welcome(String sessionId, PortalUserRecord user) implements Outcome {}

        /** Login or password is wrong; it is not told which. */
        record Wrong() implements Outcome {}

        /**
         * Too many attempts.
         *
         * @param delay how long to wait
         */
        record TooMany(Duration delay) implements Outcome {}
    }

    /**
     * Tries to sign in. The session gets a new id, whatever id the browser had before.
     *
     * @param address where the attempt comes from
     */
    public Outcome attempt(String typedLogin, String password, String address) {
        if (typedLogin.length() > MAX_TYPED_LENGTH || password.length() > MAX_TYPED_LENGTH) {
            return new Outcome.Wrong();
        }
        String login = PortalUsers.login(typedLogin).orElse("-");
        Optional<Duration> wait = throttle.countAttempt(login, address);
        if (wait.isPresent()) {
            return new Outcome.TooMany(wait.get());
        }
        Optional<PortalUserRecord> user = users.authenticate(login, password);
        if (user.isEmpty()) {
            return new Outcome.Wrong();
        }
        throttle.clear(login);
        return new Outcome.Welcome(sessions.open(login), user.get());
    }

    /** Who a session belongs to; empty if it ended, or if the person was deleted meanwhile. */
    public Optional<Visitor> visitor(String sessionId) {
        return sessions.find(sessionId)
                .flatMap(
                        session ->
                                users.find(session.login())
                                        .map(
                                                user ->
                                                        new Visitor(
                                                                user.login(),
                                                                user.tenant(),
                                                                user.role(),
                                                                session.formToken())));
    }

    /** Ends a session. */
    public void signOut(String sessionId) {
        sessions.close(sessionId);
    }
}
