package dev.meterbook.metering.grpc;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.platform.grpc.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resource names: {@code tenants/{tenant}} and {@code tenants/{tenant}/calls/{id}}. */
final class CallNames {

    private static final Pattern TENANT = Pattern.compile("tenants/([^/]+)");
    private static final Pattern CALL =
            Pattern.compile("tenants/([^/]+)/calls/(.+)", Pattern.DOTALL);

    private CallNames() {}

    /** A call's name, taken apart. */
    record CallName(String tenant, String id) {}

    static String of(String tenant, String id) {
        return "tenants/" + tenant + "/calls/" + id;
    }

    /**
     * The tenant of a parent.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, INVALID_PARENT
     */
    static String tenant(String parent) {
        Matcher matcher = TENANT.matcher(parent);
        if (!matcher.matches() || !Identifiers.isName(matcher.group(1))) {
            throw Refusal.invalid("INVALID_PARENT", "parent", parent, "tenants/{tenant}");
        }
        return matcher.group(1);
    }

    /**
     * The parts of a call's name.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT, INVALID_NAME
     */
    static CallName call(String name) {
        Matcher matcher = CALL.matcher(name);
        if (!matcher.matches()
                || !Identifiers.isName(matcher.group(1))
                || matcher.group(2).length() > CallKey.MAX_ID_LENGTH) {
            throw Refusal.invalid("INVALID_NAME", "name", name, "tenants/{tenant}/calls/{id}");
        }
        return new CallName(matcher.group(1), matcher.group(2));
    }
}
