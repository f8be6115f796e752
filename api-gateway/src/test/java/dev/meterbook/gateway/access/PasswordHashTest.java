package dev.meterbook.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void knows_the_right_password_and_no_other() {
        String hash = PasswordHash.of("correct horse battery", random);

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(PasswordHash.matches("correct horse battery", hash)).isTrue();
        assertThat(PasswordHash.matches("correct horse batterz", hash)).isFalse();
        assertThat(PasswordHash.matches("correct horse battery", "$2b$10$x")).isFalse();
    }

    @Test
    void salts_every_password() {
        assertThat(PasswordHash.of("correct horse battery", random))
                .isNotEqualTo(PasswordHash.of("correct horse battery", random));
    }
}
