package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a contract offers by model: the prices of its own tables, and list prices with a discount
 * for models that it has no table for. Made once, then only read.
 */
final class ContractOffers {

    /**
     * Moments at which the same terms hold.
     *
     * @param source where a price comes from that only the terms offer
     * @param validity the moments
     * @param terms what holds then
     * @param spend the spend terms among them
     */
    private record Segment(
            PriceSource source, Validity validity, ContractTerms terms, SpendTerms spend) {}

    private final Contract contract;
    private final OfferIndex tables;
    private final List<Segment> segments;

    /** The offers of a contract. */
    ContractOffers(Contract contract) {
        this.contract = contract;
        this.tables = tables(contract);
        this.segments = segments(contract);
    }

    /** By the beginning that was agreed, even where the contract begins later. */
    private static OfferIndex tables(Contract contract) {
        OfferIndex index = new OfferIndex();
        List<PriceVersion> versions = new ArrayList<>(contract.versions());
        versions.sort(Comparator.comparingLong(each -> each.validity().fromMicros()));
        for (PriceVersion version : versions) {
            PriceSource source = new PriceSource(contract.id(), version.id(), contract.currency());
            Validity validity = version.validity().intersect(contract.validity());
            for (PriceTable table : version.tables()) {
                index.add(new RateOffer(source, validity, new RateTable(table)));
            }
        }
        return index.sorted();
    }

    /**
     * Which terms hold when: those that start later, of two that start together the later added.
     */
    private static List<Segment> segments(Contract contract) {
        List<Timeline.Span<PriceVersion>> latestFirst =
                contract.versions().reversed().stream()
                        .filter(each -> each.terms() != null)
                        .sorted(
                                Comparator.comparingLong(
                                        (PriceVersion each) -> -each.validity().fromMicros()))
                        .map(each -> span(each, contract))
                        .toList();
        List<Timeline.Span<PriceVersion>> cut = Timeline.of(latestFirst);
        List<Timeline.Span<List<SpendTerm>>> spend =
                cut.stream()
                        .map(
                                each ->
                                        new Timeline.Span<>(
                                                each.validity(), terms(each.value()).spendTerms()))
                        .toList();
        return cut.stream().map(each -> segment(contract, each, spend)).toList();
    }

    private static Timeline.Span<PriceVersion> span(PriceVersion version, Contract contract) {
        return new Timeline.Span<>(version.validity().intersect(contract.validity()), version);
    }

    private static ContractTerms terms(PriceVersion version) {
        return Objects.requireNonNull(version.terms());
    }

    private static Segment segment(
            Contract contract,
            Timeline.Span<PriceVersion> span,
            List<Timeline.Span<List<SpendTerm>>> spend) {
        String version = span.value().id();
        ContractTerms terms = terms(span.value());
        return new Segment(
                new PriceSource(contract.id(), version, contract.currency()),
                span.validity(),
                terms,
                SpendTerms.of(version, contract.currency(), terms.spendTerms(), spend));
    }

    /** True if a version has terms on the spend of periods. */
    boolean hasSpendTerms() {
        return segments.stream().anyMatch(each -> !each.spend.isEmpty());
    }

    /** Periods of its spend terms that are over, see {@link ClosedPeriod#of}. */
    List<ClosedPeriod> closedPeriods(Validity month, long nowMicros) {
        return ClosedPeriod.of(contract.id(), contract.validity(), this::spend, month, nowMicros);
    }

    private SpendTerms spend(long micros) {
        for (Segment segment : segments) {
            if (segment.validity.includes(micros)) {
                return segment.spend;
            }
        }
        return SpendTerms.NONE;
    }

    /**
     * Every offer for a model, in order.
     *
     * @param list what the catalogues offer for it
     */
    void forEach(String model, List<RateOffer> list, Consumer<RateOffer> consumer) {
        if (segments.isEmpty()) {
            tables.forEach(model, consumer);
            return;
        }
        tables.forEach(model, offer -> underTerms(offer, model, consumer));
        segments.forEach(segment -> discounted(segment, model, list, consumer));
    }

    /** The parts of an offer that have terms, then the offer itself for the moments between. */
    private void underTerms(RateOffer offer, String model, Consumer<RateOffer> consumer) {
        for (Segment segment : segments) {
            Validity validity = offer.validity().intersect(segment.validity);
            if (!validity.isEmpty()) {
                consumer.accept(
                        offer.under(
                                offer.source(),
                                validity,
                                OfferTerms.of(
                                        segment.spend,
                                        segment.terms,
                                        Discount.Basis.CONTRACT_PRICE,
                                        model)));
            }
        }
        consumer.accept(offer);
    }

    private static void discounted(
            Segment segment, String model, List<RateOffer> list, Consumer<RateOffer> consumer) {
        if (OfferTerms.discount(segment.terms, Discount.Basis.LIST_PRICE, model) == null) {
            return;
        }
        OfferTerms terms =
                OfferTerms.of(segment.spend, segment.terms, Discount.Basis.LIST_PRICE, model);
        for (RateOffer offer : list) {
            Validity validity = offer.validity().intersect(segment.validity);
            boolean isSameCurrency = offer.source().currency().equals(segment.source.currency());
            if (isSameCurrency && !validity.isEmpty()) {
                consumer.accept(offer.under(segment.source, validity, terms));
            }
        }
    }
}
