package dev.meterbook.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Who may see whom inside a service. The gateway as a whole is an adapter, so the rules about the
 * wire and the framework bind only its {@code domain} and {@code application}.
 */
public final class PackageRules {
    private static final Set<String> SERVICES =
            Set.of("metering", "pricing", "ledger", "allocation", "budget", "gateway");
    private static final String ROOT = "dev.meterbook.";
    private static final String[] NOWHERE = {""};

    @ArchTest
    static final ArchRule DOMAIN_IS_PLAIN_JAVA =
            classes()
                    .that()
                    .resideInAPackage("dev.meterbook.*.domain..")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    "java..",
                                    "org.jspecify..",
                                    "dev.meterbook.kernel..",
                                    "dev.meterbook.*.domain.."))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule APPLICATION_KNOWS_NO_WIRE_AND_NO_FRAMEWORK =
            noClasses()
                    .that(DescribedPredicate.not(Generated.generated()))
                    .and()
                    .resideInAPackage("dev.meterbook.*.application..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "dev.meterbook.proto..",
                                    "com.google.protobuf..",
                                    "io.grpc..",
                                    "io.micronaut..",
                                    "io.lettuce..",
                                    "org.axonframework.."))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule MESSAGES_STAY_AT_THE_EDGE =
            noClasses()
                    .that(areNotIn("grpc", "intake", "axon", "config"))
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.meterbook.proto.."))
                    .as("only grpc, intake, axon and config see generated messages")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule AXON_STAYS_IN_ITS_PLACE =
            noClasses()
                    .that(areNotIn("axon", "projection", "config"))
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.axonframework.."))
                    .as("only axon, projection and config see Axon")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule MICRONAUT_STAYS_IN_ITS_PLACE =
            noClasses()
                    .that(areNotIn("config"))
                    .and()
                    .haveSimpleNameNotEndingWith("Application")
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.micronaut.."))
                    .as("only config and the main class see Micronaut")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SERVICES_SHARE_MESSAGES_NEVER_CLASSES =
            classes()
                    .that()
                    .resideInAPackage("dev.meterbook..")
                    .should(dependOnNoOtherService())
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.meterbook.(*).(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule TIME_AND_CHANCE_COME_IN_THROUGH_PARAMETERS =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.meterbook.kernel..",
                            "dev.meterbook.*.domain..",
                            "dev.meterbook.*.application..",
                            "dev.meterbook.*.axon..",
                            "dev.meterbook.*.projection..",
                            "dev.meterbook.*.intake..")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(UUID.class, "randomUUID")
                    .orShould()
                    .dependOnClassesThat()
                    .belongToAnyOf(Random.class)
                    .as("the clock, ids and randomness come in through parameters")
                    .allowEmptyShould(true);

    private PackageRules() {}

    /** Our own classes of the services outside the given packages; the gateway's are left out. */
    private static DescribedPredicate<JavaClass> areNotIn(String... packages) {
        Set<String> allowed = Set.of(packages);
        return describe(
                "are not in " + String.join(", ", packages),
                type -> {
                    String[] path = path(type);
                    return SERVICES.contains(path[0])
                            && !path[0].equals("gateway")
                            && !(path.length > 1 && allowed.contains(path[1]))
                            && !Generated.isGenerated(type);
                });
    }

    private static ArchCondition<JavaClass> dependOnNoOtherService() {
        return new ArchCondition<>("depend on no other service") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                String home = path(origin)[0];
                origin.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isForeign(home, dependency.getTargetClass()))
                        .forEach(
                                dependency ->
                                        events.add(
                                                SimpleConditionEvent.violated(
                                                        origin, dependency.getDescription())));
            }
        };
    }

    private static boolean isForeign(String home, JavaClass target) {
        String other = path(target)[0];
        return SERVICES.contains(home) && SERVICES.contains(other) && !other.equals(home);
    }

    /** The package's words after {@code dev.meterbook}; one empty word elsewhere. */
    private static String[] path(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.", -1) : NOWHERE;
    }
}
