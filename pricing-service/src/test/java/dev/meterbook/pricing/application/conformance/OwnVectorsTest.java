package dev.meterbook.pricing.application.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meterbook.pricing.application.conformance.Verdict.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cases of {@code vectors/}; what is expected there was worked out apart from the engine. */
class OwnVectorsTest {

    private static final List<String> FILES =
            List.of("unit", "tiers", "packages", "spend", "runs", "invoice", "events");

    private static List<String> cases() throws IOException {
        List<String> cases = new ArrayList<>();
        for (String name : FILES) {
            String path = "/vectors/" + name + ".jsonl";
            try (InputStream file = OwnVectorsTest.class.getResourceAsStream(path)) {
                byte[] bytes = Objects.requireNonNull(file, path).readAllBytes();
                cases.addAll(new String(bytes, StandardCharsets.UTF_8).lines().toList());
            }
        }
        return cases;
    }

    @Test
    void every_case_is_met() throws IOException {
        assertThat(cases())
                .allSatisfy(
                        line -> {
                            Verdict verdict = Conformance.check(line);
                            assertThat(verdict.outcome())
                                    .as(verdict.json())
                                    .isEqualTo(Outcome.MATCHES);
                        });
    }

    @Test
    void there_are_cases_of_every_model_and_no_id_twice() throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        Set<String> ids = new HashSet<>();
        Set<String> models = new HashSet<>();
        List<String> cases = cases();
        for (String line : cases) {
            ids.add(json.readTree(line).get("id").asText());
            models.add(json.readTree(line).get("model").asText());
        }
        assertThat(ids).hasSameSizeAs(cases).hasSizeGreaterThanOrEqualTo(200);
        assertThat(models)
                .containsExactlyInAnyOrder(
                        "unit",
                        "flat",
                        "dynamic",
                        "graduated",
                        "graduated_percentage",
                        "volume",
                        "package",
                        "percentage",
                        "block",
                        "capacity",
                        "versions",
                        "commitment",
                        "true_up",
                        "minimum_commitment",
                        "daily_allowance",
                        "delta",
                        "delta_by_period",
                        "credit_note",
                        "discount",
                        "tax",
                        "rounding",
                        "invoice",
                        "allocation");
    }
}
