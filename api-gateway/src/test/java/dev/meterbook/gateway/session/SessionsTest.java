package dev.meterbook.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.gateway.access.Secrets;
import dev.meterbook.testing.MutableClock;
import dev.meterbook.testing.RedisFixture;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private final RedisFixture redis = RedisFixture.start();
    private final RedisLink link = new RedisLink(redis.uri());
    private final MutableClock clock = MutableClock.at("2026-11-23T10:00:00Z");
    private final Sessions sessions = new Sessions(link, new Secrets(new SecureRandom()), clock);

    @AfterEach
    void stop() {
        link.close();
        redis.close();
    }

    @Test
    void finds_a_session_by_its_id_only() {
        String id = sessions.open("ann");

        assertThat(id).hasSize(43);
        assertThat(sessions.find(id)).get().extracting(Sessions.Session::login).isEqualTo("ann");
        assertThat(sessions.find(id + "x")).isEmpty();
        assertThat(sessions.find("")).isEmpty();
    }

    @Test
    void keeps_the_hash_of_the_id_and_never_the_id() {
        String id = sessions.open("ann");

        List<String> keys = link.commands().keys("*");

        assertThat(keys).hasSize(1);
        assertThat(keys.getFirst()).doesNotContain(id);
    }

    @Test
    void ends_half_an_hour_after_the_last_click() {
        String id = sessions.open("ann");

        String key = link.commands().keys("*").getFirst();
        assertThat(link.commands().ttl(key)).isBetween(1_795L, 1_800L);
        link.commands().expire(key, 5);
        sessions.find(id);
        assertThat(link.commands().ttl(key)).as("renewed").isBetween(1_795L, 1_800L);
    }

    @Test
    void ends_twelve_hours_after_sign_in_whatever_happens() {
        String id = sessions.open("ann");

        clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(sessions.find(id)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sessions.find(id)).isEmpty();
        assertThat(link.commands().keys("*")).isEmpty();
    }

    @Test
    void gives_every_session_its_own_form_token() {
        String first = sessions.find(sessions.open("ann")).orElseThrow().formToken();
        String second = sessions.find(sessions.open("ann")).orElseThrow().formToken();

        assertThat(first).hasSize(43).isNotEqualTo(second);
    }

    @Test
    void counts_attempts_by_login_and_by_address() {
        SignInThrottle throttle = new SignInThrottle(link);

        for (int i = 0; i < SignInThrottle.MAX_FOR_LOGIN; i++) {
            assertThat(throttle.countAttempt("ann", "10.0.0.1")).isEmpty();
        }
        assertThat(throttle.countAttempt("ann", "10.0.0.2")).isPresent();
        assertThat(throttle.countAttempt("bob", "10.0.0.1")).isEmpty();
        throttle.clear("ann");
        assertThat(throttle.countAttempt("ann", "10.0.0.2")).isEmpty();

        for (int i = 0; i < SignInThrottle.MAX_FOR_ADDRESS; i++) {
            throttle.countAttempt("login-" + i, "10.0.0.3");
        }
        assertThat(throttle.countAttempt("carl", "10.0.0.3")).isPresent();
    }
}
