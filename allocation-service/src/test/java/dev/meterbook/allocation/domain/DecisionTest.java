package dev.meterbook.allocation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allocation.domain.Decision.Recorded;
import dev.meterbook.allocation.domain.Decision.Refused;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterUser;
import dev.meterbook.allocation.domain.DirectoryCommand.ResumeTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.SetAllocationRule;
import dev.meterbook.allocation.domain.DirectoryCommand.SuspendTenant;
import dev.meterbook.allocation.domain.DirectoryEvent.AllocationRuleSet;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantRegistered;
import dev.meterbook.allocation.domain.DirectoryEvent.TenantSuspended;
import dev.meterbook.allocation.domain.DirectoryEvent.UserRegistered;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

    @Test
    void registers_a_tenant_once() {
        TenantRegistered fact = new TenantRegistered("acme", "research");
        Tenant registered = Tenant.NONE.evolve(fact);

        assertThat(Tenant.NONE.decide(new RegisterTenant("acme", "research")))
                .isEqualTo(new Recorded(fact));
        assertThat(registered.decide(new RegisterTenant("acme", "research")))
                .isEqualTo(Decision.UNCHANGED);
        assertThat(registered.decide(new RegisterTenant("acme", "sales")))
                .isEqualTo(new Refused(DirectoryProblem.TENANT_EXISTS));
    }

    @Test
    void suspends_and_resumes_a_tenant() {
        Tenant active = Tenant.NONE.evolve(new TenantRegistered("acme", ""));
        Tenant suspended = active.evolve(new TenantSuspended("acme"));

        assertThat(active.decide(new ResumeTenant("acme"))).isEqualTo(Decision.UNCHANGED);
        assertThat(active.decide(new SuspendTenant("acme")))
                .isEqualTo(new Recorded(new TenantSuspended("acme")));
        assertThat(suspended.decide(new SuspendTenant("acme"))).isEqualTo(Decision.UNCHANGED);
        assertThat(Tenant.NONE.decide(new SuspendTenant("acme")))
                .isEqualTo(new Refused(DirectoryProblem.UNKNOWN_TENANT));
    }

    @Test
    void registers_a_user_once() {
        UserRegistered fact = new UserRegistered("acme", "u1", "c1");
        Registration registered = Registration.NONE.evolve(fact);

        assertThat(Registration.NONE.decide(new RegisterUser("acme", "u1", "c1")))
                .isEqualTo(new Recorded(fact));
        assertThat(registered.decide(new RegisterUser("acme", "u1", "c1")))
                .isEqualTo(Decision.UNCHANGED);
        assertThat(registered.decide(new RegisterUser("acme", "u1", "c2")))
                .isEqualTo(new Refused(DirectoryProblem.USER_EXISTS));
    }

    @Test
    void sets_a_rule_that_says_something_new() {
        RuleHistory support =
                RuleHistory.NONE.evolve(new AllocationRuleSet("acme", "chat", "support", MARCH), 1);

        assertThat(support.decide(new SetAllocationRule("acme", "chat", "support", MARCH)))
                .isEqualTo(Decision.UNCHANGED);
        assertThat(support.decide(new SetAllocationRule("acme", "chat", "sales", MARCH)))
                .isEqualTo(new Recorded(new AllocationRuleSet("acme", "chat", "sales", MARCH)));
        assertThat(support.decide(new SetAllocationRule("acme", "chat", "", APRIL)))
                .isEqualTo(new Recorded(new AllocationRuleSet("acme", "chat", "", APRIL)));
    }

    @Test
    void takes_a_hundred_rules_for_an_application_and_no_more() {
        RuleHistory rules = RuleHistory.NONE;
        for (int i = 1; i <= 99; i++) {
            rules = rules.evolve(new AllocationRuleSet("acme", "chat", "cc-" + i, MARCH), i);
        }
        SetAllocationRule oneMore = new SetAllocationRule("acme", "chat", "one-more", MARCH);

        assertThat(rules.decide(oneMore)).isInstanceOf(Recorded.class);
        rules = rules.evolve(new AllocationRuleSet("acme", "chat", "cc-100", MARCH), 100);
        assertThat(rules.decide(oneMore))
                .isEqualTo(new Refused(DirectoryProblem.TOO_MANY_ALLOCATION_RULES));
    }
}
