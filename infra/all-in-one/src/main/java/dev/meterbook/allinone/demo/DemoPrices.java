package dev.meterbook.allinone.demo;

import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.type.v1.Leaf;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What the demo's operator has agreed with two providers, in US dollars for a million tokens. */
final class DemoPrices {

    /** Contracts and plans hold from here on, so that calls of older traces have a price. */
    static final Instant START = Instant.parse("2023-01-01T00:00:00Z");

    static final String CURRENCY = "USD";
    static final String CHAT_PROVIDER = "openai";
    static final String CHAT_MODEL = "gpt-5-mini";
    static final String CODE_PROVIDER = "anthropic";
    static final String CODE_MODEL = "claude-sonnet-4-5";

    private DemoPrices() {}

    /** The contracts by their ids. */
    static Map<String, ProviderContract> contracts() {
        Map<String, ProviderContract> contracts = new TreeMap<>();
        contracts.put(
                "demo-chat",
                contract(
                        CHAT_PROVIDER,
                        ModelPrices.newBuilder()
                                .setModel(CHAT_MODEL)
                                .addPrices(price(Leaf.LEAF_INPUT, "0.22"))
                                .addPrices(price(Leaf.LEAF_INPUT_CACHE_READ, "0.022"))
                                .addPrices(price(Leaf.LEAF_OUTPUT, "1.76"))));
        contracts.put(
                "demo-code",
                contract(
                        CODE_PROVIDER,
                        ModelPrices.newBuilder()
                                .setModel(CODE_MODEL)
                                .addPrices(price(Leaf.LEAF_INPUT, "2.7"))
                                .addPrices(price(Leaf.LEAF_INPUT_CACHE_READ, "0.27"))
                                .addPrices(price(Leaf.LEAF_INPUT_CACHE_WRITE, "3.375"))
                                .addPrices(price(Leaf.LEAF_OUTPUT, "13.5"))));
        return contracts;
    }

    private static ProviderContract contract(String provider, ModelPrices.Builder prices) {
        return ProviderContract.newBuilder()
                .setProvider(provider)
                .setCurrencyCode(CURRENCY)
                .setEffectiveStartTime(Times.of(START))
                .addPriceVersions(
                        ContractPriceVersion.newBuilder().setId("v1").addModelPrices(prices))
                .build();
    }

    private static LeafPrice price(Leaf leaf, String amount) {
        return LeafPrice.newBuilder().setLeaf(leaf).setAmount(amount).setPer(1_000_000).build();
    }
}
