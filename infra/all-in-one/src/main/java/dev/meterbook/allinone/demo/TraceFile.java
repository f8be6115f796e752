package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A trace of real calls: a CSV file with the columns {@code
 * TIMESTAMP,ContextTokens,GeneratedTokens}, lines ended by LF or CRLF, the last one perhaps not
 * ended at all. Time stamps name no zone and are taken as UTC.
 *
 * @param name the file's name without its folder
 * @param calls the calls in the order of the lines
 */
record TraceFile(String name, List<TraceCall> calls) {

    /**
     * One call of a trace.
     *
     * @param line number of its line in the file; the header is line 1
     * @param time when it occurred
     * @param contextTokens tokens of the prompt
     * @param generatedTokens tokens of the answer
     */
    record TraceCall(int line, Instant time, long contextTokens, long generatedTokens) {}

    private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";
    private static final long MAX_TOKENS = 1_000_000_000;
    private static final int MAX_CALLS = 5_000_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final DateTimeFormatter TIMESTAMP =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .appendLiteral(' ')
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .toFormatter(Locale.ROOT);

    /** Copies the list. */
    TraceFile {
        calls = List.copyOf(calls);
    }

    /**
     * Reads a whole file before anything of it is played.
     *
     * @throws CommandFailure naming file and line if a line is not of this form
     */
    static TraceFile read(Path file) {
        String name = String.valueOf(file.getFileName());
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return new TraceFile(name, read(file, reader));
        } catch (CharacterCodingException notText) {
            throw new CommandFailure(
                    file + ": not UTF-8 text (expected: CSV with the header " + HEADER + ")",
                    notText);
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    "--trace: %s (expected: a file that can be read)".formatted(file), unreadable);
        }
    }

    private static List<TraceCall> read(Path file, BufferedReader reader) throws IOException {
        String header = reader.readLine();
        if (header == null || !withoutMark(header).equals(HEADER)) {
            throw wrong(file, 1, "header", String.valueOf(header), HEADER);
        }
        List<TraceCall> calls = new ArrayList<>();
        int number = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            calls.add(call(file, number, line));
            if (calls.size() > MAX_CALLS) {
                throw wrong(
                        file, number, "line", Integer.toString(number), "at most 5,000,000 calls");
            }
        }
        return calls;
    }

    private static String withoutMark(String header) {
        return header.startsWith(BYTE_ORDER_MARK) ? header.substring(1) : header;
    }

    private static TraceCall call(Path file, int number, String line) {
        String[] columns = line.split(",", -1);
        if (columns.length != 3) {
            throw wrong(file, number, "line", line, "3 columns: " + HEADER);
        }
        return new TraceCall(
                number,
                time(file, number, columns[0]),
                tokens(file, number, "ContextTokens", columns[1]),
                tokens(file, number, "GeneratedTokens", columns[2]));
    }

    private static Instant time(Path file, int number, String text) {
        try {
            return LocalDateTime.parse(text, TIMESTAMP).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException malformed) {
            throw wrong(file, number, "TIMESTAMP", text, "as in 2023-11-16 18:15:46.6805900");
        }
    }

    private static long tokens(Path file, int number, String column, String text) {
        if (text.matches("[0-9]{1,10}") && Long.parseLong(text) <= MAX_TOKENS) {
            return Long.parseLong(text);
        }
        throw wrong(file, number, column, text, "a whole number from 0 to 1,000,000,000");
    }

    private static CommandFailure wrong(
            Path file, int line, String column, String value, String expected) {
        String shown = value.length() > 80 ? value.substring(0, 80) + "…" : value;
        return new CommandFailure(
                "%s:%d: %s: %s (expected: %s); nothing of the file was recorded"
                        .formatted(file, line, column, shown, expected));
    }
}
