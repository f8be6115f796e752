package dev.meterbook.testing;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/**
 * All rules of the house, to be checked by every service.
 *
 * <pre>{@code
 * @AnalyzeClasses(packages = "dev.meterbook.metering", importOptions = DoNotIncludeTests.class)
 * class ArchitectureTest {
 *     @ArchTest static final ArchTests RULES = ArchTests.in(HouseRules.class);
 * }
 * }</pre>
 */
public final class HouseRules {
    @ArchTest static final ArchTests PACKAGES = ArchTests.in(PackageRules.class);
    @ArchTest static final ArchTests NAMES = ArchTests.in(NamingRules.class);
    @ArchTest static final ArchTests MONEY = ArchTests.in(MoneyRules.class);

    private HouseRules() {}
}
