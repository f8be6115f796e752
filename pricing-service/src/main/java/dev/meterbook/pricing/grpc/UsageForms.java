package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.usage.Reading;
import dev.meterbook.kernel.usage.ReportedBody;
import dev.meterbook.kernel.usage.TokenCounts.Convention;
import dev.meterbook.kernel.usage.ToldUsage;
import dev.meterbook.kernel.usage.ToldUsage.LeafCount;
import dev.meterbook.platform.json.StrictJson;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.ProviderUsage;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.util.ArrayList;
import java.util.List;

/** Usage as clients ask for its price: as they record it. */
final class UsageForms {

    private UsageForms() {}

    /**
     * Usage as told, its body read.
     *
     * @param provider whose form a body has that does not say so itself
     */
    static ToldUsage fromProto(Usage usage, String provider) {
        return new ToldUsage(
                usage.hasTokens() ? tokens(usage.getTokens()) : null,
                quantities(usage.getQuantitiesList()),
                usage.hasProviderUsage() ? reading(usage.getProviderUsage(), provider) : null);
    }

    /** Disjoint quantities for the wire. */
    static List<LeafQuantity> toProto(Quantities quantities) {
        List<LeafQuantity> messages = new ArrayList<>(quantities.size());
        for (int i = 0; i < quantities.size(); i++) {
            messages.add(
                    LeafQuantity.newBuilder()
                            .setLeafValue(quantities.leaf(i).code())
                            .setQuantity(quantities.amount(i))
                            .build());
        }
        return messages;
    }

    private static Reading reading(ProviderUsage sent, String provider) {
        String form = sent.getProvider().isEmpty() ? provider : sent.getProvider();
        return new ReportedBody(form, sent.getFlavor(), sent.getJson()).read(StrictJson::parse);
    }

    private static List<LeafCount> quantities(List<LeafQuantity> messages) {
        return messages.stream()
                .map(each -> new LeafCount(each.getLeafValue(), each.getQuantity()))
                .toList();
    }

    private static dev.meterbook.kernel.usage.TokenCounts tokens(TokenCounts counts) {
        return new dev.meterbook.kernel.usage.TokenCounts(
                convention(counts.getConvention()),
                counts.getInputTokens(),
                counts.getOutputTokens(),
                counts.getCacheReadTokens(),
                counts.getCacheWriteTokens(),
                counts.getCacheWrite5MTokens(),
                counts.getCacheWrite1HTokens(),
                counts.getReasoningTokens(),
                counts.getInputAudioTokens(),
                counts.getOutputAudioTokens());
    }

    private static Convention convention(CountingConvention convention) {
        return switch (convention) {
            case COUNTING_CONVENTION_UNSPECIFIED -> Convention.UNSPECIFIED;
            case COUNTING_CONVENTION_INCLUSIVE -> Convention.INCLUSIVE;
            case COUNTING_CONVENTION_EXCLUSIVE -> Convention.EXCLUSIVE;
            case UNRECOGNIZED -> Convention.UNKNOWN;
        };
    }
}
