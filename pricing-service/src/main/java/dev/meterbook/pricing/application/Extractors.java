package dev.meterbook.pricing.application;

import com.fasterxml.jackson.databind.JsonNode;
import dev.meterbook.kernel.usage.UsageCount;
import dev.meterbook.kernel.usage.UsageCount.Presence;
import dev.meterbook.kernel.usage.UsageFlavor;
import dev.meterbook.kernel.usage.UsagePath;
import dev.meterbook.kernel.usage.UsagePath.Step;
import dev.meterbook.kernel.usage.UsageUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The extractors of the genai-prices form: how usage is read from answers of a provider. */
final class Extractors {

    private static final int MAX_FLAVORS = 50;
    private static final int MAX_MAPPINGS = 200;

    private final JsonSheet sheet;
    private final MatchClauses clauses;

    Extractors(JsonSheet sheet, MatchClauses clauses) {
        this.sheet = sheet;
        this.clauses = clauses;
    }

    /** The flavours of a provider; none if it has no extractors. */
    List<UsageFlavor> read(String provider, JsonNode node, String path) {
        List<UsageFlavor> flavors = new ArrayList<>();
        if (node.isMissingNode()) {
            return flavors;
        }
        for (JsonNode each : sheet.entries(node, path, MAX_FLAVORS)) {
            flavors.add(flavor(provider, each, path + "[" + flavors.size() + "]"));
        }
        return flavors;
    }

    private UsageFlavor flavor(String provider, JsonNode node, String path) {
        sheet.checkFields(node, path, Set.of("api_flavor", "root", "model_path", "mappings"));
        List<UsageCount> counts = new ArrayList<>();
        for (JsonNode each : sheet.list(node, path, "mappings", MAX_MAPPINGS)) {
            count(each, path + ".mappings[" + counts.size() + "]").ifPresent(counts::add);
        }
        UsagePath model =
                node.has("model_path")
                        ? path(node.path("model_path"), path + ".model_path")
                        : UsagePath.of("model");
        return new UsageFlavor(
                provider,
                node.path("api_flavor").asText("default"),
                path(node.path("root"), path + ".root"),
                List.of(model),
                counts,
                List.of());
    }

    private Optional<UsageCount> count(JsonNode node, String path) {
        sheet.checkFields(node, path, Set.of("path", "dest", "required"));
        String key = sheet.text(node, path, "dest");
        Optional<UsageUnit> unit = UsageUnit.ofKey(key);
        if (unit.isEmpty()) {
            sheet.findings()
                    .add("UNKNOWN_UNIT", path + ".dest", key, "a unit such as input_tokens");
        }
        UsagePath way = path(node.path("path"), path + ".path");
        Presence presence =
                node.path("required").asBoolean(true) ? Presence.REQUIRED : Presence.OPTIONAL;
        return unit.map(each -> new UsageCount(way, each, presence));
    }

    private UsagePath path(JsonNode node, String path) {
        List<Step> steps = new ArrayList<>();
        if (node.isTextual()) {
            return new UsagePath(List.of(new Step.Field(node.asText())));
        }
        List<JsonNode> nodes = sheet.entries(node, path, UsagePath.MAX_STEPS);
        for (int i = 0; i < nodes.size(); i++) {
            steps.add(step(nodes.get(i), path + "[" + i + "]"));
        }
        return new UsagePath(steps);
    }

    private Step step(JsonNode node, String path) {
        if (node.isTextual()) {
            return new Step.Field(node.asText());
        }
        sheet.checkFields(node, path, Set.of("type", "field", "match"));
        return new Step.FirstWhere(
                sheet.text(node, path, "field"), clauses.read(node.path("match"), path + ".match"));
    }
}
