package dev.meterbook.metering.grpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.kernel.Violation;
import dev.meterbook.kernel.usage.Reading;
import dev.meterbook.kernel.usage.Reading.Completeness;
import dev.meterbook.kernel.usage.UsageFlavor;
import dev.meterbook.kernel.usage.UsageFlavors;
import dev.meterbook.metering.domain.Reason;
import dev.meterbook.proto.metering.v1.CallStatus;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.ProviderUsage;
import dev.meterbook.proto.metering.v1.UsageEvidence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the bodies in which providers report usage. */
final class ProviderBodies {

    /** Bytes of a body at most. */
    static final int MAX_BYTES = 65_536;

    private static final int MAX_MODEL_LENGTH = 128;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 40;
    private static final String FIELD = "usage.provider_usage";
    private static final String JSON_FIELD = FIELD + ".json";

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

    private ProviderBodies() {}

    /** What reading the body of a call comes to; null if it has none. */
    static @Nullable Reading read(MeteredCall call) {
        if (!call.getUsage().hasProviderUsage()) {
            return null;
        }
        ProviderUsage sent = call.getUsage().getProviderUsage();
        String provider = provider(call);
        UsageFlavor flavor = UsageFlavors.own().find(provider, sent.getFlavor()).orElse(null);
        return flavor == null ? unknown(provider, sent.getFlavor()) : read(sent.getJson(), flavor);
    }

    private static String provider(MeteredCall call) {
        String told = call.getUsage().getProviderUsage().getProvider();
        return told.isEmpty() ? call.getProvider() : told;
    }

    private static Reading unknown(String provider, String flavor) {
        String known =
                UsageFlavors.own().all().stream()
                        .filter(each -> each.provider().equals(provider))
                        .map(UsageFlavor::flavor)
                        .collect(Collectors.joining(", "));
        return refused(
                Reason.UNKNOWN_FLAVOR,
                FIELD + ".flavor",
                provider + " " + flavor,
                known.isEmpty() ? "a provider whose bodies are known" : "one of " + known);
    }

    private static Reading read(String json, UsageFlavor flavor) {
        if (json.length() > MAX_BYTES || json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return refused(
                    Reason.BODY_TOO_LARGE,
                    JSON_FIELD,
                    json.length() + " characters",
                    "at most " + MAX_BYTES + " bytes");
        }
        try {
            return JSON.readValue(json, Object.class) instanceof Map<?, ?> body
                    ? located(flavor.read(body))
                    : refused(Reason.MALFORMED_BODY, JSON_FIELD, "another value", "an object");
        } catch (JsonProcessingException malformed) {
            return refused(Reason.MALFORMED_BODY, JSON_FIELD, where(malformed), "a JSON object");
        }
    }

    /** Where it is wrong, without its text. */
    private static String where(JsonProcessingException malformed) {
        return malformed.getLocation() == null
                ? "malformed"
                : "malformed at line %d, column %d"
                        .formatted(
                                malformed.getLocation().getLineNr(),
                                malformed.getLocation().getColumnNr());
    }

    /** A place in the body as a place in the call. */
    private static Reading located(Reading reading) {
        return reading instanceof Reading.Refused(Violation violation)
                ? new Reading.Refused(
                        new Violation(
                                violation.reason(),
                                JSON_FIELD + "/" + violation.field(),
                                violation.value(),
                                violation.expected()))
                : reading;
    }

    private static Reading refused(Reason reason, String field, String value, String expected) {
        return new Reading.Refused(new Violation(reason.name(), field, value, expected));
    }

    /** The call with what its body tells beside the counts. */
    static MeteredCall completed(MeteredCall call, @Nullable Reading reading) {
        if (!(reading instanceof Reading.Read read)) {
            return call;
        }
        MeteredCall.Builder completed = call.toBuilder();
        String model = read.model();
        if (call.getServedModel().isEmpty()
                && model != null
                && Identifiers.isOpaqueId(model, MAX_MODEL_LENGTH)) {
            completed.setServedModel(model);
        }
        boolean isSaidToBeOk =
                call.getStatus() == CallStatus.CALL_STATUS_UNSPECIFIED
                        || call.getStatus() == CallStatus.CALL_STATUS_OK;
        if (isSaidToBeOk && read.completeness() == Completeness.PARTIAL) {
            completed.setStatus(CallStatus.CALL_STATUS_PARTIAL);
        }
        return completed.build();
    }

    /** What is kept of a body that was read. */
    static UsageEvidence evidence(MeteredCall call, Reading.Read read) {
        ProviderUsage sent = call.getUsage().getProviderUsage();
        return UsageEvidence.newBuilder()
                .setProvider(provider(call))
                .setFlavor(sent.getFlavor())
                .setSha256(ByteString.copyFrom(sha256(sent.getJson())))
                .setPartial(read.completeness() == Completeness.PARTIAL)
                .build();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
