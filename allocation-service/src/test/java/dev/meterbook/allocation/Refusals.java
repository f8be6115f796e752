package dev.meterbook.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import java.util.function.Supplier;

/** What callers are told when something is refused. */
public final class Refusals {

    private Refusals() {}

    /** Expects a refusal of that code and reason; returns its text. */
    public static String refused(Status.Code code, String reason, Supplier<?> call) {
        StatusRuntimeException refused =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> {
                            var _ = call.get();
                        });
        assertThat(refused).as("expected %s, %s", code, reason).isNotNull();
        assertThat(refused.getStatus().getCode() + " " + reasonOf(refused))
                .as(refused.getMessage())
                .isEqualTo(code + " " + reason);
        return Objects.toString(refused.getStatus().getDescription());
    }

    private static String reasonOf(StatusRuntimeException refused) {
        com.google.rpc.Status status = StatusProto.fromThrowable(refused);
        try {
            for (Any detail : status == null ? java.util.List.<Any>of() : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    return detail.unpack(ErrorInfo.class).getReason();
                }
            }
            return "without reason";
        } catch (InvalidProtocolBufferException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
