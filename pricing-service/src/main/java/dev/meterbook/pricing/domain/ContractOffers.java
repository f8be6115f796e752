package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
     */
    private record Segment(PriceSource source, Validity validity, ContractTerms terms) {}

    private final OfferIndex tables;
    private final List<Segment> segments;

    /** The offers of a contract. */
    ContractOffers(Contract contract) {
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
        List<PriceVersion> latestFirst =
                contract.versions().reversed().stream()
                        .filter(each -> each.terms() != null)
                        .sorted(
                                Comparator.comparingLong(
                                        (PriceVersion each) -> -each.validity().fromMicros()))
                        .toList();
        TreeSet<Long> bounds = new TreeSet<>();
        for (PriceVersion version : latestFirst) {
            Validity validity = version.validity().intersect(contract.validity());
            if (!validity.isEmpty()) {
                bounds.add(validity.fromMicros());
                bounds.add(validity.untilMicros());
            }
        }
        List<Segment> segments = new ArrayList<>();
        for (Long from : bounds) {
            Long until = bounds.higher(from);
            if (until != null) {
                addSegment(contract, latestFirst, new Validity(from, until), segments);
            }
        }
        return List.copyOf(segments);
    }

    private static void addSegment(
            Contract contract,
            List<PriceVersion> latestFirst,
            Validity validity,
            List<Segment> segments) {
        for (PriceVersion version : latestFirst) {
            @Nullable ContractTerms terms = version.terms();
            if (terms != null && version.validity().includes(validity.fromMicros())) {
                PriceSource source =
                        new PriceSource(contract.id(), version.id(), contract.currency());
                segments.add(new Segment(source, validity, terms));
                return;
            }
        }
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
                                        segment.source.contract(),
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
                OfferTerms.of(
                        segment.source.contract(), segment.terms, Discount.Basis.LIST_PRICE, model);
        for (RateOffer offer : list) {
            Validity validity = offer.validity().intersect(segment.validity);
            boolean isSameCurrency = offer.source().currency().equals(segment.source.currency());
            if (isSameCurrency && !validity.isEmpty()) {
                consumer.accept(offer.under(segment.source, validity, terms));
            }
        }
    }
}
