package dev.meterbook.metering.domain;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.kernel.usage.UsageTotals;
import dev.meterbook.metering.domain.MeteredCall.Attribution;
import dev.meterbook.metering.domain.MeteredCall.CallStatus;
import dev.meterbook.metering.domain.MeteredCall.Ending;
import dev.meterbook.metering.domain.MeteredCall.Lineage;
import dev.meterbook.metering.domain.MeteredCall.Model;
import dev.meterbook.metering.domain.MeteredCall.ServiceTier;
import dev.meterbook.metering.domain.MeteredCall.Trace;
import java.util.Map;

/** The limits of everything a call tells about itself, except tenant, time and usage. */
final class CallRules {

    static final int MAX_MODEL_LENGTH = 128;
    static final int MAX_ATTEMPT = 1_000;
    static final long MAX_LATENCY_MILLIS = 7L * 24 * 3_600 * 1_000;
    static final int MAX_LABELS = 32;
    static final int MAX_LABEL_KEY_LENGTH = 63;
    static final int MAX_LABEL_VALUE_LENGTH = 255;
    static final int TRACE_ID_DIGITS = 32;
    static final int SPAN_ID_DIGITS = 16;

    private CallRules() {}

    static void check(MeteredCall call, Findings findings) {
        checkCallId("id", call.id(), findings);
        if (call.id().isEmpty()) {
            findings.addMissing(
                    Reason.ID_MISSING, "id", "1 to " + CallKey.MAX_ID_LENGTH + " characters");
        }
        checkAttribution(call.attribution(), findings);
        checkModel(call.model(), findings);
        checkLineage(call.lineage(), findings);
        checkTrace(call.trace(), findings);
        checkEnding(call.ending(), findings);
        checkOpaqueId("hold_id", call.holdId(), findings);
        checkLabels(call.labels(), findings);
        if (call.unknownField() != 0) {
            findings.add(
                    Reason.UNKNOWN_FIELD,
                    "call",
                    "field number " + call.unknownField(),
                    "fields of this version only, since a dropped count would be a wrong bill");
        }
    }

    static void checkName(Reason reason, String field, String name, Findings findings) {
        if (!Identifiers.isName(name)) {
            findings.add(reason, field, name, Identifiers.NAME_FORM);
        }
    }

    private static void checkAttribution(Attribution told, Findings findings) {
        if (told.application().isEmpty()) {
            findings.addMissing(
                    Reason.APPLICATION_MISSING, "application", Identifiers.OPAQUE_ID_FORM);
        }
        checkOpaqueId("application", told.application(), findings);
        checkOpaqueId("customer", told.customer(), findings);
        checkOpaqueId("user", told.user(), findings);
        if (!told.costCenter().isEmpty()) {
            checkName(Reason.INVALID_COST_CENTER, "cost_center", told.costCenter(), findings);
        }
        checkOpaqueId("environment", told.environment(), findings);
        checkOpaqueId("use_case", told.useCase(), findings);
        checkOpaqueId("feature", told.feature(), findings);
        checkOpaqueId("business_process", told.businessProcess(), findings);
        checkOpaqueId("request_type", told.requestType(), findings);
    }

    private static void checkModel(Model told, Findings findings) {
        if (told.provider().isEmpty()) {
            findings.addMissing(Reason.PROVIDER_MISSING, "provider", Identifiers.OPAQUE_ID_FORM);
        }
        if (told.requestedModel().isEmpty() && told.servedModel().isEmpty()) {
            findings.addMissing(
                    Reason.MODEL_MISSING, "served_model", "served_model or requested_model");
        }
        checkOpaqueId("provider", told.provider(), findings);
        checkModelName("requested_model", told.requestedModel(), findings);
        checkModelName("served_model", told.servedModel(), findings);
        checkOpaqueId("region", told.region(), findings);
        checkOpaqueId("deployment", told.deployment(), findings);
        if (told.serviceTier() == ServiceTier.UNKNOWN) {
            findings.add(
                    Reason.UNKNOWN_SERVICE_TIER,
                    "service_tier",
                    "unknown value",
                    "STANDARD, BATCH, FLEX or PRIORITY");
        }
    }

    private static void checkLineage(Lineage told, Findings findings) {
        checkOpaqueId("conversation", told.conversation(), findings);
        checkOpaqueId("workflow", told.workflow(), findings);
        checkOpaqueId("run", told.run(), findings);
        checkOpaqueId("agent", told.agent(), findings);
        checkOpaqueId("step", told.step(), findings);
        checkOpaqueId("tool", told.tool(), findings);
        if (told.attempt() < 0 || told.attempt() > MAX_ATTEMPT) {
            findings.add(
                    Reason.INVALID_ATTEMPT,
                    "attempt",
                    Integer.toString(told.attempt()),
                    "0 to " + MAX_ATTEMPT);
        }
        checkCallId("retry_of", told.retryOf(), findings);
    }

    private static void checkTrace(Trace told, Findings findings) {
        if (!isEmptyOrHex(told.traceId(), TRACE_ID_DIGITS)) {
            findings.add(
                    Reason.INVALID_TRACE_ID,
                    "trace_id",
                    told.traceId(),
                    TRACE_ID_DIGITS + " lower-case hexadecimal digits");
        }
        if (!isEmptyOrHex(told.spanId(), SPAN_ID_DIGITS)) {
            findings.add(
                    Reason.INVALID_SPAN_ID,
                    "span_id",
                    told.spanId(),
                    SPAN_ID_DIGITS + " lower-case hexadecimal digits");
        }
    }

    private static void checkEnding(Ending told, Findings findings) {
        if (told.status() == CallStatus.UNKNOWN) {
            findings.add(
                    Reason.UNKNOWN_STATUS,
                    "status",
                    "unknown value",
                    "OK, ERROR, PARTIAL or CANCELLED");
        }
        if (told.latencyMillis() < 0 || told.latencyMillis() > MAX_LATENCY_MILLIS) {
            findings.add(
                    Reason.INVALID_LATENCY,
                    "latency_millis",
                    Long.toString(told.latencyMillis()),
                    "0 to " + MAX_LATENCY_MILLIS);
        }
        long context = told.retrievedContextTokens();
        if (context < 0 || context > UsageTotals.MAX_TOKENS) {
            findings.addCount("retrieved_context_tokens", context, UsageTotals.MAX_TOKENS);
        }
    }

    private static void checkLabels(Map<String, String> labels, Findings findings) {
        if (labels.size() > MAX_LABELS) {
            findings.add(
                    Reason.TOO_MANY_LABELS,
                    "labels",
                    labels.size() + " labels",
                    "at most " + MAX_LABELS);
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            checkLabel(label.getKey(), label.getValue(), findings);
        }
    }

    private static void checkLabel(String key, String value, Findings findings) {
        if (!isLabelKey(key)) {
            findings.add(
                    Reason.INVALID_LABEL_KEY,
                    "labels",
                    key,
                    "keys of 1 to " + MAX_LABEL_KEY_LENGTH + " characters a-z, 0-9 and ._-/");
        }
        if (value.length() > MAX_LABEL_VALUE_LENGTH) {
            findings.add(
                    Reason.LABEL_VALUE_TOO_LONG,
                    "labels",
                    key + " of " + value.length() + " characters",
                    "at most " + MAX_LABEL_VALUE_LENGTH);
        }
    }

    private static void checkCallId(String field, String id, Findings findings) {
        if (id.length() > CallKey.MAX_ID_LENGTH) {
            findings.add(
                    Reason.ID_TOO_LONG,
                    field,
                    id.length() + " characters",
                    "at most " + CallKey.MAX_ID_LENGTH);
        }
    }

    private static void checkOpaqueId(String field, String id, Findings findings) {
        if (!id.isEmpty() && !Identifiers.isOpaqueId(id)) {
            findings.add(Reason.INVALID_ID, field, id, Identifiers.OPAQUE_ID_FORM);
        }
    }

    private static void checkModelName(String field, String name, Findings findings) {
        if (!name.isEmpty() && !Identifiers.isOpaqueId(name, MAX_MODEL_LENGTH)) {
            findings.add(
                    Reason.INVALID_ID,
                    field,
                    name,
                    "up to "
                            + MAX_MODEL_LENGTH
                            + " characters: a letter or digit, then letters, digits and ._:@/-");
        }
    }

    private static boolean isLabelKey(String key) {
        if (key.isEmpty() || key.length() > MAX_LABEL_KEY_LENGTH) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (!isBetween('a', c, 'z') && !isBetween('0', c, '9') && "._-/".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmptyOrHex(String text, int digits) {
        if (!text.isEmpty() && text.length() != digits) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isBetween('0', c, '9') && !isBetween('a', c, 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBetween(char first, char c, char last) {
        return c >= first && c <= last;
    }
}
