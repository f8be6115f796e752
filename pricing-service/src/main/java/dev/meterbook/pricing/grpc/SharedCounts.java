package dev.meterbook.pricing.grpc;

import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.Rating;
import dev.meterbook.proto.pricing.v1.RuleCount;
import dev.meterbook.proto.pricing.v1.SpendCount;
import dev.meterbook.proto.pricing.v1.SpendLine;
import dev.meterbook.proto.pricing.v1.TermOwner;
import java.util.List;

/**
 * What a contract's running quantities and spend come to, all tenants together, is the operator's
 * affair: a tenant is told what rules and terms made of its call, not what was before it. Those of
 * its plan are its own.
 */
final class SharedCounts {

    private SharedCounts() {}

    /** The answer for a tenant. */
    static ExplainCallResponse leftOut(ExplainCallResponse answer) {
        return answer.toBuilder()
                .clearRatings()
                .addAllRatings(leftOut(answer.getRatingsList()))
                .setStanding(leftOut(answer.getStanding()))
                .setPrice(leftOut(answer.getPrice()))
                .build();
    }

    /** Ratings for a tenant. */
    static List<Rating> leftOut(List<Rating> ratings) {
        return ratings.stream().map(SharedCounts::leftOut).toList();
    }

    private static Rating leftOut(Rating rating) {
        Rating.Builder told = rating.toBuilder();
        for (RuleCount.Builder count : told.getRuleCountsBuilderList()) {
            if (count.getOwner() != TermOwner.TERM_OWNER_PLAN) {
                count.clearQuantityBefore();
            }
        }
        for (SpendCount.Builder count : told.getSpendCountsBuilderList()) {
            if (count.getOwner() != TermOwner.TERM_OWNER_PLAN) {
                count.clearSpendBefore();
            }
        }
        return told.build();
    }

    private static PriceBreakdown leftOut(PriceBreakdown price) {
        PriceBreakdown.Builder told = price.toBuilder();
        told.getLinesBuilderList().forEach(PriceLine.Builder::clearQuantityBefore);
        for (SpendLine.Builder line : told.getSpendLinesBuilderList()) {
            if (line.getOwner() != TermOwner.TERM_OWNER_PLAN) {
                line.clearSpendBefore()
                        .clearSpendAfter()
                        .clearMaximumAmount()
                        .clearCommitmentAmount();
            }
        }
        return told.build();
    }
}
