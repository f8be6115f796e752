package dev.meterbook.pricing.intake;

import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.pricing.projection.unpriced.UnpricedCall;
import dev.meterbook.proto.metering.v1.MeteredCall;

/** Metered calls without a price, as the projection keeps them. */
final class UnpricedCalls {

    private UnpricedCalls() {}

    static UnpricedCall of(MeteredUsage usage, Rating.Unpriced why) {
        return new UnpricedCall(
                usage.facts().tenant(),
                usage.event().shard(),
                usage.event().position(),
                usage.callId(),
                usage.facts().provider(),
                usage.facts().model(),
                usage.texts().of(MeteredCall.APPLICATION_FIELD_NUMBER),
                why.reason(),
                why.leaf(),
                Validity.instant(usage.facts().occurTimeMicros()));
    }
}
