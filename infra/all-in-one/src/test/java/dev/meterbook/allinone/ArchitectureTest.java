package dev.meterbook.allinone;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.meterbook.testing.NamingRules;

/**
 * The names of the house hold here too; who may see whom does not: this module sees all services.
 */
@AnalyzeClasses(
        packages = "dev.meterbook.allinone",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest static final ArchTests NAMES = ArchTests.in(NamingRules.class);
}
