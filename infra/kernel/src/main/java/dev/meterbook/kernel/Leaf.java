package dev.meterbook.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of metered quantity. Kinds are disjoint: each token is counted in exactly one. A kind
 * that says less (no modality, no cache action) contains those that say more, and lends them its
 * price where they have none of their own. Codes are those of the wire and never change.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are immutable ones
public enum Leaf {
    INPUT(1, Unit.TOKEN, Flow.INPUT, null),
    INPUT_TEXT(2, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_AUDIO(3, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_IMAGE(4, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_VIDEO(5, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_CACHE_READ(10, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_CACHE_READ_TEXT(11, INPUT_CACHE_READ, INPUT_TEXT),
    INPUT_CACHE_READ_AUDIO(12, INPUT_CACHE_READ, INPUT_AUDIO),
    INPUT_CACHE_READ_IMAGE(13, INPUT_CACHE_READ, INPUT_IMAGE),
    INPUT_CACHE_READ_VIDEO(14, INPUT_CACHE_READ, INPUT_VIDEO),
    INPUT_CACHE_WRITE(20, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_CACHE_WRITE_5M(21, Unit.TOKEN, Flow.INPUT, INPUT_CACHE_WRITE),
    INPUT_CACHE_WRITE_1H(22, Unit.TOKEN, Flow.INPUT, INPUT_CACHE_WRITE),
    INPUT_CACHE_WRITE_TEXT(23, INPUT_CACHE_WRITE, INPUT_TEXT),
    INPUT_CACHE_WRITE_AUDIO(24, INPUT_CACHE_WRITE, INPUT_AUDIO),
    INPUT_CACHE_WRITE_IMAGE(25, INPUT_CACHE_WRITE, INPUT_IMAGE),
    INPUT_CACHE_WRITE_VIDEO(26, INPUT_CACHE_WRITE, INPUT_VIDEO),
    INPUT_CACHE_WRITE_5M_TEXT(80, INPUT_CACHE_WRITE_5M, INPUT_CACHE_WRITE_TEXT),
    INPUT_CACHE_WRITE_5M_AUDIO(81, INPUT_CACHE_WRITE_5M, INPUT_CACHE_WRITE_AUDIO),
    INPUT_CACHE_WRITE_5M_IMAGE(82, INPUT_CACHE_WRITE_5M, INPUT_CACHE_WRITE_IMAGE),
    INPUT_CACHE_WRITE_5M_VIDEO(83, INPUT_CACHE_WRITE_5M, INPUT_CACHE_WRITE_VIDEO),
    INPUT_CACHE_WRITE_1H_TEXT(84, INPUT_CACHE_WRITE_1H, INPUT_CACHE_WRITE_TEXT),
    INPUT_CACHE_WRITE_1H_AUDIO(85, INPUT_CACHE_WRITE_1H, INPUT_CACHE_WRITE_AUDIO),
    INPUT_CACHE_WRITE_1H_IMAGE(86, INPUT_CACHE_WRITE_1H, INPUT_CACHE_WRITE_IMAGE),
    INPUT_CACHE_WRITE_1H_VIDEO(87, INPUT_CACHE_WRITE_1H, INPUT_CACHE_WRITE_VIDEO),
    INPUT_TOOL(30, Unit.TOKEN, Flow.INPUT, INPUT),
    INPUT_TOOL_TEXT(31, INPUT_TOOL, INPUT_TEXT),
    INPUT_TOOL_AUDIO(32, INPUT_TOOL, INPUT_AUDIO),
    INPUT_TOOL_IMAGE(33, INPUT_TOOL, INPUT_IMAGE),
    INPUT_TOOL_VIDEO(34, INPUT_TOOL, INPUT_VIDEO),
    OUTPUT(40, Unit.TOKEN, Flow.OUTPUT, null),
    OUTPUT_TEXT(41, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_AUDIO(42, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_IMAGE(43, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_VIDEO(44, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_REASONING(50, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_CITATION(51, Unit.TOKEN, Flow.OUTPUT, OUTPUT),
    OUTPUT_REASONING_TEXT(52, OUTPUT_REASONING, OUTPUT_TEXT),
    OUTPUT_REASONING_AUDIO(53, OUTPUT_REASONING, OUTPUT_AUDIO),
    OUTPUT_REASONING_IMAGE(54, OUTPUT_REASONING, OUTPUT_IMAGE),
    OUTPUT_REASONING_VIDEO(55, OUTPUT_REASONING, OUTPUT_VIDEO),
    OUTPUT_CITATION_TEXT(56, OUTPUT_CITATION, OUTPUT_TEXT),
    OUTPUT_CITATION_AUDIO(57, OUTPUT_CITATION, OUTPUT_AUDIO),
    OUTPUT_CITATION_IMAGE(58, OUTPUT_CITATION, OUTPUT_IMAGE),
    OUTPUT_CITATION_VIDEO(59, OUTPUT_CITATION, OUTPUT_VIDEO),
    CALL(70, Unit.CALL, Flow.OTHER, null),
    WEB_SEARCH(71, Unit.SEARCH, Flow.OTHER, null),
    IMAGE(72, Unit.IMAGE, Flow.OTHER, null),
    MILLISECOND(73, Unit.MILLISECOND, Flow.OTHER, null),
    INPUT_AUDIO_MILLISECOND(92, Unit.MILLISECOND, Flow.INPUT, MILLISECOND),
    OUTPUT_AUDIO_MILLISECOND(93, Unit.MILLISECOND, Flow.OUTPUT, MILLISECOND),
    CHARACTER(74, Unit.CHARACTER, Flow.INPUT, null),
    PAGE(75, Unit.PAGE, Flow.INPUT, null),
    ANNOTATED_PAGE(76, Unit.PAGE, Flow.INPUT, PAGE),
    INPUT_PIXEL(77, Unit.PIXEL, Flow.INPUT, null),
    TEXT_MESSAGE(78, Unit.MESSAGE, Flow.INPUT, null),
    RERANK_SEARCH(88, Unit.SEARCH, Flow.OTHER, null),
    SOCIAL_SEARCH(89, Unit.SEARCH, Flow.OTHER, null),
    STORAGE_SEARCH(90, Unit.SEARCH, Flow.OTHER, null),
    CODE_EXECUTION(91, Unit.EXECUTION, Flow.OTHER, null),
    GPU_MILLISECOND(79, Unit.MILLISECOND, Flow.OTHER, null);

    /** What one of the quantity is. */
    public enum Unit {
        TOKEN,
        CALL,
        SEARCH,
        IMAGE,
        MILLISECOND,
        CHARACTER,
        PAGE,
        PIXEL,
        MESSAGE,
        EXECUTION
    }

    /** Which way the quantity flows, seen from the model. */
    public enum Flow {
        INPUT,
        OUTPUT,
        OTHER
    }

    /** All codes are below this. */
    static final int CODES = 96;

    private static final List<Optional<Leaf>> BY_CODE = byCode();

    private final int code;
    private final Unit unit;
    private final Flow flow;
    private final @Nullable Leaf parent;
    private final List<Leaf> direct;
    private final List<Leaf> containers;
    private final String id = name().toLowerCase(Locale.ROOT);

    Leaf(int code, Unit unit, Flow flow, @Nullable Leaf parent) {
        this.code = code;
        this.unit = unit;
        this.flow = flow;
        this.parent = parent;
        this.direct = parent == null ? List.of() : List.of(parent);
        this.containers = chain(direct);
    }

    /** A kind in which two others overlap: tokens of a modality that were also cached, say. */
    Leaf(int code, Leaf parent, Leaf modality) {
        this.code = code;
        this.unit = parent.unit;
        this.flow = parent.flow;
        this.parent = parent;
        this.direct = List.of(parent, modality);
        this.containers = chain(direct);
    }

    /** The given kinds, then those that contain them, level by level: the closest ones first. */
    private static List<Leaf> chain(List<Leaf> closest) {
        List<Leaf> chain = new ArrayList<>(closest);
        for (int i = 0; i < chain.size(); i++) {
            for (Leaf wider : chain.get(i).direct) {
                if (!chain.contains(wider)) {
                    chain.add(wider);
                }
            }
        }
        return List.copyOf(chain);
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

    /** The kind that contains this one, null at the top; of two the one that says more. */
    public @Nullable Leaf parent() {
        return parent;
    }

    /**
     * All kinds that contain this one, the closest first. The price of the first that has one
     * stands in where this kind has none: providers bill tokens of an unpriced modality, life time
     * or cache action at the price of the total that contains them.
     */
    public List<Leaf> containers() {
        return containers;
    }

    /** True if every unit of the other kind is also one of this kind, or if they are the same. */
    public boolean contains(Leaf other) {
        return this == other || other.containers.contains(this);
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
        return (code >= 20 && code < 30) || (code >= 80 && code < 88);
    }
}
