package dev.meterbook.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meterbook.kernel.JsonText;

/**
 * Reads JSON that a caller sends as a text: one value and nothing after it, no field twice, no
 * number that loses digits, at most 32 levels deep and 40 characters a number.
 */
public final class StrictJson {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 40;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(MAX_NUMBER_LENGTH)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private StrictJson() {}

    /** Reads a text; who calls limits its length. */
    public static JsonText parse(String json) {
        try {
            return new JsonText.Tree(JSON.readValue(json, Object.class));
        } catch (JsonProcessingException malformed) {
            return new JsonText.Malformed(where(malformed));
        }
    }

    private static String where(JsonProcessingException malformed) {
        return malformed.getLocation() == null
                ? "malformed"
                : "malformed at line %d, column %d"
                        .formatted(
                                malformed.getLocation().getLineNr(),
                                malformed.getLocation().getColumnNr());
    }
}
