package dev.meterbook.gateway.portal;

import dev.meterbook.gateway.backend.Services;
import dev.meterbook.gateway.backend.Wire;
import dev.meterbook.gateway.domain.Amounts;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.GetCatalogueRequest;
import dev.meterbook.proto.pricing.v1.GetProviderContractRequest;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ListProviderContractsRequest;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import java.util.List;
import java.util.stream.Stream;

/** Contracts with providers. */
public final class ContractLines {

    private static final int MAX = 1_000;
    private static final int MAX_PRICES = 2_000;

    private ContractLines() {}

    /**
     * A contract.
     *
     * @param id its id
     * @param provider the provider
     * @param currency currency of its prices
     * @param validity from when to when it holds
     * @param models how many tables of prices it has
     */
    public record Line(
            String id, String provider, String currency, String validity, String models) {}

    /**
     * The list prices in force.
     *
     * @param id its id
     * @param version its version
     * @param models how many models it prices
     */
    public record Catalogue(String id, String version, String models) {}

    /**
     * One price.
     *
     * @param version id of the price version
     * @param from from when it holds
     * @param model the model
     * @param kind what is priced
     * @param price the price
     * @param band from which context length on; empty for any
     */
    public record Price(
            String version, String from, String model, String kind, String price, String band) {}

    /**
     * A contract with its prices.
     *
     * @param line as in a list
     * @param prices its prices, the first 2,000
     */
    public record Detail(Line line, List<Price> prices) {}

    static List<Line> list(Services services) {
        return services
                .pricing()
                .listProviderContracts(
                        ListProviderContractsRequest.newBuilder().setPageSize(MAX).build())
                .getContractsList()
                .stream()
                .map(ContractLines::line)
                .toList();
    }

    static Catalogue catalogue(Services services) {
        var catalogue = services.pricing().getCatalogue(GetCatalogueRequest.getDefaultInstance());
        return new Catalogue(
                catalogue.getId(),
                catalogue.getVersion(),
                Amounts.count(catalogue.getModelCount()));
    }

    static Detail detail(Services services, String id) {
        ProviderContract contract =
                services.pricing()
                        .getProviderContract(
                                GetProviderContractRequest.newBuilder()
                                        .setName("contracts/" + id)
                                        .build());
        CurrencyCode currency = CurrencyCode.of(contract.getCurrencyCode());
        return new Detail(
                line(contract),
                contract.getPriceVersionsList().stream()
                        .flatMap(version -> prices(contract, version, currency))
                        .limit(MAX_PRICES)
                        .toList());
    }

    private static Stream<Price> prices(
            ProviderContract contract, ContractPriceVersion version, CurrencyCode currency) {
        String from =
                Times.day(
                        Wire.instant(
                                version.hasEffectiveStartTime()
                                        ? version.getEffectiveStartTime()
                                        : contract.getEffectiveStartTime()));
        return version.getModelPricesList().stream()
                .flatMap(
                        model ->
                                model.getPricesList().stream()
                                        .map(
                                                p ->
                                                        price(
                                                                version.getId(),
                                                                from,
                                                                model,
                                                                p,
                                                                currency)));
    }

    private static Price price(
            String version,
            String from,
            ModelPrices model,
            LeafPrice price,
            CurrencyCode currency) {
        long per = price.getPer() == 0 ? 1_000_000 : price.getPer();
        String amount = Amounts.exact(new Money(Wire.number(price.getAmount()), currency));
        return new Price(
                version,
                from,
                model.getModel(),
                LeafNames.of(price.getLeaf()),
                per == 1 ? amount : amount + " / " + (per == 1_000_000 ? "1M" : Amounts.count(per)),
                price.getAboveInputTokens() == 0
                        ? ""
                        : "above " + Amounts.count(price.getAboveInputTokens()) + " input tokens");
    }

    private static Line line(ProviderContract contract) {
        String from = Times.day(Wire.instant(contract.getEffectiveStartTime()));
        String to =
                contract.hasEffectiveEndTime()
                        ? "to " + Times.day(Wire.instant(contract.getEffectiveEndTime()))
                        : "open";
        int models =
                contract.getPriceVersionsList().stream()
                        .mapToInt(ContractPriceVersion::getModelPricesCount)
                        .sum();
        return new Line(
                Wire.idOf(contract.getName()),
                contract.getProvider(),
                contract.getCurrencyCode(),
                "from " + from + ", " + to,
                Amounts.count(models));
    }
}
