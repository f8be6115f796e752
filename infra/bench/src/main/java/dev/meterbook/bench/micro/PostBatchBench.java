package dev.meterbook.bench.micro;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.PostingBatch;
import dev.meterbook.ledger.domain.PricedCall;
import dev.meterbook.ledger.domain.RatingKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a batch of rated calls writes into the book: postings, sums of accounts, sums of invoice
 * lines. The figure is for one call of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PostBatchBench {

    private static final int CALLS = 1_000;
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final BigDecimal MARKED_UP = new BigDecimal("1.125");

    private final List<PricedCall> calls = calls();

    /** For JMH. */
    public PostBatchBench() {}

    private static List<PricedCall> calls() {
        Random random = new Random(1);
        List<PricedCall> calls = new ArrayList<>();
        for (int i = 1; i <= CALLS; i++) {
            BigDecimal cost = BigDecimal.valueOf(1 + random.nextInt(1_000_000), 8);
            calls.add(
                    new PricedCall(
                            RatingKind.INITIAL,
                            "tenant-" + random.nextInt(200),
                            i,
                            1,
                            NOW,
                            "provider",
                            "model-" + random.nextInt(30),
                            "app-" + random.nextInt(50),
                            "contract",
                            new Money(cost, CurrencyCode.USD),
                            new Money(cost.multiply(MARKED_UP), CurrencyCode.USD),
                            4_200,
                            700));
        }
        return calls;
    }

    /** A thousand calls of 200 tenants. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void post(Blackhole hole) {
        PostingBatch batch = post();
        hole.consume(batch.postings());
        hole.consume(batch.movements());
        hole.consume(batch.billables());
    }

    PostingBatch post() {
        PostingBatch batch = new PostingBatch();
        calls.forEach(batch::add);
        return batch;
    }
}
