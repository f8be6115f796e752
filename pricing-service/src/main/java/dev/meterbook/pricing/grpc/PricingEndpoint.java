package dev.meterbook.pricing.grpc;

import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.BatchGetRatingsRequest;
import dev.meterbook.proto.pricing.v1.BatchGetRatingsResponse;
import dev.meterbook.proto.pricing.v1.Catalogue;
import dev.meterbook.proto.pricing.v1.CreateExchangeRateRequest;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.ExchangeRate;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.ExportCatalogueRequest;
import dev.meterbook.proto.pricing.v1.ExportCatalogueResponse;
import dev.meterbook.proto.pricing.v1.GetCatalogueRequest;
import dev.meterbook.proto.pricing.v1.GetProviderContractRequest;
import dev.meterbook.proto.pricing.v1.GetTenantPlanRequest;
import dev.meterbook.proto.pricing.v1.ImportCatalogueRequest;
import dev.meterbook.proto.pricing.v1.ImportCatalogueResponse;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesRequest;
import dev.meterbook.proto.pricing.v1.ListCataloguePricesResponse;
import dev.meterbook.proto.pricing.v1.ListExchangeRatesRequest;
import dev.meterbook.proto.pricing.v1.ListExchangeRatesResponse;
import dev.meterbook.proto.pricing.v1.ListProviderContractsRequest;
import dev.meterbook.proto.pricing.v1.ListProviderContractsResponse;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsResponse;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.pricing.v1.QuoteResponse;
import dev.meterbook.proto.pricing.v1.ReRateCallsRequest;
import dev.meterbook.proto.pricing.v1.ReRateCallsResponse;
import dev.meterbook.proto.pricing.v1.SetTenantPlanRequest;
import dev.meterbook.proto.pricing.v1.SettlePeriodsRequest;
import dev.meterbook.proto.pricing.v1.SettlePeriodsResponse;
import dev.meterbook.proto.pricing.v1.SummarizeUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.SummarizeUnpricedCallsResponse;
import dev.meterbook.proto.pricing.v1.TenantPlan;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** The pricing service's methods; each is answered by the class that knows its subject. */
@Singleton
final class PricingEndpoint extends PricingServiceGrpc.PricingServiceImplBase {

    private final Agreements agreements;
    private final Lists lists;
    private final QuoteCalls quotes;
    private final Ratings ratings;

    /**
     * What was agreed: with providers, with tenants, and on currencies.
     *
     * @param contracts contracts with providers
     * @param plans plans of tenants
     * @param exchangeRates exchange rates
     */
    @Singleton
    record Agreements(ContractCalls contracts, PlanCalls plans, ExchangeRateCalls exchangeRates) {}

    /**
     * List prices.
     *
     * @param shown the catalogue in force
     * @param imported catalogues taken over and given back
     */
    @Singleton
    record Lists(CatalogueCalls shown, CatalogueImports imported) {}

    /**
     * What is asked about calls that were rated, or wait for it.
     *
     * @param stored ratings as they are stored
     * @param explained why a call costs what it costs
     * @param waiting calls without a price
     * @param corrected ratings made anew
     * @param settled periods that are over
     */
    @Singleton
    record Ratings(
            RatingCalls stored,
            ExplainCalls explained,
            WaitingCalls waiting,
            ReRateCalls corrected,
            SettleCalls settled) {}

    PricingEndpoint(Agreements agreements, Lists lists, QuoteCalls quotes, Ratings ratings) {
        this.agreements = agreements;
        this.lists = lists;
        this.quotes = quotes;
        this.ratings = ratings;
    }

    @Override
    public void createProviderContract(
            CreateProviderContractRequest request, StreamObserver<ProviderContract> observer) {
        Answers.send(observer, () -> agreements.contracts().create(request));
    }

    @Override
    public void addContractPrices(
            AddContractPricesRequest request, StreamObserver<ProviderContract> observer) {
        Answers.send(observer, () -> agreements.contracts().addPrices(request));
    }

    @Override
    public void getProviderContract(
            GetProviderContractRequest request, StreamObserver<ProviderContract> observer) {
        Answers.send(observer, () -> agreements.contracts().get(request));
    }

    @Override
    public void listProviderContracts(
            ListProviderContractsRequest request,
            StreamObserver<ListProviderContractsResponse> observer) {
        Answers.send(observer, () -> agreements.contracts().list(request));
    }

    @Override
    public void setTenantPlan(SetTenantPlanRequest request, StreamObserver<TenantPlan> observer) {
        Answers.send(observer, () -> agreements.plans().set(request));
    }

    @Override
    public void getTenantPlan(GetTenantPlanRequest request, StreamObserver<TenantPlan> observer) {
        Answers.send(observer, () -> agreements.plans().get(request));
    }

    @Override
    public void createExchangeRate(
            CreateExchangeRateRequest request, StreamObserver<ExchangeRate> observer) {
        Answers.send(observer, () -> agreements.exchangeRates().create(request));
    }

    @Override
    public void listExchangeRates(
            ListExchangeRatesRequest request, StreamObserver<ListExchangeRatesResponse> observer) {
        Answers.send(observer, () -> agreements.exchangeRates().list(request));
    }

    @Override
    public void getCatalogue(GetCatalogueRequest request, StreamObserver<Catalogue> observer) {
        Answers.send(observer, lists.shown()::get);
    }

    @Override
    public void listCataloguePrices(
            ListCataloguePricesRequest request,
            StreamObserver<ListCataloguePricesResponse> observer) {
        Answers.send(observer, () -> lists.shown().list(request));
    }

    @Override
    public void importCatalogue(
            ImportCatalogueRequest request, StreamObserver<ImportCatalogueResponse> observer) {
        Answers.send(observer, () -> lists.imported().take(request));
    }

    @Override
    public void exportCatalogue(
            ExportCatalogueRequest request, StreamObserver<ExportCatalogueResponse> observer) {
        Answers.send(observer, () -> lists.imported().give(request));
    }

    @Override
    public void quote(QuoteRequest request, StreamObserver<QuoteResponse> observer) {
        Answers.send(observer, () -> quotes.quote(request));
    }

    @Override
    public void listUnpricedCalls(
            ListUnpricedCallsRequest request, StreamObserver<ListUnpricedCallsResponse> observer) {
        Answers.send(observer, () -> ratings.waiting().list(request));
    }

    @Override
    public void summarizeUnpricedCalls(
            SummarizeUnpricedCallsRequest request,
            StreamObserver<SummarizeUnpricedCallsResponse> observer) {
        Answers.send(observer, () -> ratings.waiting().summarize(request));
    }

    @Override
    public void batchGetRatings(
            BatchGetRatingsRequest request, StreamObserver<BatchGetRatingsResponse> observer) {
        Answers.send(observer, () -> ratings.stored().batchGet(request));
    }

    @Override
    public void explainCall(
            ExplainCallRequest request, StreamObserver<ExplainCallResponse> observer) {
        Answers.send(observer, () -> ratings.explained().explain(request));
    }

    @Override
    public void reRateCalls(
            ReRateCallsRequest request, StreamObserver<ReRateCallsResponse> observer) {
        Answers.send(observer, () -> ratings.corrected().reRate(request));
    }

    @Override
    public void settlePeriods(
            SettlePeriodsRequest request, StreamObserver<SettlePeriodsResponse> observer) {
        Answers.send(observer, () -> ratings.settled().settle(request));
    }
}
