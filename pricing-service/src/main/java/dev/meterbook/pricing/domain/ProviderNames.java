package dev.meterbook.pricing.domain;

import java.util.List;
import java.util.Map;

/**
 * The names that OpenTelemetry gives providers ({@code gen_ai.provider.name} of its semantic
 * conventions for GenAI), where price lists and contracts use a shorter one. Both mean the same
 * provider.
 */
final class ProviderNames {

    private static final Map<String, List<String>> IDS =
            Map.of(
                    "aws.bedrock", List.of("aws"),
                    "azure.ai.inference", List.of("azure"),
                    "azure.ai.openai", List.of("azure"),
                    "gcp.gemini", List.of("google"),
                    "gcp.gen_ai", List.of("google"),
                    "gcp.vertex_ai", List.of("google-vertex", "google"),
                    "mistral_ai", List.of("mistral"),
                    "x_ai", List.of("x-ai", "xai"));

    private ProviderNames() {}

    /** The shorter names of a provider, in the order in which to try them; none for most names. */
    static List<String> ids(String name) {
        return IDS.getOrDefault(name, List.of());
    }
}
