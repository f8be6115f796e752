package dev.meterbook.budget.redis;

import dev.meterbook.budget.application.CounterView.WindowQuery;
import dev.meterbook.budget.application.admission.HoldLine;
import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.application.admission.HoldOrder;
import dev.meterbook.budget.application.admission.HoldOutcome;
import dev.meterbook.budget.application.counting.CountedBucket;
import dev.meterbook.budget.application.counting.Epoch;
import dev.meterbook.budget.application.counting.Increment;
import dev.meterbook.budget.application.counting.Progress;
import dev.meterbook.budget.application.counting.SettleOrder;
import dev.meterbook.budget.application.counting.SpendCounters.SettleOutcome;
import dev.meterbook.budget.application.counting.SpendCounters.Standing;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.CounterAmount;
import dev.meterbook.budget.domain.Figures;
import dev.meterbook.budget.domain.Tally;
import dev.meterbook.testing.RedisFixture;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Counters on a real Redis, without a database: the script and nothing else. */
final class CounterBench implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-07-15T10:00:00Z");
    static final Duration LIFE = Duration.ofMinutes(2);

    private final RedisLink link;
    final PresentEpoch present = new PresentEpoch();
    final RedisCounters counters;
    final RedisSpendCounters spend;

    CounterBench(RedisFixture redis) {
        this.link = new RedisLink(redis.uri(), Duration.ofSeconds(10));
        this.counters = new RedisCounters(link, present);
        this.spend = new RedisSpendCounters(link, present);
    }

    /** Begins an epoch in which budgets are complete. */
    CounterBench with(Epoch epoch, Budget... budgets) {
        spend.begin(epoch, 0);
        include(budgets);
        return this;
    }

    void include(Budget... budgets) {
        List<Standing> standings =
                spend.include(Arrays.stream(budgets).map(Budget::key).toList(), 1);
        for (int i = 0; i < budgets.length; i++) {
            if (standings.get(i) instanceof Standing.CountedSince(Progress since)) {
                spend.fill(budgets[i].key(), since, List.of());
            }
        }
    }

    static CounterAmount amount(String value) {
        return CounterAmount.ceiling(new BigDecimal(value));
    }

    static HoldLine line(Budget budget, String amount) {
        return new HoldLine(budget, amount(amount), budget.window().bucketsAt(NOW));
    }

    HoldOutcome hold(String id, HoldLine... lines) {
        return hold(id, NOW, lines);
    }

    HoldOutcome hold(String id, Instant now, HoldLine... lines) {
        return counters.hold(
                new HoldOrder(name(id), "", "answer " + id, now, LIFE, List.of(lines)));
    }

    static HoldName name(String id) {
        return new HoldName("acme", id);
    }

    /** Counts one call and settles its hold; the position moves by one. */
    SettleOutcome settle(Budget budget, String amount, String... holds) {
        Progress from = spend.present().orElseThrow();
        return settle(from, budget, amount, holds);
    }

    SettleOutcome settle(Progress from, Budget budget, String amount, String... holds) {
        Tally tally = new Tally(amount(amount), 1, 0, 0);
        long bucket = budget.window().bucketAt(NOW);
        return spend.settle(
                new SettleOrder(
                        from,
                        new Progress(from.position() + 1, 0),
                        1,
                        List.of(new Increment(new CountedBucket(budget.key(), bucket), tally)),
                        Arrays.stream(holds).map(CounterBench::name).toList(),
                        List.of()),
                NOW);
    }

    Figures figures(Budget budget) {
        return figures(budget, NOW);
    }

    Figures figures(Budget budget, Instant now) {
        return counters.read(List.of(WindowQuery.at(budget, NOW)), now).getFirst();
    }

    String spent(Budget budget) {
        return figures(budget).spent().value().stripTrailingZeros().toPlainString();
    }

    String held(Budget budget) {
        return held(budget, NOW);
    }

    String held(Budget budget, Instant now) {
        return figures(budget, now).held().value().stripTrailingZeros().toPlainString();
    }

    @Override
    public void close() {
        link.close();
    }
}
