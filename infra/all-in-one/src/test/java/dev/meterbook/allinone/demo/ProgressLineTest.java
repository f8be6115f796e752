package dev.meterbook.allinone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writes_a_plain_line_for_each_tenth_without_a_terminal() {
        ProgressLine line = new ProgressLine(out, ProgressLine.Style.LINES, "calls", 1_000);
        line.advance(99);
        assertThat(printed()).isEmpty();
        line.advance(1);
        assertThat(printed()).startsWith(" 10 %  100 of 1,000 calls");
        line.advance(900);
        line.finish();
        assertThat(printed().lines()).hasSize(2);
        assertThat(printed()).contains("100 %  1,000 of 1,000 calls").doesNotContain("\r");
    }

    @Test
    void draws_a_bar_over_itself_on_a_terminal() {
        ProgressLine line = new ProgressLine(out, ProgressLine.Style.BAR, "calls", 2);
        line.advance(1);
        line.advance(1);
        line.finish();

        assertThat(printed()).startsWith("\r[###############               ]  50 %");
        assertThat(printed()).contains("\r[##############################] 100 %  2 of 2 calls");
    }

    @Test
    void more_than_all_is_all() {
        ProgressLine line = new ProgressLine(out, ProgressLine.Style.LINES, "calls", 10);
        line.advance(25);

        assertThat(printed()).startsWith("100 %  10 of 10 calls");
        assertThat(line.done()).isEqualTo(25);
    }
}
