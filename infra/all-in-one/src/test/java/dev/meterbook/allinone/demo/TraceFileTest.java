package dev.meterbook.allinone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.allinone.demo.TraceFile.TraceCall;
import dev.meterbook.allinone.system.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceFileTest {

    private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";

    @TempDir Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), text);
    }

    @Test
    void reads_hundreds_of_nanoseconds_as_utc_and_a_last_line_without_line_break()
            throws IOException {
        Path file =
                file(
                        HEADER
                                + "\r\n2023-11-16 18:15:46.6805900,374,44"
                                + "\r\n2023-11-16 19:14:08.4025270,197,183");

        TraceFile trace = TraceFile.read(file);

        assertThat(trace.name()).isEqualTo("t.csv");
        assertThat(trace.calls())
                .containsExactly(
                        new TraceCall(2, Instant.parse("2023-11-16T18:15:46.680590Z"), 374, 44),
                        new TraceCall(3, Instant.parse("2023-11-16T19:14:08.402527Z"), 197, 183));
    }

    @Test
    void reads_plain_line_breaks_a_byte_order_mark_and_whole_seconds_too() throws IOException {
        Path file = file("\uFEFF" + HEADER + "\n2023-11-16 18:15:46,0,0\n");

        assertThat(TraceFile.read(file).calls())
                .containsExactly(new TraceCall(2, Instant.parse("2023-11-16T18:15:46Z"), 0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2023-11-16 18:15:46.68,374          | line: 2023-11-16 18:15:46.68,374 (expected: 3 columns
                    2023-11-16 18:15:46.68,abc,44       | ContextTokens: abc (expected: a whole number
                    2023-11-16 18:15:46.68,374,-1       | GeneratedTokens: -1 (expected: a whole number
                    2023-11-16 18:15:46.68,374,1.5      | GeneratedTokens: 1.5 (expected: a whole number
                    2023-11-16 18:15:46.68,1000000001,1 | ContextTokens: 1000000001 (expected: a whole number
                    2023-11-16T18:15:46.68Z,374,44      | TIMESTAMP: 2023-11-16T18:15:46.68Z (expected: as in
                    2023-13-16 18:15:46.68,374,44       | TIMESTAMP: 2023-13-16 18:15:46.68 (expected: as in
                    """)
    void names_file_and_line_of_a_malformed_line(String line, String problem) throws IOException {
        Path file = file(HEADER + "\r\n2023-11-16 18:15:46.68,374,44\r\n" + line);

        assertThatThrownBy(() -> TraceFile.read(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("t.csv:3: " + problem)
                .hasMessageContaining("nothing of the file was recorded");
    }

    @Test
    void refuses_another_header_an_empty_file_and_what_is_no_text() throws IOException {
        assertThatThrownBy(() -> TraceFile.read(file("a,b,c\n")))
                .hasMessageContaining("t.csv:1: header: a,b,c (expected: " + HEADER + ")");
        assertThatThrownBy(() -> TraceFile.read(file("")))
                .hasMessageContaining("t.csv:1: header: null");
        Path binary = folder.resolve("b.csv");
        Files.write(binary, "\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TraceFile.read(binary)).hasMessageContaining("not UTF-8 text");
        assertThatThrownBy(() -> TraceFile.read(folder.resolve("none.csv")))
                .hasMessageContaining("none.csv (expected: a file that can be read)");
    }
}
