package dev.meterbook.budget.redis;

import dev.meterbook.budget.application.CountersUnavailableException;
import dev.meterbook.budget.application.admission.HoldJournal;
import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.application.counting.Epoch;
import dev.meterbook.budget.application.counting.ExpiredHold;
import dev.meterbook.budget.application.counting.Increment;
import dev.meterbook.budget.application.counting.PartOrder;
import dev.meterbook.budget.application.counting.Progress;
import dev.meterbook.budget.application.counting.SettleOrder;
import dev.meterbook.budget.application.counting.SpendCounters;
import dev.meterbook.budget.domain.BudgetKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counting in Redis. */
public final class RedisSpendCounters implements SpendCounters {

    private final RedisLink link;
    private final PresentEpoch present;

    /** Counts over a connection, in the present epoch. */
    public RedisSpendCounters(RedisLink link, PresentEpoch present) {
        this.link = link;
        this.present = present;
    }

    @Override
    public Optional<Progress> present() {
        return present.run(link, Arguments.of("peek", Instant.EPOCH))
                .map(
                        answer ->
                                new Progress(
                                        Long.parseLong(answer.get(1)),
                                        Integer.parseInt(answer.get(2))));
    }

    @Override
    public Epoch epoch() {
        return present.epoch();
    }

    @Override
    public void use(Epoch epoch) {
        present.use(EpochScript.of(epoch));
    }

    @Override
    public void begin(Epoch epoch, long position) {
        EpochScript script = EpochScript.of(epoch);
        Arguments arguments = Arguments.of("begin", Instant.EPOCH).add(position);
        List<String> answer = link.runText(script.text(), script.stateKey(), arguments.of(script));
        if (!answer.getFirst().equals("OK")) {
            throw new CountersUnavailableException("epoch " + epoch.uid() + " was begun", null);
        }
        present.use(script);
    }

    @Override
    public void giveUp() {
        run(Arguments.of("stop", Instant.EPOCH));
    }

    @Override
    public void removeOlderEpochs() {
        present.script().ifPresent(script -> link.removeExcept(EpochScript.ROOT, script.prefix()));
    }

    @Override
    public SettleOutcome settle(SettleOrder order, Instant now) {
        Arguments arguments =
                Arguments.of("settle", now)
                        .add(order.from())
                        .add(order.to())
                        .add(order.bookPosition())
                        .add(order.increments().size());
        order.increments().forEach(arguments::increment);
        order.settled().forEach(hold -> arguments.add(hold.uid()).add("P"));
        order.awaitingPrice().forEach(hold -> arguments.add(hold.uid()).add(""));
        return outcome(arguments);
    }

    @Override
    public SettleOutcome settle(PartOrder order, Instant now) {
        Arguments arguments =
                Arguments.of("part", now)
                        .add(order.position() + "|" + order.tenantId())
                        .add(order.position())
                        .add(order.bookPosition())
                        .add(order.increments().size());
        order.increments().forEach(arguments::increment);
        order.settled().forEach(hold -> arguments.add(hold.uid()).add("P"));
        order.awaitingPrice().forEach(hold -> arguments.add(hold.uid()).add(""));
        return outcome(arguments);
    }

    private SettleOutcome outcome(Arguments arguments) {
        return switch (run(arguments).getFirst()) {
            case "OK" -> SettleOutcome.DONE;
            case "BEHIND" -> SettleOutcome.BOOK_BEHIND;
            default -> SettleOutcome.MOVED;
        };
    }

    @Override
    public List<Standing> include(List<BudgetKey> budgets, long bookPosition) {
        Arguments arguments = Arguments.of("include", Instant.EPOCH).add(bookPosition);
        budgets.forEach(key -> arguments.add(key.uid()));
        List<String> answer = run(arguments);
        return answer.subList(1, answer.size()).stream().map(RedisSpendCounters::standing).toList();
    }

    private static Standing standing(String text) {
        if (text.isEmpty()) {
            return new Standing.Complete();
        }
        int colon = text.indexOf(':');
        return new Standing.CountedSince(
                new Progress(
                        Long.parseLong(text.substring(0, colon)),
                        Integer.parseInt(text.substring(colon + 1))));
    }

    @Override
    public void fill(BudgetKey budget, Progress since, List<Increment> increments) {
        Arguments arguments =
                Arguments.of("fill", Instant.EPOCH)
                        .add(budget.uid())
                        .add(since.position() + ":" + since.calls());
        for (Increment increment : increments) {
            arguments.add(increment.bucket().second()).add(increment.tally());
        }
        run(arguments);
    }

    @Override
    public void restore(HoldJournal.Entry hold) {
        run(
                Arguments.of("restore", Instant.EPOCH)
                        .add(hold.expireTime().toEpochMilli())
                        .add(hold.timeToLive().toMillis())
                        .add(hold.name().uid())
                        .add(hold.fingerprint())
                        .add(hold.answer())
                        .add(hold.ending() == HoldJournal.Ending.BY_ITSELF ? "O" : "P")
                        .add(Parts.write(hold.parts())));
    }

    @Override
    public List<ExpiredHold> sweep(Instant now) {
        List<String> answer = run(Arguments.of("sweep", now));
        List<ExpiredHold> expired = new ArrayList<>();
        for (String notice : answer.subList(2, answer.size())) {
            String[] fields = notice.split("\\|", 3);
            expired.add(
                    new ExpiredHold(
                            HoldName.ofUid(fields[0]),
                            Instant.ofEpochMilli(Long.parseLong(fields[1])),
                            Parts.read(fields[2])));
        }
        return expired;
    }

    @Override
    public void noted(List<ExpiredHold> holds) {
        Arguments arguments = Arguments.of("noted", Instant.EPOCH);
        for (ExpiredHold hold : holds) {
            arguments.add(
                    String.join(
                            "|",
                            hold.name().uid(),
                            Long.toString(hold.expireTime().toEpochMilli()),
                            Parts.write(hold.parts())));
        }
        run(arguments);
    }

    @Override
    public void prune(BudgetKey budget, Instant keptFrom) {
        run(Arguments.of("prune", Instant.EPOCH).add(budget.uid()).add(keptFrom.getEpochSecond()));
    }

    @Override
    public void drop(BudgetKey budget) {
        run(Arguments.of("drop", Instant.EPOCH).add(budget.uid()));
    }

    private List<String> run(Arguments arguments) {
        return present.run(link, arguments)
                .orElseThrow(() -> new CountersUnavailableException("the counters are lost", null));
    }
}
