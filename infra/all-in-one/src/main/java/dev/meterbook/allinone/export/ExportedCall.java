package dev.meterbook.allinone.export;

import dev.meterbook.proto.metering.v1.CallRecord;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.pricing.v1.Rating;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A metered call with its exact cost, as it stands in an export.
 *
 * @param fields texts and numbers by column, in the order of {@link #COLUMNS}
 * @param quantities what was consumed, by kind such as {@code input_cache_read}
 */
record ExportedCall(Map<String, String> fields, Map<String, Long> quantities) {

    /** Names of the columns; {@code quantities} is the one that is no text. */
    static final List<String> COLUMNS =
            List.of(
                    "position",
                    "id",
                    "occur_time",
                    "tenant",
                    "customer",
                    "user",
                    "application",
                    "use_case",
                    "provider",
                    "model",
                    "service_tier",
                    "quantities",
                    "cost",
                    "charge",
                    "currency",
                    "contract",
                    "price_version",
                    "plan",
                    "unpriced_reason");

    static ExportedCall of(CallRecord record, @Nullable Rating rating) {
        MeteredCall call = record.getCall();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("position", Long.toString(record.getPosition()));
        fields.put("id", call.getId());
        fields.put(
                "occur_time",
                Instant.ofEpochSecond(
                                call.getOccurTime().getSeconds(), call.getOccurTime().getNanos())
                        .toString());
        fields.put("tenant", tenantOf(record));
        fields.put("customer", call.getCustomer());
        fields.put("user", call.getUser());
        fields.put("application", call.getApplication());
        fields.put("use_case", call.getUseCase());
        fields.put("provider", call.getProvider());
        fields.put(
                "model",
                call.getServedModel().isEmpty() ? call.getRequestedModel() : call.getServedModel());
        fields.put("service_tier", Names.of(call.getServiceTier()));
        addRating(fields, rating == null ? Rating.getDefaultInstance() : rating);
        if (rating == null) {
            fields.put("unpriced_reason", "NOT_RATED_YET");
        }
        return new ExportedCall(fields, quantities(record));
    }

    private static String tenantOf(CallRecord record) {
        return record.getName().split("/", 3)[1];
    }

    private static void addRating(Map<String, String> fields, Rating rating) {
        fields.put("cost", rating.getBilledCost().getAmount());
        fields.put("charge", rating.getCharge().getAmount());
        fields.put("currency", rating.getBilledCost().getCurrencyCode());
        fields.put("contract", rating.getContract());
        fields.put("price_version", rating.getPriceVersion());
        fields.put("plan", rating.getPlan());
        fields.put(
                "unpriced_reason",
                rating.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED
                        ? ""
                        : rating.getUnpricedReason().name().replace("UNPRICED_REASON_", ""));
    }

    private static Map<String, Long> quantities(CallRecord record) {
        Map<String, Long> quantities = new TreeMap<>();
        for (LeafQuantity each : record.getQuantitiesList()) {
            quantities.put(Names.of(each.getLeaf()), each.getQuantity());
        }
        return quantities;
    }

    /** For a CSV cell: {@code input=374;output=44}. */
    String quantitiesText() {
        return quantities.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(";"));
    }
}
