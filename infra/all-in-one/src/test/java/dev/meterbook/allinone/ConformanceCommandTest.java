package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConformanceCommandTest {

    private static final String RIGHT =
            """
            {"id":"right","dialect":"flexprice","model":"unit","price":{"unit_amount":"0.30"},\
            "currency":"USD","quantity":"7","expected":"2.10"}""";
    private static final String WRONG = RIGHT.replace("right", "wrong").replace("2.10", "2.11");
    private static final String UNKNOWN =
            RIGHT.replace("right", "unknown").replace("\"unit\"", "\"auction\"");

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private int run(Path... files) {
        ConformanceCommand command =
                new ConformanceCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new CommandLine(command)
                .execute(List.of(files).stream().map(Path::toString).toArray(String[]::new));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void prints_one_line_for_each_case_and_succeeds_if_nothing_differs() throws IOException {
        assertThat(run(file("a.jsonl", RIGHT, "", UNKNOWN), file("b.jsonl", RIGHT))).isZero();
        assertThat(lines())
                .containsExactly(
                        "{\"id\":\"right\",\"model\":\"unit\",\"expected\":\"2.10\",\"got\":\"2.1\"}",
                        "{\"id\":\"unknown\",\"model\":\"auction\",\"expected\":\"2.10\","
                                + "\"unsupported\":\"UNKNOWN_MODEL: model: auction (expected: a"
                                + " model of the README)\"}",
                        "{\"id\":\"right\",\"model\":\"unit\",\"expected\":\"2.10\",\"got\":\"2.1\"}");
        assertThat(errors()).isEqualTo("3 cases: 2 match, 0 differ, 1 unsupported, 0 broken\n");
    }

    @Test
    void fails_if_an_amount_differs() throws IOException {
        assertThat(run(file("a.jsonl", RIGHT, WRONG))).isEqualTo(1);
        assertThat(lines().getLast()).contains("\"expected\":\"2.11\",\"got\":\"2.1\"");
        assertThat(errors()).isEqualTo("2 cases: 1 match, 1 differ, 0 unsupported, 0 broken\n");
    }

    @Test
    void names_file_and_line_of_a_broken_line_and_runs_the_rest() throws IOException {
        Path broken = file("broken.jsonl", RIGHT, "{\"id\":", RIGHT.replace("\"7\"", "\"seven\""));
        assertThat(run(broken, file("b.jsonl", RIGHT))).isEqualTo(1);
        assertThat(lines()).hasSize(4);
        assertThat(errors())
                .contains("meterbook: " + broken + ":2: MALFORMED_JSON: ")
                .contains(
                        "meterbook: "
                                + broken
                                + ":3: NOT_A_NUMBER: quantity: \"seven\" (expected: a decimal"
                                + " number)")
                .endsWith("4 cases: 2 match, 0 differ, 0 unsupported, 2 broken\n");
    }

    @Test
    void fails_if_a_file_cannot_be_read_or_holds_no_case() throws IOException {
        Path missing = folder.resolve("missing.jsonl");
        assertThat(run(missing, file("a.jsonl", RIGHT))).isEqualTo(1);
        assertThat(errors()).contains("meterbook: " + missing + ":1: UNREADABLE_FILE: ");
        assertThat(run(file("empty.jsonl"))).isEqualTo(1);
        assertThat(errors()).endsWith("0 cases: 0 match, 0 differ, 0 unsupported, 0 broken\n");
    }

    @Test
    void tells_runs_and_lines_where_a_case_has_them() throws IOException {
        String delta =
                """
                {"id":"d","dialect":"openmeter","model":"delta","rates":"unit",\
                "price":{"unit_amount":"0.002"},"currency":"USD","quantities":["700","1000"],\
                "expected":"0.60","expected_runs":["1.40","0.60"],\
                "expected_lines":[{"ref":"usage","quantity":"300","total":"0.6"}]}""";
        assertThat(run(file("a.jsonl", delta))).isZero();
        assertThat(lines().getFirst())
                .endsWith(
                        "\"got\":\"0.6\",\"expected_runs\":[\"1.40\",\"0.60\"],"
                                + "\"got_runs\":[\"1.4\",\"0.6\"],"
                                + "\"expected_lines\":[{\"ref\":\"usage\",\"quantity\":\"300\","
                                + "\"total\":\"0.6\"}],"
                                + "\"got_lines\":[{\"ref\":\"usage\",\"amount\":\"0.6\","
                                + "\"period\":\"1\",\"quantity\":\"300\",\"total\":\"0.6\","
                                + "\"unit_amount\":\"0.002\"}]}");
    }
}
