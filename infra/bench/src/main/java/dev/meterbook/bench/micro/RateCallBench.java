package dev.meterbook.bench.micro;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.PlanVersion;
import dev.meterbook.pricing.domain.PriceHistory;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.PriceVersion;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.ServiceTier;
import dev.meterbook.pricing.domain.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding the price of one call and multiplying it out, with a book of some hundred models. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RateCallBench {

    private static final CurrencyCode DOLLARS = CurrencyCode.of("USD");
    private static final Validity ALWAYS = Validity.from(Instant.parse("2023-01-01T00:00:00Z"));

    /** How many models the contract names. */
    @Param({"10", "300"})
    public int models = 10;

    private Rater rater = new Rater(new PriceHistory().current());
    private CallFacts call = callOf("model-0");

    /** For JMH. */
    public RateCallBench() {}

    /** A contract with prices of all models, and a plan with a mark-up. */
    @Setup
    public void prepare() {
        PriceHistory history = new PriceHistory();
        List<PriceTable> tables = new ArrayList<>();
        for (int i = 0; i < models; i++) {
            tables.add(
                    PriceTable.of(
                            "model-" + i,
                            List.of(
                                    price(Leaf.INPUT, "1.25"),
                                    price(Leaf.INPUT_CACHE_READ, "0.125"),
                                    price(Leaf.OUTPUT, "10"),
                                    price(Leaf.OUTPUT_REASONING, "8"))));
        }
        history.apply(
                1,
                Instant.EPOCH,
                new ContractCreated(
                        "contract",
                        "provider",
                        DOLLARS,
                        ALWAYS,
                        List.of(new PriceVersion("v1", ALWAYS, tables))));
        history.apply(
                2,
                Instant.EPOCH,
                new TenantPlanSet(
                        "acme",
                        new PlanVersion(1, ALWAYS, new BigDecimal("12.5"), DOLLARS, List.of())));
        rater = new Rater(history.current());
        call = callOf("model-" + (models - 1));
    }

    private static LeafPrice price(Leaf leaf, String amount) {
        return new LeafPrice(leaf, new BigDecimal(amount), LeafPrice.MILLION, 0);
    }

    private static CallFacts callOf(String model) {
        Quantities quantities =
                Quantities.builder()
                        .add(Leaf.INPUT, 1_020)
                        .add(Leaf.INPUT_CACHE_READ, 512)
                        .add(Leaf.OUTPUT, 129)
                        .add(Leaf.OUTPUT_REASONING, 40)
                        .build();
        return new CallFacts(
                "acme",
                "provider",
                model,
                quantities,
                ServiceTier.STANDARD,
                Validity.micros(Instant.parse("2026-11-01T00:00:00Z")));
    }

    /** Cost and charge of one call with four kinds of tokens. */
    @Benchmark
    public Rating rate() {
        return rater.rate(call);
    }
}
