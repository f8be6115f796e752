package dev.meterbook.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The samples beside this package break every rule once. */
class HouseRulesTest {
    private static final JavaClasses SAMPLES =
            new ClassFileImporter().importPackages("dev.meterbook.budget", "dev.meterbook.ledger");
    private static final JavaClasses OURS =
            new ClassFileImporter().importPackages("dev.meterbook.testing");

    @Test
    void catches_a_domain_that_is_not_plain_java() {
        assertBroken(PackageRules.DOMAIN_IS_PLAIN_JAVA, "org.slf4j.Logger");
    }

    @Test
    void catches_the_class_of_another_service() {
        assertBroken(PackageRules.SERVICES_SHARE_MESSAGES_NEVER_CLASSES, "LedgerSample");
    }

    @Test
    void catches_packages_that_depend_on_each_other() {
        assertBroken(PackageRules.PACKAGES_HAVE_NO_CYCLES, "Cycle detected");
    }

    @Test
    void catches_messages_axon_and_micronaut_inside() {
        assertBroken(PackageRules.MESSAGES_STAY_AT_THE_EDGE, "BudgetSample");
        assertBroken(PackageRules.AXON_STAYS_IN_ITS_PLACE, "CommandGateway");
        assertBroken(PackageRules.MICRONAUT_STAYS_IN_ITS_PLACE, "ApplicationContext");
        assertBroken(PackageRules.APPLICATION_KNOWS_NO_WIRE_AND_NO_FRAMEWORK, "CommandGateway");
    }

    @Test
    void catches_a_clock_that_is_read_directly() {
        assertBroken(
                PackageRules.TIME_AND_CHANCE_COME_IN_THROUGH_PARAMETERS, "java.time.Instant.now()");
        assertBroken(
                PackageRules.TIME_AND_CHANCE_COME_IN_THROUGH_PARAMETERS,
                "java.util.UUID.randomUUID()");
    }

    @Test
    void catches_a_name_that_says_nothing() {
        assertBroken(NamingRules.NAMES_SAY_WHAT_A_THING_IS, "CeilingImpl");
    }

    @Test
    void catches_a_flag() {
        assertBroken(NamingRules.A_METHOD_IS_NOT_STEERED_BY_A_FLAG, "takes a boolean");
    }

    @Test
    void catches_floating_point_in_a_domain() {
        assertThatThrownBy(() -> MoneyRules.money_is_never_floating(SAMPLES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CeilingImpl.raise");
    }

    @Test
    void lets_good_classes_pass() {
        assertThatCode(() -> NamingRules.NAMES_SAY_WHAT_A_THING_IS.check(OURS))
                .doesNotThrowAnyException();
        assertThatCode(() -> MoneyRules.money_is_never_floating(OURS)).doesNotThrowAnyException();
        assertThat(OURS.contain(HouseRules.class)).isTrue();
    }

    private static void assertBroken(ArchRule rule, String where) {
        assertThatThrownBy(() -> rule.check(SAMPLES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(where);
    }
}
