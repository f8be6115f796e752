package dev.meterbook.pricing.grpc;

import dev.meterbook.pricing.axon.SpendMessages;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.SpendChecks;
import dev.meterbook.pricing.domain.SpendTerm;
import dev.meterbook.pricing.domain.charge.Commitment;
import dev.meterbook.proto.pricing.v1.SpendCommitment;
import dev.meterbook.proto.pricing.v1.SpendProration;
import java.util.List;

/** Terms on the spend of periods as clients send them. */
final class SpendForms {

    private SpendForms() {}

    /**
     * Terms of a contract or plan.
     *
     * @param path of the list
     */
    static List<SpendTerm> terms(
            List<dev.meterbook.proto.pricing.v1.SpendTerm> messages,
            String path,
            Findings findings) {
        List<SpendTerm> terms =
                TermForms.each(messages, SpendChecks.MAX_TERMS, path, findings, SpendForms::term);
        SpendChecks.checkUnique(terms, path, findings);
        return terms;
    }

    private static SpendTerm term(
            dev.meterbook.proto.pricing.v1.SpendTerm message, String path, Findings findings) {
        SpendTerm term =
                new SpendTerm(
                        PriceChecks.name(
                                message.getId(), "INVALID_TERM_ID", path + ".id", findings),
                        VolumeForms.period(
                                message.getPeriod(),
                                message.getPeriodValue(),
                                path + ".period",
                                findings),
                        SpendChecks.minimum(
                                message.getMinimumAmount(), path + ".minimum_amount", findings),
                        SpendChecks.maximum(
                                message.getMaximumAmount(), path + ".maximum_amount", findings),
                        message.hasCommitment()
                                ? commitment(message.getCommitment(), path, findings)
                                : null,
                        proration(message, path + ".proration", findings));
        return SpendChecks.consistent(term, path, findings);
    }

    private static Commitment commitment(SpendCommitment message, String path, Findings findings) {
        String each = path + ".commitment";
        boolean isKnown = message.getShortfall() != SpendCommitment.Shortfall.UNRECOGNIZED;
        if (!isKnown) {
            findings.add(
                    "UNKNOWN_SHORTFALL",
                    each + ".shortfall",
                    Integer.toString(message.getShortfallValue()),
                    "OWED or WAIVED");
        }
        return new Commitment(
                SpendChecks.positive(message.getAmount(), each + ".amount", findings),
                SpendChecks.overage(
                        message.getOverageMultiplier(), each + ".overage_multiplier", findings),
                isKnown
                        ? SpendMessages.shortfall(message.getShortfall())
                        : Commitment.Shortfall.OWED);
    }

    private static SpendTerm.Proration proration(
            dev.meterbook.proto.pricing.v1.SpendTerm message, String path, Findings findings) {
        if (message.getProration() == SpendProration.UNRECOGNIZED) {
            findings.add(
                    "UNKNOWN_PRORATION",
                    path,
                    Integer.toString(message.getProrationValue()),
                    "WHOLE_PERIOD or BY_DAYS");
            return SpendTerm.Proration.WHOLE_PERIOD;
        }
        return SpendMessages.proration(message.getProration());
    }
}
