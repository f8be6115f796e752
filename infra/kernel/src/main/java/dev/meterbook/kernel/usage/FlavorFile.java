package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.usage.UsageCount.Presence;
import dev.meterbook.kernel.usage.UsageFlavor.PartialSign;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The file of flavours: a block for each, of lines of words. {@code flavor PROVIDER NAME} begins a
 * block, {@code also PROVIDER NAME} gives it another name; {@code model PATH}, {@code root PATH},
 * {@code partial PATH TEXT} and {@code count PATH UNIT [required|final|so_far]} say how it is read;
 * {@code says} and {@code see} state the way of counting and its source; {@code #} is a comment.
 */
final class FlavorFile {

    private final List<UsageFlavor> done = new ArrayList<>();
    private final List<String[]> names = new ArrayList<>();
    private final List<UsagePath> models = new ArrayList<>();
    private final List<UsageCount> counts = new ArrayList<>();
    private final List<PartialSign> signs = new ArrayList<>();
    private UsagePath root = UsagePath.of("");

    private FlavorFile() {}

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if a line is not understood; it names the line
     */
    static List<UsageFlavor> read(String text) {
        FlavorFile file = new FlavorFile();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !file.take(line.split("\\s+"))) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": " + line + " (expected: a line of a flavour)");
            }
        }
        file.end();
        return List.copyOf(file.done);
    }

    private boolean take(String[] words) {
        switch (words[0]) {
            case "says", "see" -> {}
            case "flavor" -> {
                end();
                names.add(words);
            }
            case "also" -> names.add(words);
            case "root" -> root = UsagePath.of(words[1]);
            case "model" -> models.add(UsagePath.of(words[1]));
            case "partial" ->
                    signs.add(
                            new PartialSign(UsagePath.of(words[1]), new TextMatch.Equal(words[2])));
            case "count" -> counts.add(count(words));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static UsageCount count(String[] words) {
        return new UsageCount(
                UsagePath.of(words[1]),
                UsageUnit.ofKey(words[2])
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                words[2] + " (expected: a unit of usage)")),
                words.length > 3
                        ? Presence.valueOf(words[3].toUpperCase(Locale.ROOT))
                        : Presence.OPTIONAL);
    }

    private void end() {
        for (String[] name : names) {
            done.add(new UsageFlavor(name[1], name[2], root, models, counts, signs));
        }
        names.clear();
        models.clear();
        counts.clear();
        signs.clear();
        root = UsagePath.of("");
    }
}
