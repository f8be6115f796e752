package dev.meterbook.pricing.grpc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the service said no with. */
final class Refusals {

    private Refusals() {}

    /** Status code and stable reason, such as {@code NOT_FOUND UNKNOWN_CONTRACT}. */
    static String of(ThrowingCallable call) {
        StatusRuntimeException refused =
                Objects.requireNonNull(
                        catchThrowableOfType(StatusRuntimeException.class, call),
                        "the call was not refused");
        return refused.getStatus().getCode() + " " + reason(refused);
    }

    /** The text for people. */
    static String text(ThrowingCallable call) {
        return String.valueOf(
                Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call))
                        .getStatus()
                        .getDescription());
    }

    private static String reason(StatusRuntimeException refused) {
        try {
            for (Any detail :
                    Objects.requireNonNull(StatusProto.fromThrowable(refused)).getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    return detail.unpack(ErrorInfo.class).getReason();
                }
            }
            return "";
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
