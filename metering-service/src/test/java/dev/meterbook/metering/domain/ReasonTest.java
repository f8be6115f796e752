package dev.meterbook.metering.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reasons are a promise to clients: the README lists each of them. */
class ReasonTest {

    @Test
    void the_readme_lists_every_reason_in_the_same_order() throws IOException {
        List<String> listed =
                Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE)
                        .matcher(Files.readString(Path.of("README.md")))
                        .results()
                        .map(row -> row.group(1))
                        .toList();
        assertThat(listed)
                .containsExactlyElementsOf(Arrays.stream(Reason.values()).map(Enum::name).toList());
    }
}
