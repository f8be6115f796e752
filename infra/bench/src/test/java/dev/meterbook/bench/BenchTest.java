package dev.meterbook.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

    private static final Shape SHAPE = new Shape(7, 5, 20, 5, 5);

    @TempDir private Path folder;

    @Test
    void tells_every_figure_of_a_run_whose_books_hold() throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        Bench.Outcome outcome = bench(EnumSet.allOf(Plan.Part.class), told, nothing -> {}).run();

        assertThat(outcome).isIn(Bench.Outcome.MEASURED, Bench.Outcome.DISTURBED);
        assertThat(text(told))
                .contains(
                        "whole path / Axon JDBC, 1 event",
                        "whole path / bare COPY",
                        "CPU a call, whole path / append only",
                        "steady load for 1 s",
                        "paced at 500 calls/s",
                        "roll-up made anew",
                        "bytes a call in all tables and indexes",
                        "all services start in",
                        "the books held after every piece of work");
        assertThat(Files.readAllLines(folder.resolve("bench.jsonl")))
                .anyMatch(line -> line.contains("\"kind\":\"steady\""))
                .anyMatch(line -> line.contains("\"side\":\"bare COPY\""));
    }

    @Test
    void tells_no_speed_when_an_account_is_off_by_a_cent() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        Bench.Outcome outcome =
                bench(
                                Set.of(Plan.Part.WHOLE),
                                told,
                                system ->
                                        system.execute(
                                                "update ledger.account set debits = debits + 0.01"
                                                        + " where id = (select min(id) from"
                                                        + " ledger.account)"))
                        .run();

        assertThat(outcome).isEqualTo(Bench.Outcome.BROKEN);
        assertThat(text(told))
                .contains(
                        "THE BOOKS ARE WRONG after whole path in round 1",
                        "debits of the ledger",
                        "No speed is told.")
                .doesNotContain("calls/s", "median");
        assertThat(folder.resolve("bench.jsonl")).doesNotExist();
    }

    @Test
    void tells_no_speed_when_a_call_is_missing_from_the_roll_up() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        Bench.Outcome outcome =
                bench(
                                Set.of(Plan.Part.WHOLE),
                                told,
                                system ->
                                        system.execute(
                                                "update allocation.cost_hour set calls = calls - 1"
                                                        + " where key_id = (select min(key_id) from"
                                                        + " allocation.cost_hour)"))
                        .run();

        assertThat(outcome).isEqualTo(Bench.Outcome.BROKEN);
        assertThat(text(told)).contains("calls rolled up").doesNotContain("calls/s");
    }

    private Bench bench(
            Set<Plan.Part> parts,
            ByteArrayOutputStream told,
            Consumer<BenchSystem> beforeInspection) {
        Plan plan =
                new Plan(
                        new Plan.Rounds(0, 1, 1, 1, 1, List.of(500)),
                        SHAPE,
                        new Plan.Load(2, 100),
                        parts,
                        folder.resolve("data"),
                        true,
                        folder.resolve("bench.jsonl"),
                        false);
        return new Bench(
                plan, new PrintStream(told, true, StandardCharsets.UTF_8), beforeInspection);
    }

    private static String text(ByteArrayOutputStream told) {
        return told.toString(StandardCharsets.UTF_8);
    }
}
