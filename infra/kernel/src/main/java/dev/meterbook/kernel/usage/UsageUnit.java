package dev.meterbook.kernel.usage;

import dev.meterbook.kernel.Leaf;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A total as usage is reported and list prices are quoted for it. A total holds its parts: {@code
 * input_tokens} holds {@code cache_read_tokens}. It belongs to one kind of quantity and is the sum
 * of that kind and all that it contains. Keys and price keys are those of the genai-prices
 * catalogue form, version 2.
 */
public enum UsageUnit {
    INPUT_TOKENS("input_mtok", 1_000_000, Leaf.INPUT),
    OUTPUT_TOKENS("output_mtok", 1_000_000, Leaf.OUTPUT),
    CACHE_READ_TOKENS("cache_read_mtok", 1_000_000, Leaf.INPUT_CACHE_READ),
    CACHE_WRITE_TOKENS("cache_write_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE),
    CACHE_WRITE_5M_TOKENS("cache_write_5m_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_5M),
    CACHE_WRITE_1H_TOKENS("cache_write_1h_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_1H),
    INPUT_TEXT_TOKENS("input_text_mtok", 1_000_000, Leaf.INPUT_TEXT),
    OUTPUT_TEXT_TOKENS("output_text_mtok", 1_000_000, Leaf.OUTPUT_TEXT),
    CACHE_TEXT_READ_TOKENS("cache_text_read_mtok", 1_000_000, Leaf.INPUT_CACHE_READ_TEXT),
    CACHE_TEXT_WRITE_TOKENS("cache_text_write_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_TEXT),
    CACHE_TEXT_WRITE_5M_TOKENS(
            "cache_text_write_5m_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_5M_TEXT),
    CACHE_TEXT_WRITE_1H_TOKENS(
            "cache_text_write_1h_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_1H_TEXT),
    INPUT_AUDIO_TOKENS("input_audio_mtok", 1_000_000, Leaf.INPUT_AUDIO),
    OUTPUT_AUDIO_TOKENS("output_audio_mtok", 1_000_000, Leaf.OUTPUT_AUDIO),
    CACHE_AUDIO_READ_TOKENS("cache_audio_read_mtok", 1_000_000, Leaf.INPUT_CACHE_READ_AUDIO),
    CACHE_AUDIO_WRITE_TOKENS("cache_audio_write_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_AUDIO),
    CACHE_AUDIO_WRITE_5M_TOKENS(
            "cache_audio_write_5m_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_5M_AUDIO),
    CACHE_AUDIO_WRITE_1H_TOKENS(
            "cache_audio_write_1h_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_1H_AUDIO),
    INPUT_IMAGE_TOKENS("input_image_mtok", 1_000_000, Leaf.INPUT_IMAGE),
    OUTPUT_IMAGE_TOKENS("output_image_mtok", 1_000_000, Leaf.OUTPUT_IMAGE),
    CACHE_IMAGE_READ_TOKENS("cache_image_read_mtok", 1_000_000, Leaf.INPUT_CACHE_READ_IMAGE),
    CACHE_IMAGE_WRITE_TOKENS("cache_image_write_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_IMAGE),
    CACHE_IMAGE_WRITE_5M_TOKENS(
            "cache_image_write_5m_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_5M_IMAGE),
    CACHE_IMAGE_WRITE_1H_TOKENS(
            "cache_image_write_1h_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_1H_IMAGE),
    INPUT_VIDEO_TOKENS("input_video_mtok", 1_000_000, Leaf.INPUT_VIDEO),
    OUTPUT_VIDEO_TOKENS("output_video_mtok", 1_000_000, Leaf.OUTPUT_VIDEO),
    CACHE_VIDEO_READ_TOKENS("cache_video_read_mtok", 1_000_000, Leaf.INPUT_CACHE_READ_VIDEO),
    CACHE_VIDEO_WRITE_TOKENS("cache_video_write_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_VIDEO),
    CACHE_VIDEO_WRITE_5M_TOKENS(
            "cache_video_write_5m_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_5M_VIDEO),
    CACHE_VIDEO_WRITE_1H_TOKENS(
            "cache_video_write_1h_mtok", 1_000_000, Leaf.INPUT_CACHE_WRITE_1H_VIDEO),
    INPUT_TOOL_TOKENS("input_tool_mtok", 1_000_000, Leaf.INPUT_TOOL),
    INPUT_TEXT_TOOL_TOKENS("input_text_tool_mtok", 1_000_000, Leaf.INPUT_TOOL_TEXT),
    INPUT_AUDIO_TOOL_TOKENS("input_audio_tool_mtok", 1_000_000, Leaf.INPUT_TOOL_AUDIO),
    INPUT_IMAGE_TOOL_TOKENS("input_image_tool_mtok", 1_000_000, Leaf.INPUT_TOOL_IMAGE),
    INPUT_VIDEO_TOOL_TOKENS("input_video_tool_mtok", 1_000_000, Leaf.INPUT_TOOL_VIDEO),
    OUTPUT_REASONING_TOKENS("output_reasoning_mtok", 1_000_000, Leaf.OUTPUT_REASONING),
    OUTPUT_TEXT_REASONING_TOKENS(
            "output_text_reasoning_mtok", 1_000_000, Leaf.OUTPUT_REASONING_TEXT),
    OUTPUT_AUDIO_REASONING_TOKENS(
            "output_audio_reasoning_mtok", 1_000_000, Leaf.OUTPUT_REASONING_AUDIO),
    OUTPUT_IMAGE_REASONING_TOKENS(
            "output_image_reasoning_mtok", 1_000_000, Leaf.OUTPUT_REASONING_IMAGE),
    OUTPUT_VIDEO_REASONING_TOKENS(
            "output_video_reasoning_mtok", 1_000_000, Leaf.OUTPUT_REASONING_VIDEO),
    OUTPUT_CITATION_TOKENS("output_citation_mtok", 1_000_000, Leaf.OUTPUT_CITATION),
    OUTPUT_TEXT_CITATION_TOKENS("output_text_citation_mtok", 1_000_000, Leaf.OUTPUT_CITATION_TEXT),
    OUTPUT_AUDIO_CITATION_TOKENS(
            "output_audio_citation_mtok", 1_000_000, Leaf.OUTPUT_CITATION_AUDIO),
    OUTPUT_IMAGE_CITATION_TOKENS(
            "output_image_citation_mtok", 1_000_000, Leaf.OUTPUT_CITATION_IMAGE),
    OUTPUT_VIDEO_CITATION_TOKENS(
            "output_video_citation_mtok", 1_000_000, Leaf.OUTPUT_CITATION_VIDEO),
    INPUT_CHARACTERS("input_mchars", 1_000_000, Leaf.CHARACTER),
    INPUT_TEXT_MESSAGES("input_text_messages_kcount", 1_000, Leaf.TEXT_MESSAGE),
    AUDIO_SECONDS("audio_hours", 3_600, Leaf.MILLISECOND),
    INPUT_AUDIO_SECONDS("input_audio_hours", 3_600, Leaf.INPUT_AUDIO_MILLISECOND),
    OUTPUT_AUDIO_SECONDS("output_audio_hours", 3_600, Leaf.OUTPUT_AUDIO_MILLISECOND),
    INPUT_PIXELS("input_gpixels", 1_000_000_000, Leaf.INPUT_PIXEL),
    INPUT_DOCUMENT_PAGES("input_document_kpages", 1_000, Leaf.PAGE),
    INPUT_ANNOTATED_DOCUMENT_PAGES("input_annotated_document_kpages", 1_000, Leaf.ANNOTATED_PAGE),
    RERANK_SEARCHES("rerank_searches_kcount", 1_000, Leaf.RERANK_SEARCH),
    WEB_SEARCHES("web_searches_kcount", 1_000, Leaf.WEB_SEARCH),
    SOCIAL_SEARCHES("social_searches_kcount", 1_000, Leaf.SOCIAL_SEARCH),
    STORAGE_SEARCHES("storage_searches_kcount", 1_000, Leaf.STORAGE_SEARCH),
    CODE_EXECUTIONS("code_executions_kcount", 1_000, Leaf.CODE_EXECUTION),
    REQUESTS("requests_kcount", 1_000, Leaf.CALL);

    private static final long MILLIS_OF_SECOND = 1_000;

    private static final Map<String, UsageUnit> BY_KEY = new HashMap<>();
    private static final Map<String, UsageUnit> BY_PRICE_KEY = new HashMap<>();
    private static final Map<Leaf, UsageUnit> BY_LEAF = new EnumMap<>(Leaf.class);

    static {
        for (UsageUnit unit : values()) {
            BY_KEY.put(unit.key, unit);
            BY_PRICE_KEY.put(unit.priceKey, unit);
            BY_LEAF.put(unit.leaf, unit);
        }
    }

    private final String key = TextMatch.lower(name());
    private final String priceKey;
    private final long per;
    private final Leaf leaf;

    UsageUnit(String priceKey, long per, Leaf leaf) {
        this.priceKey = priceKey;
        this.per = per;
        this.leaf = leaf;
    }

    /** The unit of a key such as {@code cache_read_tokens}, if there is one. */
    public static Optional<UsageUnit> ofKey(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** The unit of a price key such as {@code cache_read_mtok}, if there is one. */
    public static Optional<UsageUnit> ofPriceKey(String priceKey) {
        return Optional.ofNullable(BY_PRICE_KEY.get(priceKey));
    }

    /** The unit that is the total of a kind, if there is one. */
    public static Optional<UsageUnit> ofLeaf(Leaf leaf) {
        return Optional.ofNullable(BY_LEAF.get(leaf));
    }

    /** How usage names it. */
    public String key() {
        return key;
    }

    /** How price tables name it. */
    public String priceKey() {
        return priceKey;
    }

    /** The kind whose total it is. */
    public Leaf leaf() {
        return leaf;
    }

    /** How many of the kind one unit is: a second is 1,000 milliseconds. */
    public long ofLeaf() {
        return leaf.unit() == Leaf.Unit.MILLISECOND ? MILLIS_OF_SECOND : 1;
    }

    /** How many of the kind a list price is for. */
    public long per() {
        return per * ofLeaf();
    }
}
