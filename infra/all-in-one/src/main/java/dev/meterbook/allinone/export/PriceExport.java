package dev.meterbook.allinone.export;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.pricing.v1.CataloguePrice;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesRequest;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesResponse;
import dev.meterbook.proto.pricing.v1.ListProviderContractsRequest;
import dev.meterbook.proto.pricing.v1.ListProviderContractsResponse;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.pricing.v1.TierMultiplier;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes the prices behind the costs: one JSON object with the price tables of all contracts and of
 * the catalogue, so that another program can reckon every call anew.
 */
public final class PriceExport {

    private static final int PAGE = 1_000;

    private final Client operator;

    /** Reads with a client of the operator. */
    public PriceExport(Client operator) {
        this.operator = operator;
    }

    /** Writes {@code {"contracts": [...], "catalogue": [...]}} and a line break. */
    public void export(Writer out) throws IOException {
        Json json = new Json().beginObject();
        json.name("contracts").beginArray();
        addContracts(json);
        json.endArray().name("catalogue").beginArray();
        addCatalogue(json);
        json.endArray().endObject();
        out.write(json + "\n");
    }

    private void addContracts(Json json) {
        String page = "";
        do {
            ListProviderContractsResponse answer =
                    operator.pricing()
                            .listProviderContracts(
                                    ListProviderContractsRequest.newBuilder()
                                            .setPageSize(PAGE)
                                            .setPageToken(page)
                                            .build());
            for (ProviderContract contract : answer.getContractsList()) {
                for (ContractPriceVersion version : contract.getPriceVersionsList()) {
                    add(json, contract, version);
                }
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
    }

    private static void add(Json json, ProviderContract contract, ContractPriceVersion version) {
        for (ModelPrices prices : version.getModelPricesList()) {
            json.beginObject()
                    .name("contract")
                    .text(contract.getName().replaceFirst("contracts/", ""))
                    .name("version")
                    .text(version.getId())
                    .name("currency")
                    .text(contract.getCurrencyCode());
            add(json, contract.getProvider(), prices);
            json.endObject();
        }
    }

    private void addCatalogue(Json json) {
        String page = "";
        do {
            ListCataloguePricesResponse answer =
                    operator.pricing()
                            .listCataloguePrices(
                                    ListCataloguePricesRequest.newBuilder()
                                            .setPageSize(PAGE)
                                            .setPageToken(page)
                                            .build());
            for (CataloguePrice price : answer.getPricesList()) {
                json.beginObject();
                add(json, price.getProvider(), price.getPrices());
                json.endObject();
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
    }

    private static void add(Json json, String provider, ModelPrices prices) {
        json.name("provider").text(provider).name("models").beginArray().text(prices.getModel());
        prices.getAliasesList().forEach(json::text);
        json.endArray().name("prices").beginArray();
        for (LeafPrice price : prices.getPricesList()) {
            json.beginObject()
                    .name("leaf")
                    .text(Names.of(price.getLeaf()))
                    .name("amount")
                    .text(price.getAmount())
                    .name("per")
                    .number(price.getPer() == 0 ? 1_000_000 : price.getPer())
                    .name("above_input_tokens")
                    .number(price.getAboveInputTokens())
                    .endObject();
        }
        json.endArray().name("tier_multipliers").beginObject();
        for (TierMultiplier tier : prices.getTierMultipliersList()) {
            json.name(Names.of(tier.getServiceTier())).text(tier.getMultiplier());
        }
        json.endObject();
    }
}
