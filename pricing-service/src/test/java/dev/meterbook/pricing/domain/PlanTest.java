package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.domain.PricingCommand.SetTenantPlan;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final PlanVersion FIFTEEN = Samples.plan(Samples.NEW_YEAR, "15");
    private static final PlanVersion TWENTY =
            Samples.plan(Instant.parse("2026-07-01T00:00:00Z"), "20");

    private static Plan with(PlanVersion... versions) {
        Plan plan = Plan.none("acme");
        for (PlanVersion version : versions) {
            Decision decision = plan.decide(new SetTenantPlan("acme", version));
            plan = plan.evolve((TenantPlanSet) ((Decision.Accepted) decision).event());
        }
        return plan;
    }

    @Test
    void versions_are_numbered_from_one() {
        assertThat(with(FIFTEEN, TWENTY).versions())
                .extracting(PlanVersion::number)
                .containsExactly(1, 2);
    }

    @Test
    void setting_the_newest_version_again_changes_nothing() {
        assertThat(with(FIFTEEN, TWENTY).decide(new SetTenantPlan("acme", TWENTY)))
                .isEqualTo(new Decision.Unchanged());
    }

    @Test
    void an_earlier_version_can_be_set_again() {
        assertThat(with(FIFTEEN, TWENTY).decide(new SetTenantPlan("acme", FIFTEEN)))
                .isEqualTo(new Decision.Accepted(new TenantPlanSet("acme", FIFTEEN.numbered(3))));
    }

    @Test
    void equal_mark_ups_are_the_same_however_they_are_written() {
        assertThat(
                        with(FIFTEEN)
                                .decide(
                                        new SetTenantPlan(
                                                "acme", Samples.plan(Samples.NEW_YEAR, "15.00"))))
                .isEqualTo(new Decision.Unchanged());
    }
}
