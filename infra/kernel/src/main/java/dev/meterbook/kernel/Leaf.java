package dev.meterbook.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of metered quantity. Kinds are disjoint: each token is counted in exactly one. A kind
 * whose modality is not told is the parent of those that tell it, and lends them its price where
 * they have none of their own. Codes are those of the wire and never change.
 */
public enum Leaf {
    INPUT(1, Unit.TOKEN, Flow.INPUT, null),
    INPUT_TEXT(2, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_AUDIO(3, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_IMAGE(4, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_VIDEO(5, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_CACHE_READ(10, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_CACHE_READ_TEXT(11, Unit.TOKEN, Flow.INPUT, INPUT_CACHE_READ),
    INPUT_CACHE_READ_AUDIO(12, Unit.TOKEN, Flow.INPUT, INPUT_CACHE_READ),
    INPUT_CACHE_READ_IMAGE(13, Unit.TOKEN, Flow.INPUT, INPUT_CACHE_READ),
    INPUT_CACHE_READ_VIDEO(14, Unit.TOKEN, Flow.INPUT, INPUT_CACHE_READ),
    INPUT_CACHE_WRITE(20, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_CACHE_WRITE_5M(21, Unit.TOKEN, Flow.INPUT, INPUT_CACHE_WRITE),
    INPUT_CACHE_WRITE_1H(22, Unit.TOKEN, Flow.INPUT, INPUT_CACHE_WRITE),
    INPUT_TOOL(30, Unit.TOKEN, Flow.INPUT, INPUT),
    OUTPUT(40, Unit.TOKEN, Flow.OUTPUT, null),
    OUTPUT_TEXT(41, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_AUDIO(42, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_IMAGE(43, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_VIDEO(44, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_REASONING(50, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_CITATION(51, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    CALL(70, Unit.CALL, Flow.OTHER, null),
    WEB_SEARCH(71, Unit.SEARCH, Flow.OTHER, null),
    IMAGE(72, Unit.IMAGE, Flow.OTHER, null),
    MILLISECOND(73, Unit.MILLISECOND, Flow.OTHER, null),
    CHARACTER(74, Unit.CHARACTER, Flow.OTHER, null),
    PAGE(75, Unit.PAGE, Flow.OTHER, null),
    GPU_MILLISECOND(79, Unit.MILLISECOND, Flow.OTHER, null);

    /** What one of the quantity is. */
    public enum Unit {
        TOKEN,
        CALL,
        SEARCH,
        IMAGE,
        MILLISECOND,
        CHARACTER,
        PAGE
    }

    /** Which way the quantity flows, seen from the model. */
    public enum Flow {
        INPUT,
        OUTPUT,
        OTHER
    }

    /** All codes are below this. */
    static final int CODES = 80;

    private static final List<Optional<Leaf>> BY_CODE = byCode();

    private final int code;
    private final Unit unit;
    private final Flow flow;
    private final @Nullable Leaf parent;
    private final String id = name().toLowerCase(Locale.ROOT);

    Leaf(int code, Unit unit, Flow flow, @Nullable Leaf parent) {
        this.code = code;
        this.unit = unit;
        this.flow = flow;
        this.parent = parent;
    }

    private static List<Optional<Leaf>> byCode() {
        List<Optional<Leaf>> byCode = new ArrayList<>(Collections.nCopies(CODES, Optional.empty()));
        for (Leaf leaf : values()) {
            byCode.set(leaf.code, Optional.of(leaf));
        }
        return List.copyOf(byCode);
    }

    /** The kind of a wire code, if there is one. */
    public static Optional<Leaf> ofCode(int code) {
        return code < 0 || code >= CODES ? Optional.empty() : BY_CODE.get(code);
    }

    /** The kind of a text such as {@code input_cache_read}, if there is one. */
    public static Optional<Leaf> ofId(String id) {
        for (Leaf leaf : values()) {
            if (leaf.id.equals(id)) {
                return Optional.of(leaf);
            }
        }
        return Optional.empty();
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The name in data files and answers, in lower snake case. */
    public String id() {
        return id;
    }

    /** What one of the quantity is. */
    public Unit unit() {
        return unit;
    }

    /** Which way the quantity flows. */
    public Flow flow() {
        return flow;
    }

    /**
     * The kind that contains this one, null at the top. Its price stands in where this kind has
     * none: providers bill tokens of an unpriced modality, life time or cache action at the price
     * of the total that contains them.
     */
    public @Nullable Leaf parent() {
        return parent;
    }

    /** True for kinds that are input tokens. */
    public boolean isInputToken() {
        return unit == Unit.TOKEN && flow == Flow.INPUT;
    }

    /** True for kinds that are output tokens. */
    public boolean isOutputToken() {
        return unit == Unit.TOKEN && flow == Flow.OUTPUT;
    }

    /** True for input tokens read from the prompt cache. */
    public boolean isCacheRead() {
        return code >= 10 && code < 20;
    }

    /** True for input tokens written to the prompt cache. */
    public boolean isCacheWrite() {
        return code >= 20 && code < 30;
    }
}
