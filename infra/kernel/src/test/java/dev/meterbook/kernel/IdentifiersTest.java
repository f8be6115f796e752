package dev.meterbook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentifiersTest {

    @Test
    void a_name_has_1_to_63_lower_case_letters_digits_and_dashes() {
        assertThat(Identifiers.isName("acme-eu-2")).isTrue();
        assertThat(Identifiers.isName("a".repeat(63))).isTrue();
        assertThat(Identifiers.isName("a".repeat(64))).isFalse();
        assertThat(Identifiers.isName("")).isFalse();
        assertThat(Identifiers.isName("-acme")).isFalse();
        assertThat(Identifiers.isName("Acme")).isFalse();
        assertThat(Identifiers.isName("acmé")).isFalse();
    }

    @Test
    void an_opaque_id_may_hold_a_few_marks_after_its_first_character() {
        assertThat(Identifiers.isOpaqueId("User_1.2:x@y/z-")).isTrue();
        assertThat(Identifiers.isOpaqueId("a".repeat(64))).isTrue();
        assertThat(Identifiers.isOpaqueId("a".repeat(65))).isFalse();
        assertThat(Identifiers.isOpaqueId(":a")).isFalse();
        assertThat(Identifiers.isOpaqueId("a b")).isFalse();
        assertThat(Identifiers.isOpaqueId("a'b")).isFalse();
    }

    @Test
    void a_uuid_is_its_own_key() {
        assertThat(CallKey.of("0190f3a8-7c1e-7b6a-9d2f-3c4b5a697887"))
                .isEqualTo(UUID.fromString("0190f3a8-7c1e-7b6a-9d2f-3c4b5a697887"));
    }

    /** The literals come from Python's hashlib. */
    @Test
    void any_other_id_is_mapped_to_the_first_half_of_its_sha_256() {
        assertThat(CallKey.of("call-1"))
                .isEqualTo(UUID.fromString("5d7963c4-f471-e142-f5a7-2214a9666fb1"));
        assertThat(CallKey.of("0190F3A8-7C1E-7B6A-9D2F-3C4B5A697887"))
                .isEqualTo(UUID.fromString("a9718901-8c05-5f3a-e9a8-ac37eb43f443"));
    }

    @Test
    void a_period_holds_its_first_moment_and_not_its_last() {
        BillingPeriod november = BillingPeriod.parse("2026-11").orElseThrow();

        assertThat(BillingPeriod.of(Instant.parse("2026-11-01T00:00:00Z"))).isEqualTo(november);
        assertThat(BillingPeriod.of(Instant.parse("2026-10-31T23:59:59.999999Z")))
                .isLessThan(november);
        assertThat(BillingPeriod.of(november.end()).toString()).isEqualTo("2026-12");
        assertThat(BillingPeriod.parse("2026-13")).isEmpty();
        assertThat(BillingPeriod.parse("November")).isEmpty();
    }

    @Test
    void a_violation_reads_field_value_expectation() {
        Violation violation = new Violation("INVALID_TENANT", "tenant", "A".repeat(100), "a name");

        assertThat(violation.within("calls[3]").message())
                .isEqualTo("calls[3].tenant: " + "A".repeat(80) + "… (expected: a name)");
    }
}
