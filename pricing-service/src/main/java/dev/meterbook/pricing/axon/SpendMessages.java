package dev.meterbook.pricing.axon;

import dev.meterbook.kernel.Decimals;
import dev.meterbook.pricing.domain.SpendTerm;
import dev.meterbook.pricing.domain.charge.Commitment;
import dev.meterbook.proto.pricing.v1.SettlementReason;
import dev.meterbook.proto.pricing.v1.SpendCommitment;
import dev.meterbook.proto.pricing.v1.SpendProration;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Terms on the spend of periods as messages, the same in events and answers. */
public final class SpendMessages {

    private SpendMessages() {}

    /** A term as message. */
    public static dev.meterbook.proto.pricing.v1.SpendTerm toProto(SpendTerm term) {
        var message =
                dev.meterbook.proto.pricing.v1.SpendTerm.newBuilder()
                        .setId(term.id())
                        .setPeriod(VolumeMessages.toProto(term.period()))
                        .setMinimumAmount(text(term.minimum()))
                        .setMaximumAmount(text(term.maximum()))
                        .setProration(toProto(term.proration()));
        Commitment commitment = term.commitment();
        return commitment == null
                ? message.build()
                : message.setCommitment(toProto(commitment)).build();
    }

    private static String text(@Nullable BigDecimal amount) {
        return amount == null ? "" : Decimals.plain(amount);
    }

    private static SpendCommitment toProto(Commitment commitment) {
        return SpendCommitment.newBuilder()
                .setAmount(Decimals.plain(commitment.amount()))
                .setOverageMultiplier(Decimals.plain(commitment.overageFactor()))
                .setShortfall(
                        switch (commitment.shortfall()) {
                            case OWED -> SpendCommitment.Shortfall.SHORTFALL_OWED;
                            case WAIVED -> SpendCommitment.Shortfall.SHORTFALL_WAIVED;
                        })
                .build();
    }

    private static SpendProration toProto(SpendTerm.Proration proration) {
        return switch (proration) {
            case WHOLE_PERIOD -> SpendProration.SPEND_PRORATION_WHOLE_PERIOD;
            case BY_DAYS -> SpendProration.SPEND_PRORATION_BY_DAYS;
        };
    }

    /** A reason as message. */
    public static SettlementReason toProto(SpendTerm.Reason reason) {
        return switch (reason) {
            case MINIMUM -> SettlementReason.SETTLEMENT_REASON_MINIMUM;
            case COMMITMENT_SHORTFALL -> SettlementReason.SETTLEMENT_REASON_COMMITMENT_SHORTFALL;
        };
    }

    static SpendTerm fromStored(dev.meterbook.proto.pricing.v1.SpendTerm message) {
        return new SpendTerm(
                message.getId(),
                VolumeMessages.period(message.getPeriod()),
                amount(message.getMinimumAmount()),
                amount(message.getMaximumAmount()),
                message.hasCommitment() ? commitment(message.getCommitment()) : null,
                proration(message.getProration()));
    }

    private static @Nullable BigDecimal amount(String text) {
        return text.isEmpty() ? null : new BigDecimal(text);
    }

    private static Commitment commitment(SpendCommitment message) {
        return new Commitment(
                new BigDecimal(message.getAmount()),
                new BigDecimal(message.getOverageMultiplier()),
                shortfall(message.getShortfall()));
    }

    /** What becomes of a shortfall by a message; not told means that it is owed. */
    public static Commitment.Shortfall shortfall(SpendCommitment.Shortfall shortfall) {
        return switch (shortfall) {
            case SHORTFALL_UNSPECIFIED, SHORTFALL_OWED -> Commitment.Shortfall.OWED;
            case SHORTFALL_WAIVED -> Commitment.Shortfall.WAIVED;
            case UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "shortfall: unknown (expected: OWED or WAIVED)");
        };
    }

    /** The proration of a message; not told means that a whole period is owed. */
    public static SpendTerm.Proration proration(SpendProration proration) {
        return switch (proration) {
            case SPEND_PRORATION_UNSPECIFIED, SPEND_PRORATION_WHOLE_PERIOD ->
                    SpendTerm.Proration.WHOLE_PERIOD;
            case SPEND_PRORATION_BY_DAYS -> SpendTerm.Proration.BY_DAYS;
            case UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "proration: unknown (expected: WHOLE_PERIOD or BY_DAYS)");
        };
    }
}
