package dev.meterbook.pricing.intake;

import dev.meterbook.proto.metering.v1.MeteredCall;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The texts of a metered call that its rating names, by their field in the call's message. */
final class CallTexts {

    private static final int[] FIELDS = {
        MeteredCall.ID_FIELD_NUMBER,
        MeteredCall.APPLICATION_FIELD_NUMBER,
        MeteredCall.PROVIDER_FIELD_NUMBER,
        MeteredCall.REQUESTED_MODEL_FIELD_NUMBER,
        MeteredCall.SERVED_MODEL_FIELD_NUMBER,
        MeteredCall.CUSTOMER_FIELD_NUMBER,
        MeteredCall.USER_FIELD_NUMBER,
        MeteredCall.COST_CENTER_FIELD_NUMBER,
        MeteredCall.ENVIRONMENT_FIELD_NUMBER,
        MeteredCall.USE_CASE_FIELD_NUMBER,
        MeteredCall.FEATURE_FIELD_NUMBER,
        MeteredCall.BUSINESS_PROCESS_FIELD_NUMBER,
        MeteredCall.REGION_FIELD_NUMBER,
        MeteredCall.WORKFLOW_FIELD_NUMBER,
        MeteredCall.RUN_FIELD_NUMBER,
        MeteredCall.AGENT_FIELD_NUMBER,
        MeteredCall.HOLD_ID_FIELD_NUMBER
    };

    private static final int NONE = -1;
    private static final int[] PLACES = places();

    private final @Nullable String[] texts = new @Nullable String[FIELDS.length];

    private static int[] places() {
        int[] places = new int[Arrays.stream(FIELDS).max().orElseThrow() + 1];
        Arrays.fill(places, NONE);
        for (int place = 0; place < FIELDS.length; place++) {
            places[FIELDS[place]] = place;
        }
        return places;
    }

    /** True for the number of a field that is held here. */
    static boolean isOne(int field) {
        return field < PLACES.length && PLACES[field] != NONE;
    }

    void put(int field, String text) {
        texts[PLACES[field]] = text;
    }

    /** The text of a field; empty if the call does not tell it. */
    String of(int field) {
        String text = texts[PLACES[field]];
        return text == null ? "" : text;
    }
}
