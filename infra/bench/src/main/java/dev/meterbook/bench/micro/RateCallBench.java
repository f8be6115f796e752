package dev.meterbook.bench.micro;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.pricing.domain.ContractTerms;
import dev.meterbook.pricing.domain.Discount;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.ModelPattern;
import dev.meterbook.pricing.domain.PlanVersion;
import dev.meterbook.pricing.domain.PriceHistory;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.PriceVersion;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.RegionSurcharge;
import dev.meterbook.pricing.domain.RunningQuantities;
import dev.meterbook.pricing.domain.ServiceTier;
import dev.meterbook.pricing.domain.TimeBand;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.pricing.domain.VolumePeriod;
import dev.meterbook.pricing.domain.VolumeRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * Finding the price of one call and multiplying it out, with a book of many models and contracts.
 */
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
    @Param({"10", "1466"})
    public int models = 10;

    /** How many contracts with other providers there are. */
    @Param({"0", "10000"})
    public int others;

    /** What the contract agrees on beside its prices. */
    @Param({"NONE", "FACTORS", "TIERS"})
    public Terms terms = Terms.NONE;

    /** Kinds of terms. */
    public enum Terms {
        /** Prices by model alone. */
        NONE,
        /** A discount, a region surcharge and a time of day. */
        FACTORS,
        /** Graduated tiers for output and a free amount of input, counted by month. */
        TIERS
    }

    /** What the tiers have counted before the call. */
    private static final RunningQuantities COUNTED = any -> 1_500_000_000L;

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
                        List.of(new PriceVersion("v1", ALWAYS, tables, terms()))));
        addOthers(history, tables.subList(0, 1));
        history.apply(
                2 + others,
                Instant.EPOCH,
                new TenantPlanSet(
                        "acme",
                        new PlanVersion(1, ALWAYS, new BigDecimal("12.5"), DOLLARS, List.of())));
        rater = new Rater(history.current());
        call = callOf("model-" + (models - 1));
    }

    private void addOthers(PriceHistory history, List<PriceTable> tables) {
        for (int i = 0; i < others; i++) {
            history.apply(
                    2 + i,
                    Instant.EPOCH,
                    new ContractCreated(
                            "contract-" + i,
                            "provider-" + i,
                            DOLLARS,
                            ALWAYS,
                            List.of(new PriceVersion("v1", ALWAYS, tables))));
        }
    }

    private @Nullable ContractTerms terms() {
        return switch (terms) {
            case NONE -> null;
            case FACTORS ->
                    new ContractTerms(
                            List.of(
                                    new Discount(
                                            Discount.Basis.CONTRACT_PRICE,
                                            ModelPattern.ANY,
                                            new BigDecimal("12.5"))),
                            List.of(
                                    new RegionSurcharge(
                                            new ModelPattern("eu-*"),
                                            ModelPattern.ANY,
                                            BigDecimal.TEN)),
                            List.of(
                                    new TimeBand(
                                            ModelPattern.ANY,
                                            ZoneId.of("Europe/Berlin"),
                                            0,
                                            21_600,
                                            new BigDecimal("0.5"))));
            case TIERS ->
                    new ContractTerms(
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(
                                    rule("output", Leaf.OUTPUT, 0, tiers()),
                                    rule(
                                            "input",
                                            Leaf.INPUT,
                                            1_000_000,
                                            new VolumeRule.OfTable())));
        };
    }

    private static VolumeRule rule(String id, Leaf leaf, long free, VolumeRule.Price price) {
        return new VolumeRule(id, ModelPattern.ANY, Set.of(leaf), VolumePeriod.MONTH, free, price);
    }

    private static VolumeRule.Tiered tiers() {
        List<VolumeRule.TierPrice> tiers = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            tiers.add(
                    new VolumeRule.TierPrice(
                            i == 4 ? null : i * 1_000_000_000L,
                            BigDecimal.valueOf(10 - i),
                            BigDecimal.ZERO));
        }
        return new VolumeRule.Tiered(VolumeRule.Mode.GRADUATED, LeafPrice.MILLION, tiers);
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
                Validity.micros(Instant.parse("2026-11-01T00:00:00Z")),
                "eu-west-1");
    }

    /** Cost and charge of one call with four kinds of tokens. */
    @Benchmark
    public Rating rate() {
        return rater.rate(call, COUNTED);
    }
}
