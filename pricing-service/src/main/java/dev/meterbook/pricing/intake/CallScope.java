package dev.meterbook.pricing.intake;

import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.UsageRated;

/**
 * Which calls are rated anew.
 *
 * @param contract those that this contract prices now, or would price; empty for any
 * @param provider those of this provider; empty for any
 * @param tenant those of this tenant; empty for any
 * @param fromMicros those that occurred at this moment or later, in microseconds since 1970
 * @param untilMicros those that occurred before this moment
 */
public record CallScope(
        String contract, String provider, String tenant, long fromMicros, long untilMicros) {

    boolean includes(UsageRated event, RatedCall call) {
        long occurTime = event.getBaseTimeMicros() + call.getOccurTimeOffsetMicros();
        return occurTime >= fromMicros
                && occurTime < untilMicros
                && isAny(tenant, event.getTexts(call.getTenantText()))
                && isAny(provider, event.getTexts(call.getProviderText()));
    }

    /** True if the contract has a part in it. */
    boolean concerns(Rating.Rated standing, Rating.Rated anew) {
        return isAny(contract, standing.source().contract())
                || isAny(contract, anew.source().contract());
    }

    private static boolean isAny(String wanted, String found) {
        return wanted.isEmpty() || wanted.equals(found);
    }
}
