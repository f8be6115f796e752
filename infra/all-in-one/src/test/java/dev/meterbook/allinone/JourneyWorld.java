package dev.meterbook.allinone;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.meterbook.proto.budget.v1.Amount;
import dev.meterbook.proto.budget.v1.AuthorizeRequest;
import dev.meterbook.proto.budget.v1.AuthorizeResponse;
import dev.meterbook.proto.budget.v1.Budget;
import dev.meterbook.proto.budget.v1.CreateBudgetRequest;
import dev.meterbook.proto.budget.v1.Policy;
import dev.meterbook.proto.budget.v1.ScopeValue;
import dev.meterbook.proto.budget.v1.Window;
import dev.meterbook.proto.budget.v1.WindowKind;
import dev.meterbook.proto.ledger.v1.GetAccountRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.Posting;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.type.v1.Dimension;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A whole system with a contract and two tenants, and what the steps of the journey need of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JourneyWorld {

    static final String PROVIDER = "journey-ai";
    static final String MODEL = "atlas-1";

    /** A full second, so that it is the same on the wire and in every text. */
    final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);

    TestSystem system;
    TestTenant acme;
    TestTenant other;

    abstract TestSystem.Shape shape();

    @BeforeAll
    void start(@TempDir Path folder) {
        system = TestSystem.start(shape(), folder);
        system.operator()
                .pricing()
                .createProviderContract(
                        CreateProviderContractRequest.newBuilder()
                                .setContractId("journey")
                                .setContract(contract())
                                .build());
        acme = TestTenant.register(system, "acme", "10");
        other = TestTenant.register(system, "other", "0");
    }

    @AfterAll
    void stop() {
        if (system != null) {
            system.close();
        }
    }

    /** Two dollars for a million input tokens, a tenth of it from the cache, eight for output. */
    static ProviderContract contract() {
        return ProviderContract.newBuilder()
                .setProvider(PROVIDER)
                .setCurrencyCode("USD")
                .setEffectiveStartTime(Timestamp.newBuilder().setSeconds(1_672_531_200))
                .addPriceVersions(
                        ContractPriceVersion.newBuilder()
                                .setId("v1")
                                .addModelPrices(
                                        ModelPrices.newBuilder()
                                                .setModel(MODEL)
                                                .addPrices(price(Leaf.LEAF_INPUT, "2"))
                                                .addPrices(price(Leaf.LEAF_INPUT_CACHE_READ, "0.2"))
                                                .addPrices(price(Leaf.LEAF_OUTPUT, "8"))))
                .build();
    }

    static LeafPrice price(Leaf leaf, String amount) {
        return LeafPrice.newBuilder().setLeaf(leaf).setAmount(amount).setPer(1_000_000).build();
    }

    Timestamp time(Instant instant) {
        return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }

    MeteredCall.Builder call(String id) {
        return MeteredCall.newBuilder()
                .setId(id)
                .setOccurTime(time(now))
                .setApplication("chat")
                .setProvider(PROVIDER)
                .setRequestedModel(MODEL)
                .setCustomer("customer-1")
                .setUser("user-1")
                .setUsage(usage(1_000_000, 400_000, 50_000));
    }

    static Usage usage(long input, long cached, long output) {
        return Usage.newBuilder()
                .setTokens(
                        TokenCounts.newBuilder()
                                .setConvention(CountingConvention.COUNTING_CONVENTION_INCLUSIVE)
                                .setInputTokens(input)
                                .setCacheReadTokens(cached)
                                .setOutputTokens(output))
                .build();
    }

    List<CallResult> record(TestTenant tenant, MeteredCall... calls) {
        return tenant.client(system)
                .metering()
                .recordUsage(RecordUsageRequest.newBuilder().addAllCalls(List.of(calls)).build())
                .getResultsList();
    }

    static void eventually(Runnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion::run);
    }

    static BigDecimal amount(Money money) {
        return new BigDecimal(money.getAmount());
    }

    void createBudget(String id, String dollars) {
        system.operator()
                .budgets()
                .createBudget(
                        CreateBudgetRequest.newBuilder()
                                .setParent(acme.name())
                                .setBudgetId(id)
                                .setBudget(
                                        Budget.newBuilder()
                                                .addScope(
                                                        ScopeValue.newBuilder()
                                                                .setDimension(
                                                                        Dimension
                                                                                .DIMENSION_APPLICATION)
                                                                .setValue("chat"))
                                                .setWindow(
                                                        Window.newBuilder()
                                                                .setKind(
                                                                        WindowKind
                                                                                .WINDOW_KIND_TOTAL)
                                                                .setStartTime(
                                                                        time(now.minusSeconds(60))))
                                                .setLimit(
                                                        Amount.newBuilder()
                                                                .setMoney(
                                                                        Money.newBuilder()
                                                                                .setAmount(dollars)
                                                                                .setCurrencyCode(
                                                                                        "USD")))
                                                .setPolicy(Policy.POLICY_DENY))
                                .build());
    }

    AuthorizeResponse authorize(String requestId) {
        return acme.client(system)
                .budgets()
                .authorize(
                        AuthorizeRequest.newBuilder()
                                .setRequestId(requestId)
                                .setProvider(PROVIDER)
                                .setModel(MODEL)
                                .setApplication("chat")
                                .setEstimatedInputTokens(1_000_000)
                                .setMaxOutputTokens(100_000)
                                .build());
    }

    List<Posting> postings() {
        return acme
                .client(system)
                .ledger()
                .listPostings(
                        ListPostingsRequest.newBuilder()
                                .setParent(acme.name())
                                .setPageSize(1_000)
                                .build())
                .getPostingsList()
                .stream()
                .filter(posting -> posting.getOccurTime().equals(time(now)))
                .toList();
    }

    BigDecimal balance(String account) {
        return amount(
                acme.client(system)
                        .ledger()
                        .getAccount(
                                GetAccountRequest.newBuilder()
                                        .setName("tenants/acme/accounts/" + account + ".USD")
                                        .build())
                        .getBalance());
    }

    int unpriced() {
        return acme.client(system)
                .pricing()
                .listUnpricedCalls(
                        ListUnpricedCallsRequest.newBuilder().setParent(acme.name()).build())
                .getUnpricedCallsCount();
    }

    MeteredCall bad(Consumer<MeteredCall.Builder> change) {
        MeteredCall.Builder call = call("bad");
        change.accept(call);
        return call.build();
    }

    String json(String id, long inputTokens) {
        return """
        {"calls": [{"id": "%s", "occurTime": "%s", "application": "by-http",
          "provider": "journey-ai", "requestedModel": "atlas-1",
          "usage": {"tokens": {"inputTokens": "%d"}}}]}
        """
                .formatted(id, now.minusSeconds(1), inputTokens);
    }
}
