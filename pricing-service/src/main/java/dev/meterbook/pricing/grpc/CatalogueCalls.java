package dev.meterbook.pricing.grpc;

import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.domain.DailyHours;
import dev.meterbook.pricing.domain.PriceHistory.Known;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.intake.PriceBooks;
import dev.meterbook.proto.pricing.v1.Catalogue;
import dev.meterbook.proto.pricing.v1.CataloguePrice;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesRequest;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesResponse;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** Answers calls about list prices; they are public. */
@Singleton
final class CatalogueCalls {

    private static final Comparator<CataloguePrice> ORDER =
            Comparator.comparing(CatalogueCalls::key);

    private final PriceBooks books;

    CatalogueCalls(PriceBooks books) {
        this.books = books;
    }

    Catalogue get() {
        Caller.current().require(Scope.READ);
        return toProto(inForce());
    }

    static Catalogue toProto(Known<dev.meterbook.pricing.domain.Catalogue> known) {
        return Catalogue.newBuilder()
                .setId(known.value().id())
                .setVersion(known.value().version())
                .setCurrencyCode(known.value().currency().code())
                .setModelCount(known.value().modelCount())
                .setCreateTime(Times.toProto(known.knownTime()))
                .build();
    }

    private Known<dev.meterbook.pricing.domain.Catalogue> inForce() {
        return books.history().catalogues().stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("NO_CATALOGUE", "catalogue"));
    }

    ListCataloguePricesResponse list(ListCataloguePricesRequest request) {
        Caller.current().require(Scope.READ);
        int size = Paging.size(request.getPageSize());
        String after = Paging.after(request.getPageToken());
        List<CataloguePrice> page =
                inForce().value().providers().stream()
                        .filter(
                                each ->
                                        request.getProvider().isEmpty()
                                                || request.getProvider().equals(each.provider()))
                        .flatMap(each -> each.models().stream().map(model -> toProto(each, model)))
                        .sorted(ORDER)
                        .dropWhile(price -> key(price).compareTo(after) <= 0)
                        .limit(size)
                        .toList();
        return ListCataloguePricesResponse.newBuilder()
                .addAllPrices(page)
                .setNextPageToken(Paging.next(page, size, CatalogueCalls::key))
                .build();
    }

    /** Blanks stand in no name, so the order is that of provider, then model, then moment. */
    private static String key(CataloguePrice price) {
        return "%s %s %011d %s"
                .formatted(
                        price.getProvider(),
                        price.getPrices().getModel(),
                        price.getEffectiveStartTime().getSeconds(),
                        price.getDailyHours());
    }

    private static CataloguePrice toProto(
            dev.meterbook.pricing.domain.Catalogue.ProviderPrices provider,
            dev.meterbook.pricing.domain.Catalogue.ModelPrices model) {
        PriceTable.Listing listing = model.table().listing();
        DailyHours hours = listing == null ? null : listing.hours();
        return CataloguePrice.newBuilder()
                .setNames(listing == null ? "" : listing.match().toString())
                .setDailyHours(hours == null ? "" : hours.toString())
                .setProvider(provider.provider())
                .setEffectiveStartTime(Times.toProto(model.validity().fromMicros()))
                .setPrices(PriceMessages.toProto(model.table()))
                .setSourceUri(provider.sourceUri())
                .setCheckDate(provider.checkDate())
                .build();
    }
}
