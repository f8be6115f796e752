package dev.meterbook.gateway.stub;

import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.pricing.v1.Catalogue;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.GetCatalogueRequest;
import dev.meterbook.proto.pricing.v1.GetProviderContractRequest;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ListProviderContractsRequest;
import dev.meterbook.proto.pricing.v1.ListProviderContractsResponse;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsResponse;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceImplBase;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.pricing.v1.SummarizeUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.SummarizeUnpricedCallsResponse;
import dev.meterbook.proto.pricing.v1.UnpricedCall;
import dev.meterbook.proto.pricing.v1.UnpricedGroup;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.type.v1.Leaf;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** One contract, one explained call, three calls without a price. */
final class StubPricing extends PricingServiceImplBase {

    private static final Instant LAST = Instant.parse("2026-11-21T17:03:11Z");

    private final BooleanSupplier isEmpty;

    StubPricing(BooleanSupplier isEmpty) {
        this.isEmpty = isEmpty;
    }

    @Override
    public void explainCall(
            ExplainCallRequest request, StreamObserver<ExplainCallResponse> answer) {
        StubServices.answer(
                answer,
                () ->
                        ExplainCallResponse.newBuilder()
                                .setName(request.getName())
                                .setReproduced(true)
                                .setPrice(
                                        PriceBreakdown.newBuilder()
                                                .setContract("openai-2026")
                                                .setPriceVersion("1")
                                                .setPlan("own-1")
                                                .setMarkupPercent("25")
                                                .setBilledCost(Texts.usd("0.0031284"))
                                                .setCharge(Texts.usd("0.0039105"))
                                                .addLines(
                                                        line(
                                                                Leaf.LEAF_INPUT,
                                                                1_234,
                                                                "2",
                                                                "0.002468",
                                                                "0.003085"))
                                                .addLines(
                                                        line(
                                                                Leaf.LEAF_INPUT_CACHE_READ,
                                                                192,
                                                                "0.5",
                                                                "0.000096",
                                                                "0.00012"))
                                                .addLines(
                                                        line(
                                                                Leaf.LEAF_OUTPUT,
                                                                70,
                                                                "8",
                                                                "0.0005644",
                                                                "0.0007055")))
                                .build());
    }

    private static PriceLine line(
            Leaf leaf, long quantity, String unitAmount, String amount, String charge) {
        return PriceLine.newBuilder()
                .setLeaf(leaf)
                .setQuantity(quantity)
                .setPricedLeaf(leaf)
                .setUnitAmount(unitAmount)
                .setPer(1_000_000)
                .setMultiplier("1")
                .setAmount(amount)
                .setCharge(charge)
                .build();
    }

    @Override
    public void summarizeUnpricedCalls(
            SummarizeUnpricedCallsRequest request,
            StreamObserver<SummarizeUnpricedCallsResponse> answer) {
        SummarizeUnpricedCallsResponse.Builder groups = SummarizeUnpricedCallsResponse.newBuilder();
        if (!isEmpty.getAsBoolean()) {
            groups.addGroups(
                    UnpricedGroup.newBuilder()
                            .setTenant("acme")
                            .setProvider("mistral")
                            .setModel("mistral-experimental-7")
                            .setReason(UnpricedReason.UNPRICED_REASON_UNKNOWN_MODEL)
                            .setCallCount(3)
                            .setFirstOccurTime(Texts.at(LAST.minusSeconds(4_000)))
                            .setLastOccurTime(Texts.at(LAST)));
        }
        StubServices.answer(answer, groups::build);
    }

    @Override
    public void listUnpricedCalls(
            ListUnpricedCallsRequest request, StreamObserver<ListUnpricedCallsResponse> answer) {
        ListUnpricedCallsResponse.Builder calls = ListUnpricedCallsResponse.newBuilder();
        if (!isEmpty.getAsBoolean()) {
            calls.addUnpricedCalls(
                    UnpricedCall.newBuilder()
                            .setName("tenants/acme/calls/call-9")
                            .setProvider("mistral")
                            .setModel("mistral-experimental-7")
                            .setApplication("code-assist")
                            .setReason(UnpricedReason.UNPRICED_REASON_NO_PRICE_FOR_LEAF)
                            .setLeaf(Leaf.LEAF_INPUT_AUDIO)
                            .setOccurTime(Texts.at(LAST)));
        }
        StubServices.answer(answer, calls::build);
    }

    @Override
    public void listProviderContracts(
            ListProviderContractsRequest request,
            StreamObserver<ListProviderContractsResponse> answer) {
        ListProviderContractsResponse.Builder contracts =
                ListProviderContractsResponse.newBuilder();
        if (!isEmpty.getAsBoolean()) {
            contracts.addContracts(contract());
        }
        StubServices.answer(answer, contracts::build);
    }

    @Override
    public void getProviderContract(
            GetProviderContractRequest request, StreamObserver<ProviderContract> answer) {
        StubServices.answer(
                answer,
                () -> {
                    if (!request.getName().equals("contracts/openai-2026")) {
                        throw Refusal.notFound("UNKNOWN_CONTRACT", request.getName());
                    }
                    return contract();
                });
    }

    @Override
    public void getCatalogue(GetCatalogueRequest request, StreamObserver<Catalogue> answer) {
        StubServices.answer(
                answer,
                () ->
                        Catalogue.newBuilder()
                                .setId("starter")
                                .setVersion("2026-11-01")
                                .setModelCount(122)
                                .build());
    }

    private static ProviderContract contract() {
        return ProviderContract.newBuilder()
                .setName("contracts/openai-2026")
                .setProvider("openai")
                .setCurrencyCode("USD")
                .setEffectiveStartTime(Texts.at(Instant.parse("2026-01-01T00:00:00Z")))
                .addPriceVersions(
                        ContractPriceVersion.newBuilder()
                                .setId("1")
                                .addModelPrices(
                                        ModelPrices.newBuilder()
                                                .setModel("gpt-4.1")
                                                .addPrices(price(Leaf.LEAF_INPUT, "1.8"))
                                                .addPrices(price(Leaf.LEAF_OUTPUT, "7.2"))))
                .build();
    }

    private static LeafPrice price(Leaf leaf, String amount) {
        return LeafPrice.newBuilder().setLeaf(leaf).setAmount(amount).build();
    }
}
