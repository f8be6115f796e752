package dev.meterbook.pricing.application.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.application.conformance.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rating cases that lie outside of the repository, where they are at hand. */
class SharedVectorsTest {

    @Test
    void every_shared_case_is_met() throws IOException {
        Path file = shared();
        if (!Files.exists(file)) {
            System.out.println("no " + file + ": the repository's own vectors stand alone");
            return;
        }
        List<String> cases = Files.readAllLines(file);
        assertThat(cases).hasSizeGreaterThan(200);
        assertThat(cases.stream().map(Conformance::check))
                .allSatisfy(
                        verdict ->
                                assertThat(verdict.outcome())
                                        .as(verdict.json())
                                        .isEqualTo(Outcome.MATCHES));
    }

    /** Beside the repository's root, which is where the launcher stands. */
    private static Path shared() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("meterbook")) && root.getParent() != null) {
            root = root.getParent();
        }
        return root.resolveSibling("shared/data/rate-vectors.jsonl");
    }
}
