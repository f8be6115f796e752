package dev.meterbook.pricing.grpc;

import dev.meterbook.pricing.axon.TermMessages;
import dev.meterbook.pricing.domain.ContractTerms;
import dev.meterbook.pricing.domain.Discount;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.RegionSurcharge;
import dev.meterbook.pricing.domain.TermChecks;
import dev.meterbook.pricing.domain.TimeBand;
import dev.meterbook.proto.pricing.v1.DiscountBasis;
import java.util.ArrayList;
import java.util.List;

/** Terms of contracts as clients send them. */
final class TermForms {

    /** Reads one entry of a list. */
    interface Reader<M, T> {
        T read(M message, String path, Findings findings);
    }

    private TermForms() {}

    static ContractTerms terms(
            dev.meterbook.proto.pricing.v1.ContractTerms message, String path, Findings findings) {
        ContractTerms terms =
                new ContractTerms(
                        each(
                                message.getDiscountsList(),
                                TermChecks.MAX_DISCOUNTS,
                                path + ".discounts",
                                findings,
                                TermForms::discount),
                        each(
                                message.getRegionSurchargesList(),
                                TermChecks.MAX_SURCHARGES,
                                path + ".region_surcharges",
                                findings,
                                TermForms::surcharge),
                        each(
                                message.getTimeBandsList(),
                                TermChecks.MAX_TIME_BANDS,
                                path + ".time_bands",
                                findings,
                                TermForms::timeBand),
                        VolumeForms.rules(
                                message.getVolumeRulesList(), path + ".volume_rules", findings),
                        SpendForms.terms(
                                message.getSpendTermsList(), path + ".spend_terms", findings));
        TermChecks.checkUnique(terms, path, findings);
        return terms;
    }

    static <M, T> List<T> each(
            List<M> messages, int limit, String path, Findings findings, Reader<M, T> reader) {
        if (messages.size() > limit) {
            PriceChecks.tooMany(path, messages.size(), limit, findings);
        }
        List<T> values = new ArrayList<>();
        for (M message : messages) {
            values.add(reader.read(message, path + "[" + values.size() + "]", findings));
        }
        return values;
    }

    private static Discount discount(
            dev.meterbook.proto.pricing.v1.Discount message, String path, Findings findings) {
        boolean isKnown = message.getBasis() != DiscountBasis.UNRECOGNIZED;
        if (!isKnown) {
            findings.add(
                    "UNKNOWN_DISCOUNT_BASIS",
                    path + ".basis",
                    Integer.toString(message.getBasisValue()),
                    "CONTRACT_PRICE or LIST_PRICE");
        }
        return new Discount(
                isKnown ? TermMessages.basis(message.getBasis()) : Discount.Basis.CONTRACT_PRICE,
                TermChecks.models(message.getModel(), path + ".model", findings),
                TermChecks.discount(message.getPercent(), path + ".percent", findings));
    }

    private static RegionSurcharge surcharge(
            dev.meterbook.proto.pricing.v1.RegionSurcharge message,
            String path,
            Findings findings) {
        return new RegionSurcharge(
                TermChecks.regions(message.getRegion(), path + ".region", findings),
                TermChecks.models(message.getModel(), path + ".model", findings),
                PriceChecks.markup(message.getPercent(), path + ".percent", findings));
    }

    private static TimeBand timeBand(
            dev.meterbook.proto.pricing.v1.TimeBand message, String path, Findings findings) {
        int start = TermChecks.start(message.getStart(), path + ".start", findings);
        return new TimeBand(
                TermChecks.models(message.getModel(), path + ".model", findings),
                TermChecks.zone(message.getTimeZone(), path + ".time_zone", findings),
                start,
                TermChecks.end(message.getEnd(), start, path + ".end", findings),
                TermChecks.multiplier(message.getMultiplier(), path + ".multiplier", findings));
    }
}
