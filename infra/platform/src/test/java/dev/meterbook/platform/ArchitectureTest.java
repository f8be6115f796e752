package dev.meterbook.platform;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.meterbook.testing.HouseRules;

@AnalyzeClasses(
        packages = "dev.meterbook.platform",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest static final ArchTests RULES = ArchTests.in(HouseRules.class);
}
