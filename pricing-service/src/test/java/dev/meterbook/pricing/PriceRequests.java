package dev.meterbook.pricing;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.PlanVersion;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.pricing.v1.SetTenantPlanRequest;
import dev.meterbook.proto.type.v1.Leaf;
import java.time.Instant;
import java.util.List;

/** Requests about contracts and plans. */
public final class PriceRequests {

    private PriceRequests() {}

    public static Timestamp time(String instant) {
        return Timestamp.newBuilder().setSeconds(Instant.parse(instant).getEpochSecond()).build();
    }

    public static LeafPrice price(Leaf leaf, String amount) {
        return LeafPrice.newBuilder().setLeaf(leaf).setAmount(amount).build();
    }

    public static ModelPrices table(String model, String input, String output) {
        return ModelPrices.newBuilder()
                .setModel(model)
                .addPrices(price(Leaf.LEAF_INPUT, input))
                .addPrices(price(Leaf.LEAF_OUTPUT, output))
                .build();
    }

    /** A contract in USD from 2026-01-01 on. */
    public static CreateProviderContractRequest contract(
            String id, String provider, ModelPrices... tables) {
        ProviderContract.Builder contract =
                ProviderContract.newBuilder()
                        .setProvider(provider)
                        .setCurrencyCode("USD")
                        .setEffectiveStartTime(time("2026-01-01T00:00:00Z"));
        if (tables.length > 0) {
            contract.addPriceVersions(
                    ContractPriceVersion.newBuilder().addAllModelPrices(List.of(tables)));
        }
        return CreateProviderContractRequest.newBuilder()
                .setContractId(id)
                .setContract(contract)
                .build();
    }

    public static AddContractPricesRequest prices(
            String contract, String version, String from, ModelPrices... tables) {
        return AddContractPricesRequest.newBuilder()
                .setName("contracts/" + contract)
                .setPriceVersion(
                        ContractPriceVersion.newBuilder()
                                .setId(version)
                                .setEffectiveStartTime(time(from))
                                .addAllModelPrices(List.of(tables)))
                .build();
    }

    /** A plan in USD from 2026-01-01 on. */
    public static SetTenantPlanRequest plan(String tenant, String markup) {
        return plan(tenant, markup, "USD");
    }

    public static SetTenantPlanRequest plan(String tenant, String markup, String currency) {
        return SetTenantPlanRequest.newBuilder()
                .setName("tenants/" + tenant + "/plan")
                .setVersion(
                        PlanVersion.newBuilder()
                                .setEffectiveStartTime(time("2026-01-01T00:00:00Z"))
                                .setMarkupPercent(markup)
                                .setCurrencyCode(currency))
                .build();
    }
}
