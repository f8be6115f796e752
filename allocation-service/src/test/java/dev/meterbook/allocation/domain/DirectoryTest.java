package dev.meterbook.allocation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allocation.domain.DirectoryEvent.AllocationRuleSet;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantRegistered;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DirectoryTest {

    private static final String MARCH = "2026-03-01T00:00:00Z";
    private static final String APRIL = "2026-04-01T00:00:00Z";

    private final Directory directory = new Directory();

    private String takerOf(String application, String occurTime, long knownAt) {
        return takerOf(application, "", occurTime, knownAt);
    }

    private String takerOf(String application, String named, String occurTime, long knownAt) {
        CallDimensions call =
                new CallDimensions("acme", "", "", named, application, "", "", "openai", "gpt-5");
        return directory.costCenterOf(call, Instant.parse(occurTime), knownAt);
    }

    private static AllocationRuleSet rule(String application, String costCenter, String from) {
        return new AllocationRuleSet("acme", application, costCenter, Instant.parse(from));
    }

    @Test
    void a_call_of_nobody_stays_unallocated() {
        assertThat(takerOf("chat", MARCH, 99)).isEqualTo("unallocated");
    }

    @Test
    void takes_the_call_s_own_then_the_application_s_then_the_tenant_s_rule_then_its_default() {
        directory.apply(1, new TenantRegistered("acme", "default"));
        assertThat(takerOf("chat", MARCH, 9)).isEqualTo("default");

        directory.apply(2, rule("", "everything", MARCH));
        assertThat(takerOf("chat", MARCH, 9)).isEqualTo("everything");

        directory.apply(3, rule("chat", "support", MARCH));
        assertThat(takerOf("chat", MARCH, 9)).isEqualTo("support");
        assertThat(takerOf("search", MARCH, 9)).isEqualTo("everything");

        assertThat(takerOf("chat", "own", MARCH, 9)).isEqualTo("own");
    }

    @Test
    void a_rule_holds_from_its_moment_on() {
        directory.apply(1, rule("chat", "support", MARCH));
        directory.apply(2, rule("chat", "sales", APRIL));

        assertThat(takerOf("chat", "2026-02-28T23:59:59.999999Z", 9)).isEqualTo("unallocated");
        assertThat(takerOf("chat", MARCH, 9)).isEqualTo("support");
        assertThat(takerOf("chat", "2026-03-31T23:59:59.999999Z", 9)).isEqualTo("support");
        assertThat(takerOf("chat", APRIL, 9)).isEqualTo("sales");
    }

    @Test
    void a_rule_without_cost_center_takes_the_one_before_back() {
        directory.apply(1, rule("", "everything", MARCH));
        directory.apply(2, rule("chat", "support", MARCH));
        directory.apply(3, rule("chat", "", APRIL));

        assertThat(takerOf("chat", APRIL, 9)).isEqualTo("everything");
    }

    @Test
    void answers_as_known_at_a_place_in_the_log() {
        directory.apply(5, new TenantRegistered("acme", "default"));
        directory.apply(7, rule("chat", "support", MARCH));
        directory.apply(9, rule("chat", "sales", MARCH));

        assertThat(takerOf("chat", MARCH, 4)).isEqualTo("unallocated");
        assertThat(takerOf("chat", MARCH, 6)).isEqualTo("default");
        assertThat(takerOf("chat", MARCH, 8)).isEqualTo("support");
        assertThat(takerOf("chat", MARCH, 9)).isEqualTo("sales");
        assertThat(directory.position()).isEqualTo(9);
    }

    @Test
    void other_tenants_rules_do_not_count() {
        directory.apply(1, new AllocationRuleSet("globex", "chat", "theirs", Instant.parse(MARCH)));

        assertThat(takerOf("chat", MARCH, 9)).isEqualTo("unallocated");
    }
}
