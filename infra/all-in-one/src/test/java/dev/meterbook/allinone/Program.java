package dev.meterbook.allinone;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A command of the program, run in this process beside the system that it asks. */
record Program(int status, List<String> lines, String errors) {

    /** Runs a command on the data folder of a system. */
    static Program run(TestSystem system, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--data");
        all.add(system.data().root().toString());
        return run(all.toArray(String[]::new));
    }

    /** Runs a command that needs no system. */
    static Program run(String... words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
            int status = Main.execute(words);
            return new Program(
                    status,
                    written.toString(StandardCharsets.UTF_8).lines().toList(),
                    errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
