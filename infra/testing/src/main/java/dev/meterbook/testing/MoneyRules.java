package dev.meterbook.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Money is exact: the kernel and every domain package do without {@code float} and {@code double}.
 */
public final class MoneyRules {
    private static final Pattern MONEY_PACKAGE =
            Pattern.compile("dev\\.meterbook\\.(kernel|[a-z]+\\.domain)(\\..*)?");

    private MoneyRules() {}

    @ArchTest
    static void money_is_never_floating(JavaClasses classes) {
        List<String> findings = new ArrayList<>();
        for (JavaClass type : classes) {
            if (MONEY_PACKAGE.matcher(type.getPackageName()).matches()) {
                findings.addAll(NoFloatingPoint.findings(bytes(type)));
            }
        }
        if (!findings.isEmpty()) {
            throw new AssertionError(
                    "float or double where money is at home:\n" + String.join("\n", findings));
        }
    }

    private static byte[] bytes(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
