package dev.meterbook.pricing.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Violation;
import dev.meterbook.kernel.usage.LeafCounts;
import dev.meterbook.kernel.usage.Reading;
import dev.meterbook.kernel.usage.UsageFlavor;
import dev.meterbook.kernel.usage.UsageFlavors;
import dev.meterbook.kernel.usage.UsageUnit;
import dev.meterbook.pricing.domain.Breakdown;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.pricing.domain.Catalogue;
import dev.meterbook.pricing.domain.Catalogue.ProviderPrices;
import dev.meterbook.pricing.domain.PriceHistory;
import dev.meterbook.pricing.domain.PricingEvent.CatalogueImported;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.ServiceTier;
import dev.meterbook.pricing.domain.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what calls would cost at the prices of one catalogue, without a server: a line of JSON for
 * each call in, a line of JSON out. The usage is read and the call is rated by the code that does
 * so in the running system.
 */
public final class QuoteLines {

    /** The longest line, in characters. */
    public static final int MAX_LINE_LENGTH = 1_000_000;

    private static final Set<String> FIELDS =
            Set.of("provider_id", "api_flavor", "body", "usage", "model", "occur_time");

    private static final String EXPECTED =
            "one of provider_id, api_flavor, body, usage, model, occur_time";

    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
            new TypeReference<>() {};

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final Rater rater;
    private final Catalogue catalogue;
    private final UsageFlavors flavors;
    private final Instant usualTime;

    /**
     * Quotes with a catalogue.
     *
     * @param file the catalogue; its own way of reading a provider's answers goes before ours
     * @param usualTime when calls occurred that do not say so
     */
    public QuoteLines(CatalogueFile.Outcome.Read file, Instant usualTime) {
        PriceHistory history = new PriceHistory();
        history.apply(1, usualTime, new CatalogueImported(file.catalogue()));
        this.rater = new Rater(history.current());
        this.catalogue = file.catalogue();
        this.flavors = new UsageFlavors(file.flavors());
        this.usualTime = usualTime;
    }

    /** What a line comes to. */
    public sealed interface Answer {

        /** The line to print. */
        String json();

        /**
         * The call has a price, or is known to have none.
         *
         * @param json the line to print
         */
        record Quoted(String json) implements Answer {}

        /**
         * The line could not be taken.
         *
         * @param json the line to print
         */
        record Bad(String json) implements Answer {}
    }

    /** Answers a line. */
    public Answer answer(String line) {
        if (line.length() > MAX_LINE_LENGTH) {
            return bad(
                    new Violation(
                            "LINE_TOO_LONG",
                            "line",
                            line.length() + " characters",
                            "at most " + MAX_LINE_LENGTH));
        }
        try {
            return answer(JSON.readValue(line, OBJECT));
        } catch (JsonProcessingException malformed) {
            return bad(
                    new Violation(
                            "MALFORMED_JSON",
                            "line",
                            malformed.getOriginalMessage(),
                            "an object of JSON"));
        } catch (BadLine wrong) {
            return bad(wrong.violation());
        }
    }

    private Answer answer(@Nullable Map<String, Object> call) throws BadLine {
        if (call == null) {
            throw new BadLine("MALFORMED_JSON", "line", "null", "an object of JSON");
        }
        for (String field : call.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new BadLine("UNKNOWN_FIELD", field, "unknown", EXPECTED);
            }
        }
        String provider = text(call, "provider_id", null);
        long occurTime = Validity.micros(occurTime(call));
        return switch (reading(call, provider)) {
            case Reading.Refused refused -> throw new BadLine(refused.violation());
            case Reading.Read read -> quote(provider, model(call, read), read, occurTime);
        };
    }

    private Reading reading(Map<String, Object> call, String provider) throws BadLine {
        boolean hasBody = call.containsKey("body");
        if (hasBody == call.containsKey("usage")) {
            throw new BadLine(
                    "USAGE_MISSING", "body", hasBody ? "both" : "missing", "a body or a usage");
        }
        if (!hasBody) {
            return LeafCounts.read(call.get("usage"), "usage");
        }
        String name = text(call, "api_flavor", "default");
        Optional<UsageFlavor> flavor =
                flavor(provider, name).or(() -> flavor(meantBy(provider), name));
        if (flavor.isEmpty()) {
            throw new BadLine(
                    "UNKNOWN_FLAVOR", "api_flavor", provider + " " + name, "a known kind of body");
        }
        return flavor.get().read(call.get("body"));
    }

    private Optional<UsageFlavor> flavor(String provider, String name) {
        return flavors.find(provider, name).or(() -> UsageFlavors.own().find(provider, name));
    }

    private String meantBy(String provider) {
        return catalogue.provider(provider).map(ProviderPrices::provider).orElse(provider);
    }

    private static String model(Map<String, Object> call, Reading.Read read) throws BadLine {
        String named = read.model();
        return text(call, "model", named == null ? "" : named);
    }

    private static String text(Map<String, Object> call, String field, @Nullable String usual)
            throws BadLine {
        Object value = call.get(field);
        if (value == null && usual != null) {
            return usual;
        }
        if (value instanceof String text) {
            return text;
        }
        throw new BadLine("NOT_A_TEXT", field, value == null ? "missing" : "no text", "a text");
    }

    private Instant occurTime(Map<String, Object> call) throws BadLine {
        if (call.get("occur_time") == null) {
            return usualTime;
        }
        String text = text(call, "occur_time", null);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException notTime) {
            throw new BadLine("INVALID_TIME", "occur_time", text, "such as 2026-08-21T20:02:24Z");
        }
    }

    private Answer quote(String provider, String model, Reading.Read read, long occurTime) {
        CallFacts facts =
                new CallFacts(
                        "", provider, model, read.quantities(), ServiceTier.STANDARD, occurTime);
        Breakdown breakdown = rater.explain(facts);
        ObjectNode answer = JSON.createObjectNode();
        answer.set("usage", usage(read.totals()));
        switch (breakdown.rating()) {
            case Rating.Unpriced unpriced -> answer.put("unpriced", unpriced.reason().name());
            case Rating.Rated rated -> {
                answer.put("input_price", Decimals.plain(sum(breakdown, Leaf.Flow.INPUT)));
                answer.put("output_price", Decimals.plain(sum(breakdown, Leaf.Flow.OUTPUT)));
                answer.put("total_price", Decimals.plain(rated.billedCost()));
            }
        }
        if (read.completeness() == Reading.Completeness.PARTIAL) {
            answer.put("completeness", read.completeness().name());
        }
        return new Answer.Quoted(answer.toString());
    }

    /** What flows in is what the price says, so that a price for audio of both ways is neither. */
    private static BigDecimal sum(Breakdown breakdown, Leaf.Flow flow) {
        return breakdown.lines().stream()
                .filter(line -> line.pricedLeaf().flow() == flow)
                .map(Breakdown.Line::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static ObjectNode usage(Map<UsageUnit, Long> totals) {
        ObjectNode usage = JSON.createObjectNode();
        totals.forEach(
                (unit, total) -> {
                    if (unit.ofLeaf() == 1) {
                        usage.put(unit.key(), total);
                    } else {
                        usage.put(
                                unit.key(),
                                new BigDecimal(
                                        Decimals.plain(
                                                BigDecimal.valueOf(total)
                                                        .divide(
                                                                BigDecimal.valueOf(
                                                                        unit.ofLeaf())))));
                    }
                });
        return usage;
    }

    private static Answer bad(Violation violation) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("error")
                .put("reason", violation.reason())
                .put("field", violation.field())
                .put("message", violation.message());
        return new Answer.Bad(answer.toString());
    }

    /** A line that cannot be taken. */
    private static final class BadLine extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Violation violation;

        BadLine(Violation violation) {
            super(violation.message());
            this.violation = violation;
        }

        BadLine(String reason, String field, String value, String expected) {
            this(new Violation(reason, field, value, expected));
        }

        Violation violation() {
            return violation;
        }
    }
}
