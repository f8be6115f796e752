package dev.meterbook.metering.grpc;

import static dev.meterbook.metering.grpc.SampleCalls.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.meterbook.kernel.usage.Reading;
import dev.meterbook.metering.domain.Admission;
import dev.meterbook.metering.domain.Admission.Accepted;
import dev.meterbook.metering.domain.Admission.Rejected;
import dev.meterbook.metering.domain.Intake;
import dev.meterbook.metering.domain.Tenants.Standing;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.type.v1.LeafQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractStringAssert;

/** Sends a sample call through the door after a test has changed it. */
final class Door {

    static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final Map<String, Standing> TENANTS =
            Map.of("acme", Standing.ACTIVE, "globex", Standing.ACTIVE, "gone", Standing.SUSPENDED);
    private static final Intake INTAKE =
            new Intake(tenant -> TENANTS.getOrDefault(tenant, Standing.UNKNOWN));

    private Door() {}

    static void assertTaken(UnaryOperator<MeteredCall.Builder> change) {
        assertThat(admit(change)).isInstanceOf(Accepted.class);
    }

    static AbstractStringAssert<?> assertRejected(UnaryOperator<MeteredCall.Builder> change) {
        return assertThat(text(admit(change)));
    }

    static Admission admit(UnaryOperator<MeteredCall.Builder> change) {
        return admit("acme", change);
    }

    static Admission admit(String credentialTenant, UnaryOperator<MeteredCall.Builder> change) {
        MeteredCall call = change.apply(call("c-1")).build();
        Reading reading = ProviderBodies.read(call);
        return INTAKE.admit(
                CallProtos.fromProto(ProviderBodies.completed(call, reading), reading),
                credentialTenant,
                NOW);
    }

    /** Reason and text of a refusal. */
    static String text(Admission admission) {
        return switch (admission) {
            case Accepted accepted -> "accepted " + accepted;
            case Rejected(var violation) -> violation.reason() + " " + violation.message();
        };
    }

    static UnaryOperator<MeteredCall.Builder> usage(Consumer<Usage.Builder> change) {
        return call -> {
            change.accept(call.getUsageBuilder());
            return call;
        };
    }

    static UnaryOperator<MeteredCall.Builder> tokens(TokenCounts.Builder tokens) {
        return call -> call.setUsage(Usage.newBuilder().setTokens(tokens));
    }

    static UnaryOperator<MeteredCall.Builder> quantities(LeafQuantity... quantities) {
        return call -> call.setUsage(Usage.newBuilder().addAllQuantities(List.of(quantities)));
    }

    static <B extends Message.Builder> B with(B message, String field, Object value) {
        var _ = message.setField(message.getDescriptorForType().findFieldByName(field), value);
        return message;
    }
}
