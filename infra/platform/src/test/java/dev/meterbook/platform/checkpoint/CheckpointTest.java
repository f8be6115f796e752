package dev.meterbook.platform.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.meterbook.platform.PlatformContext;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    private static final Instant TIME = Instant.parse("2026-11-23T12:00:00.000001Z");
    private static final String HASH = "ab".repeat(32);

    @TempDir Path folder;

    private static AppendOutcome.Recorded append(PlatformContext platform, long key) {
        NewEvent event =
                NewEvent.of("acme", new UUID(1, key), EventType.of("ledger.Noted"), new byte[] {1});
        return (AppendOutcome.Recorded)
                platform.database()
                        .write(each -> platform.log().append(each, List.of(event)))
                        .getFirst();
    }

    private List<Checkpoint> ledger() throws IOException {
        Path file = CheckpointFile.of(folder, "ledger");
        return Files.exists(file) ? new CheckpointFile(file).read() : List.of();
    }

    @Test
    void what_was_recorded_stands_outside_of_the_database_soon_and_at_the_end()
            throws SQLException, IOException {
        AppendOutcome.Recorded last;
        try (PlatformContext platform = PlatformContext.keepingCheckpoints(folder)) {
            AppendOutcome.Recorded first = append(platform, 1);
            await().untilAsserted(() -> assertThat(ledger()).hasSize(1));
            assertThat(ledger().getFirst().position()).isEqualTo(first.position());
            assertThat(ledger().getFirst().chainHash())
                    .isEqualTo(HexFormat.of().formatHex(first.chainHash()));
            last = append(platform, 2);
        }

        assertThat(ledger().getLast().position()).isEqualTo(2);
        assertThat(ledger().getLast().chainHash())
                .isEqualTo(HexFormat.of().formatHex(last.chainHash()));
    }

    @Test
    void a_folder_that_cannot_be_written_stops_nothing() throws SQLException, IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        try (PlatformContext platform = PlatformContext.keepingCheckpoints(file)) {
            assertThat(append(platform, 1).position()).isEqualTo(1);
            assertThat(append(platform, 2).position()).isEqualTo(2);
        }
        assertThat(file).hasContent("no folder");
    }

    @Test
    void the_newest_lines_stay_when_the_file_is_full() throws IOException {
        CheckpointFile file = new CheckpointFile(CheckpointFile.of(folder, "ledger"));
        Files.write(
                file.path(),
                IntStream.rangeClosed(1, CheckpointFile.MAX_LINES)
                        .mapToObj(each -> new Checkpoint(TIME, 0, each, HASH).line())
                        .toList());

        file.append(new Checkpoint(TIME, 0, 10_001, HASH));

        assertThat(file.read()).hasSize(5_001);
        assertThat(file.read().getFirst().position()).isEqualTo(5_001);
        assertThat(file.read().getLast().position()).isEqualTo(10_001);
        assertThat(folder).isDirectoryNotContaining(each -> each.toString().endsWith(".next"));
    }

    @Test
    void a_line_cut_off_by_a_power_cut_is_passed_over() throws IOException {
        Path path = CheckpointFile.of(folder, "ledger");
        String whole = new Checkpoint(TIME, 0, 1, HASH).line();
        Files.writeString(path, whole + "\n" + whole.substring(0, 60), UTF_8);

        new CheckpointFile(path).append(new Checkpoint(TIME, 0, 2, HASH));

        assertThat(new CheckpointFile(path).read())
                .extracting(Checkpoint::position)
                .containsExactly(1L, 2L);
    }
}
