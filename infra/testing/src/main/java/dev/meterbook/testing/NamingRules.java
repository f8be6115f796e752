package dev.meterbook.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What things may be called, and how methods may be told what to do. For every module. */
public final class NamingRules {

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Impl|Manager|Helper|Helpers|Util|Utils)")
                    .as("no class is called Impl, Manager, Helper or Utils")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule A_METHOD_IS_NOT_STEERED_BY_A_FLAG =
            methods()
                    .that()
                    .arePublic()
                    .and()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage(
                            "dev.meterbook.kernel..",
                            "dev.meterbook.*.domain..",
                            "dev.meterbook.*.application..")
                    .and(areWrittenByHand())
                    .should(haveNoBooleanParameter())
                    .as("public methods of kernel, domain and application take no boolean")
                    .allowEmptyShould(true);

    private NamingRules() {}

    private static DescribedPredicate<JavaMethod> areWrittenByHand() {
        return DescribedPredicate.describe(
                "are written by hand",
                method ->
                        !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                                && !Generated.isGenerated(method.getOwner()));
    }

    private static ArchCondition<JavaMethod> haveNoBooleanParameter() {
        return new ArchCondition<>("have no boolean parameter") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(boolean.class))) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    method, method.getFullName() + " takes a boolean"));
                }
            }
        };
    }
}
