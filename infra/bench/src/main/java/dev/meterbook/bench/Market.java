package dev.meterbook.bench;

import com.google.protobuf.Timestamp;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.allocation.v1.CreateTenantRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.budget.v1.Amount;
import dev.meterbook.proto.budget.v1.Budget;
import dev.meterbook.proto.budget.v1.CreateBudgetRequest;
import dev.meterbook.proto.budget.v1.Policy;
import dev.meterbook.proto.budget.v1.ScopeValue;
import dev.meterbook.proto.budget.v1.Window;
import dev.meterbook.proto.budget.v1.WindowKind;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.LeafPrice;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.PlanVersion;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import dev.meterbook.proto.pricing.v1.SetTenantPlanRequest;
import dev.meterbook.proto.type.v1.Dimension;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * What stands before the first call: contracts with three dated price versions of four kinds, a
 * plan with a mark-up for each tenant, and budgets by which each call is counted five times: all,
 * by tenant, application, provider and model.
 */
public final class Market {

    /** The operator's budget over everything. */
    public static final String ALL = "all";

    /** Each tenant's budget. */
    public static final String SPEND = "spend";

    private static final String CURRENCY = "USD";
    private static final String LIMIT = "1000000000";
    private static final int PROVIDERS = 5;
    private static final int AT_A_TIME = 8;

    /** When each version of the contracts' prices begins. */
    public static final List<Instant> VERSIONS =
            List.of(
                    Instant.parse("2024-01-01T00:00:00Z"),
                    Instant.parse("2025-01-01T00:00:00Z"),
                    Instant.parse("2025-07-01T00:00:00Z"));

    private final Client operator;
    private final Shape shape;

    /** A market that the operator will make. */
    public Market(Client operator, Shape shape) {
        this.operator = operator;
        this.shape = shape;
    }

    /** A tenant's id. */
    public static String tenant(int number) {
        return "tenant-" + number;
    }

    /** An application's id. */
    public static String application(int number) {
        return "app-" + number;
    }

    /** A model's name. */
    public static String model(int number) {
        return "model-" + number + "-2025-10";
    }

    /** The provider of a model. */
    public static String provider(int model) {
        return "provider-" + model % PROVIDERS;
    }

    /** How many providers the models of a workload have. */
    public static int providers(Shape shape) {
        return Math.min(PROVIDERS, shape.models());
    }

    /** What a contract asks for a million of each kind. */
    public static Map<Leaf, BigDecimal> pricesOfAMillion(int model, int version) {
        BigDecimal input = BigDecimal.valueOf(30L + 7L * model - 4L * version, 2);
        Map<Leaf, BigDecimal> prices = new EnumMap<>(Leaf.class);
        prices.put(Leaf.LEAF_INPUT, input);
        prices.put(Leaf.LEAF_INPUT_CACHE_READ, input.movePointLeft(1));
        prices.put(Leaf.LEAF_OUTPUT, input.multiply(BigDecimal.TEN));
        prices.put(Leaf.LEAF_OUTPUT_REASONING, input.multiply(BigDecimal.valueOf(8)));
        return prices;
    }

    /** What a tenant's plan adds to the costs. */
    public static String markupPercent(int tenant) {
        return tenant % 20 + ".5";
    }

    /** The contract with a provider. */
    public static String contractWith(String provider) {
        return "bench-" + provider;
    }

    /** Makes everything. */
    public void open() {
        each(providers(shape), this::contract);
        each(shape.tenants(), this::customer);
        budget("-", ALL, List.of());
        each(
                shape.apps(),
                app -> budget(Dimension.DIMENSION_APPLICATION, "app-" + app, application(app)));
        each(
                providers(shape),
                number ->
                        budget(
                                Dimension.DIMENSION_PROVIDER,
                                "provider-" + number,
                                provider(number)));
        each(
                shape.models(),
                number -> budget(Dimension.DIMENSION_MODEL, "model-" + number, model(number)));
    }

    private static void each(int count, IntFunction<?> step) {
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<?>> done = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                int next = number;
                done.add(workers.submit(() -> step.apply(next)));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new BenchFailure("cannot set up: " + failed.getCause(), failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("stopped", stop);
        }
    }

    private Object contract(int provider) {
        ProviderContract.Builder contract =
                ProviderContract.newBuilder()
                        .setProvider(provider(provider))
                        .setCurrencyCode(CURRENCY)
                        .setEffectiveStartTime(time(VERSIONS.getFirst()));
        for (int version = 0; version < VERSIONS.size(); version++) {
            contract.addPriceVersions(prices(provider, version));
        }
        return operator.pricing()
                .createProviderContract(
                        CreateProviderContractRequest.newBuilder()
                                .setContractId(contractWith(provider(provider)))
                                .setContract(contract)
                                .build());
    }

    private ContractPriceVersion prices(int provider, int version) {
        ContractPriceVersion.Builder prices =
                ContractPriceVersion.newBuilder()
                        .setId("v" + (version + 1))
                        .setEffectiveStartTime(time(VERSIONS.get(version)));
        for (int model = provider; model < shape.models(); model += PROVIDERS) {
            ModelPrices.Builder ofModel = ModelPrices.newBuilder().setModel(model(model));
            pricesOfAMillion(model, version)
                    .forEach((leaf, amount) -> ofModel.addPrices(price(leaf, amount)));
            prices.addModelPrices(ofModel);
        }
        return prices.build();
    }

    private static LeafPrice price(Leaf leaf, BigDecimal amount) {
        return LeafPrice.newBuilder()
                .setLeaf(leaf)
                .setAmount(amount.toPlainString())
                .setPer(1_000_000)
                .build();
    }

    private Object customer(int number) {
        String name = "tenants/" + tenant(number);
        operator.directory()
                .createTenant(
                        CreateTenantRequest.newBuilder()
                                .setTenantId(tenant(number))
                                .setTenant(Tenant.newBuilder().setDisplayName("Tenant " + number))
                                .build());
        operator.pricing()
                .setTenantPlan(
                        SetTenantPlanRequest.newBuilder()
                                .setName(name + "/plan")
                                .setVersion(
                                        PlanVersion.newBuilder()
                                                .setEffectiveStartTime(time(VERSIONS.getFirst()))
                                                .setMarkupPercent(markupPercent(number))
                                                .setCurrencyCode(CURRENCY))
                                .build());
        return budget(tenant(number), SPEND, List.of());
    }

    private Object budget(Dimension dimension, String id, String value) {
        return budget(
                "-",
                id,
                List.of(ScopeValue.newBuilder().setDimension(dimension).setValue(value).build()));
    }

    private Object budget(String owner, String id, List<ScopeValue> scope) {
        return operator.budgets()
                .createBudget(
                        CreateBudgetRequest.newBuilder()
                                .setParent("tenants/" + owner)
                                .setBudgetId(id)
                                .setBudget(
                                        Budget.newBuilder()
                                                .addAllScope(scope)
                                                .setWindow(
                                                        Window.newBuilder()
                                                                .setKind(
                                                                        WindowKind
                                                                                .WINDOW_KIND_TOTAL)
                                                                .setStartTime(
                                                                        time(VERSIONS.getFirst())))
                                                .setLimit(
                                                        Amount.newBuilder()
                                                                .setMoney(
                                                                        Money.newBuilder()
                                                                                .setAmount(LIMIT)
                                                                                .setCurrencyCode(
                                                                                        CURRENCY)))
                                                .setPolicy(Policy.POLICY_WARN))
                                .build());
    }

    private static Timestamp time(Instant moment) {
        return Timestamp.newBuilder().setSeconds(moment.getEpochSecond()).build();
    }
}
