package dev.meterbook.allinone;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where the log of a command goes: into a file of the data folder, and only errors of commands to
 * the terminal. To be set before the first logger is made, so it looks at the arguments by itself.
 */
final class LogFile {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String PATH = "meterbook.log";

    private LogFile() {}

    static void configure(String[] args) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "logback-all-in-one.xml");
        }
        if (System.getProperty(PATH) == null) {
            System.setProperty(
                    PATH, folder(Arrays.asList(args)).resolve("logs/meterbook.log").toString());
        }
    }

    private static Path folder(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).startsWith("--data=")) {
                return Path.of(args.get(i).substring("--data=".length()));
            }
            if (args.get(i).equals("--data") && i + 1 < args.size()) {
                return Path.of(args.get(i + 1));
            }
        }
        return Path.of(System.getProperty("meterbook.home", ".meterbook"));
    }

    /** The file. */
    static String path() {
        return System.getProperty(PATH, "the log");
    }
}
