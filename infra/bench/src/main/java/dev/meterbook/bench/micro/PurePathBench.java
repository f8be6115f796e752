package dev.meterbook.bench.micro;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Money;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.ledger.domain.PostingBatch;
import dev.meterbook.ledger.domain.PricedCall;
import dev.meterbook.ledger.domain.RatingKind;
import dev.meterbook.metering.domain.Admission;
import dev.meterbook.metering.domain.Intake;
import dev.meterbook.metering.domain.MeteredCall;
import dev.meterbook.metering.domain.OccurTime;
import dev.meterbook.metering.domain.Tenants;
import dev.meterbook.metering.domain.TokenCounts;
import dev.meterbook.metering.domain.Usage;
import dev.meterbook.platform.eventlog.ChainHash;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.NewEvent;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.PlanVersion;
import dev.meterbook.pricing.domain.PriceBook;
import dev.meterbook.pricing.domain.PriceHistory;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.PriceVersion;
import dev.meterbook.pricing.domain.PricingEvent;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.ServiceTier;
import dev.meterbook.pricing.domain.Validity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds of one call in each pure step of its path. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PurePathBench {

    /** Calls of a batch; every figure is for one of them. */
    private static final int BATCH = 1_000;

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final int PAYLOAD_BYTES = 250;

    private final Intake intake = new Intake(any -> Tenants.Standing.ACTIVE);
    private final MeteredCall told = told();
    private final Rater rater = new Rater(prices());
    private final CallFacts facts = facts();
    private final List<PricedCall> priced = priced();
    private final List<NewEvent> events = events();
    private final byte[] previous = new byte[32];

    /** Checks a call of 15 fields and turns its totals into four disjoint kinds. */
    @Benchmark
    public Admission normalise() {
        return intake.admit(told, "", NOW);
    }

    /** Prices a call of four kinds under a contract with three versions, and marks it up. */
    @Benchmark
    public Rating price() {
        return rater.rate(facts);
    }

    /** Makes postings, sums of accounts and of invoice lines of a thousand calls. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object post() {
        PostingBatch batch = new PostingBatch();
        priced.forEach(batch::add);
        return List.of(batch.postings(), batch.movements(), batch.billables());
    }

    /** Chains a thousand events of 250 bytes. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public byte[] chainHash() {
        ChainHash hash = new ChainHash(previous, 0, 1);
        for (NewEvent event : events) {
            hash.add(event, 1_782_907_200_000_000L);
        }
        return hash.finish();
    }

    private static MeteredCall told() {
        return new MeteredCall(
                "0197c8a0-0000-7000-8000-000000000001",
                "tenant-17",
                new OccurTime(NOW.getEpochSecond(), 0),
                new Usage(
                        new TokenCounts(
                                TokenCounts.Convention.INCLUSIVE,
                                4_200,
                                700,
                                3_000,
                                0,
                                0,
                                0,
                                200,
                                0,
                                0),
                        List.of(),
                        Usage.CountSource.PROVIDER),
                new MeteredCall.Attribution(
                        "app-7",
                        "customer-217",
                        "user-1217",
                        "center-217",
                        "production",
                        "use-case-7",
                        "feature-1",
                        "",
                        "chat"),
                new MeteredCall.Model(
                        "provider-1",
                        "model-11",
                        "model-11",
                        "eu-west-1",
                        MeteredCall.ServiceTier.STANDARD,
                        ""),
                new MeteredCall.Lineage("", "workflow-3", "run-1217", "", "", "", 0, ""),
                new MeteredCall.Trace("", ""),
                new MeteredCall.Ending(MeteredCall.CallStatus.OK, 812, 0),
                "",
                Map.of(),
                0);
    }

    private static PriceBook prices() {
        PriceHistory history = new PriceHistory();
        history.apply(
                1,
                START,
                new PricingEvent.ContractCreated(
                        "contract-1",
                        "provider-1",
                        USD,
                        Validity.from(START),
                        List.of(version("v1", "0"), version("v2", "365"), version("v3", "600"))));
        history.apply(
                2,
                START,
                new PricingEvent.TenantPlanSet(
                        "tenant-17",
                        new PlanVersion(
                                1, Validity.from(START), new BigDecimal("12.5"), USD, List.of())));
        return history.current();
    }

    private static PriceVersion version(String id, String days) {
        List<PriceTable> tables =
                IntStream.range(0, 30)
                        .mapToObj(
                                model ->
                                        PriceTable.of(
                                                "model-" + model,
                                                List.of(
                                                        price(Leaf.INPUT, "1.25"),
                                                        price(Leaf.INPUT_CACHE_READ, "0.125"),
                                                        price(Leaf.OUTPUT, "10"),
                                                        price(Leaf.OUTPUT_REASONING, "8"))))
                        .toList();
        Instant start = START.plusSeconds(86_400 * Long.parseLong(days));
        return new PriceVersion(id, Validity.from(start), tables);
    }

    private static LeafPrice price(Leaf leaf, String amount) {
        return new LeafPrice(leaf, new BigDecimal(amount), LeafPrice.MILLION, 0);
    }

    private static CallFacts facts() {
        return new CallFacts(
                "tenant-17",
                "provider-1",
                "model-11",
                Quantities.builder()
                        .add(Leaf.INPUT, 1_200)
                        .add(Leaf.INPUT_CACHE_READ, 3_000)
                        .add(Leaf.OUTPUT, 500)
                        .add(Leaf.OUTPUT_REASONING, 200)
                        .build(),
                ServiceTier.STANDARD,
                Validity.micros(NOW));
    }

    private static List<PricedCall> priced() {
        Random random = new Random(1);
        List<PricedCall> calls = new ArrayList<>();
        for (int i = 1; i <= BATCH; i++) {
            BigDecimal cost = BigDecimal.valueOf(1 + random.nextInt(1_000_000), 8);
            calls.add(
                    new PricedCall(
                            RatingKind.INITIAL,
                            "tenant-" + random.nextInt(200),
                            i,
                            1,
                            NOW,
                            "provider-1",
                            "model-" + random.nextInt(30),
                            "app-" + random.nextInt(50),
                            "contract-1",
                            new Money(cost, USD),
                            new Money(cost.multiply(new BigDecimal("1.125")), USD),
                            4_200,
                            700));
        }
        return calls;
    }

    private static List<NewEvent> events() {
        Random random = new Random(1);
        EventType type = EventType.of("metering.UsageRecorded");
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            byte[] payload = new byte[PAYLOAD_BYTES];
            Arrays.fill(payload, (byte) random.nextInt());
            events.add(
                    NewEvent.of(
                            "tenant-" + random.nextInt(200),
                            new UUID(random.nextLong(), random.nextLong()),
                            type,
                            payload));
        }
        return events;
    }
}
