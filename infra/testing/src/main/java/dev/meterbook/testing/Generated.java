package dev.meterbook.testing;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** Tells the classes that Micronaut writes beside ours, as {@code $Order$Definition}, from ours. */
final class Generated {
    private Generated() {}

    static DescribedPredicate<JavaClass> generated() {
        return DescribedPredicate.describe("are generated", Generated::isGenerated);
    }

    static boolean isGenerated(JavaClass type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        return name.startsWith("$") || name.contains("$Intercepted") || name.contains("$Proxy");
    }
}
