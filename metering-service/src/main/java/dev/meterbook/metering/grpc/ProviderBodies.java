package dev.meterbook.metering.grpc;

import com.google.protobuf.ByteString;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.kernel.usage.Reading;
import dev.meterbook.kernel.usage.Reading.Completeness;
import dev.meterbook.kernel.usage.ReportedBody;
import dev.meterbook.platform.json.StrictJson;
import dev.meterbook.proto.metering.v1.CallStatus;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.ProviderUsage;
import dev.meterbook.proto.metering.v1.UsageEvidence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Reads the bodies in which providers report usage. */
final class ProviderBodies {

    private static final int MAX_MODEL_LENGTH = 128;

    private ProviderBodies() {}

    /** What reading the body of a call comes to; null if it has none. */
    static @Nullable Reading read(MeteredCall call) {
        if (!call.getUsage().hasProviderUsage()) {
            return null;
        }
        ProviderUsage sent = call.getUsage().getProviderUsage();
        return new ReportedBody(provider(call), sent.getFlavor(), sent.getJson())
                .read(StrictJson::parse);
    }

    private static String provider(MeteredCall call) {
        String told = call.getUsage().getProviderUsage().getProvider();
        return told.isEmpty() ? call.getProvider() : told;
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
