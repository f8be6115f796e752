package dev.meterbook.budget.redis;

import dev.meterbook.budget.application.admission.HoldLine;
import dev.meterbook.budget.application.admission.HoldOrder;
import dev.meterbook.budget.application.counting.Increment;
import dev.meterbook.budget.application.counting.Progress;
import dev.meterbook.budget.domain.CounterAmount;
import dev.meterbook.budget.domain.HoldPart;
import dev.meterbook.budget.domain.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of one step of the script: operation, prefix, time, then what the operation takes.
 */
final class Arguments {

    private static final int PREFIX = 1;

    private final List<String> arguments = new ArrayList<>();

    private Arguments() {}

    static Arguments of(String operation, Instant now) {
        return new Arguments().add(operation).add("").add(now.toEpochMilli());
    }

    /** With the prefix of an epoch. */
    List<String> of(EpochScript script) {
        arguments.set(PREFIX, script.prefix());
        return arguments;
    }

    Arguments add(String text) {
        arguments.add(text);
        return this;
    }

    Arguments add(long number) {
        return add(Long.toString(number));
    }

    Arguments add(CounterAmount amount) {
        return add(amount.units()).add(amount.fraction());
    }

    Arguments add(Progress progress) {
        return add(progress.position()).add(progress.calls());
    }

    Arguments add(Tally tally) {
        return add(tally.spent())
                .add(tally.calls())
                .add(tally.unpricedCalls())
                .add(tally.otherCurrencyCalls());
    }

    Arguments increment(Increment increment) {
        return add(increment.bucket().budget().uid())
                .add(increment.bucket().second())
                .add(increment.tally());
    }

    Arguments buckets(List<Long> buckets) {
        add(buckets.size());
        buckets.forEach(this::add);
        return this;
    }

    Arguments hold(HoldOrder order) {
        add(order.expireTime().toEpochMilli())
                .add(order.timeToLive().toMillis())
                .add(order.name().uid())
                .add(order.fingerprint())
                .add(order.answer());
        order.lines().forEach(this::line);
        return this;
    }

    private void line(HoldLine line) {
        add(line.budget().key().uid())
                .add(Parts.letter(HoldPart.kindOf(line.budget().unit())))
                .add(line.budget().terms().policy().isHard() ? "H" : "W")
                .add(CounterAmount.ceiling(line.budget().terms().limit().value()))
                .add(line.amount())
                .buckets(line.buckets());
    }
}
