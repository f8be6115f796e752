package dev.meterbook.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meterbook.allinone.system.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class BenchOptionsTest {

    @TempDir private Path folder;

    @Command
    private static final class Holder {
        @Mixin private final BenchOptions options = new BenchOptions();
    }

    private Plan plan(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return holder.options.plan();
    }

    @Test
    void measures_everything_by_default() {
        Plan plan = plan("--data", folder.toString());

        assertThat(plan.parts()).containsExactlyInAnyOrder(Plan.Part.values());
        assertThat(plan.rounds())
                .isEqualTo(new Plan.Rounds(4, 5, 4, 60, 15, List.of(5_000, 20_000, 0)));
        assertThat(plan.shape()).isEqualTo(new Shape(1, 200, 2_000, 50, 30));
        assertThat(plan.passing()).isFalse();
    }

    @Test
    void takes_parts_in_small_letters() {
        assertThat(plan("--data", folder.toString(), "--only", "whole,limit").parts())
                .containsExactlyInAnyOrder(Plan.Part.WHOLE, Plan.Part.LIMIT);
    }

    @Test
    void refuses_a_folder_with_a_database() throws IOException {
        Files.createDirectories(folder.resolve("postgres"));

        assertThatThrownBy(() -> plan("--data", folder.toString()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("expected: an empty or new folder");
    }

    @Test
    void refuses_a_number_that_is_too_small() {
        assertThatThrownBy(() -> plan("--rounds", "0"))
                .hasMessage("--rounds: 0 (expected: at least 1)");
    }
}
