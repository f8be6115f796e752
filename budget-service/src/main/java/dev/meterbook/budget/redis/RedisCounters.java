package dev.meterbook.budget.redis;

import dev.meterbook.budget.application.CounterView;
import dev.meterbook.budget.application.CountersUnavailableException;
import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.application.admission.HoldOrder;
import dev.meterbook.budget.application.admission.HoldOutcome;
import dev.meterbook.budget.application.admission.HoldState;
import dev.meterbook.budget.application.admission.Holds;
import dev.meterbook.budget.domain.CounterAmount;
import dev.meterbook.budget.domain.Figures;
import dev.meterbook.budget.domain.Figures.Completeness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The hot path: holds and figures. Has a connection of its own, so that counting never blocks it.
 */
public final class RedisCounters implements Holds, CounterView {

    private static final int HOLD_FIELDS = 5;
    private static final int READ_FIELDS = 8;

    private final RedisLink link;
    private final PresentEpoch present;

    /** Counters of the present epoch, over a connection. */
    public RedisCounters(RedisLink link, PresentEpoch present) {
        this.link = link;
        this.present = present;
    }

    @Override
    public HoldOutcome hold(HoldOrder order) {
        List<String> answer = run(Arguments.of("hold", order.now()).hold(order));
        return switch (answer.getFirst()) {
            case "OK" -> new HoldOutcome.Placed(figures(answer));
            case "NO" -> new HoldOutcome.Refused(verdicts(answer));
            case "REPEAT" ->
                    new HoldOutcome.Repeated(
                            answer.get(1), Instant.ofEpochMilli(Long.parseLong(answer.get(2))));
            case "REUSED" -> new HoldOutcome.Reused();
            default -> throw unexpected(answer);
        };
    }

    private static List<Figures> figures(List<String> answer) {
        return verdicts(answer).stream().map(HoldOutcome.Verdict::figures).toList();
    }

    private static List<HoldOutcome.Verdict> verdicts(List<String> answer) {
        List<HoldOutcome.Verdict> verdicts = new ArrayList<>();
        for (int i = 1; i + HOLD_FIELDS <= answer.size(); i += HOLD_FIELDS) {
            HoldOutcome.Kind kind =
                    switch (answer.get(i)) {
                        case "" -> HoldOutcome.Kind.FITS;
                        case "L" -> HoldOutcome.Kind.LIMIT_REACHED;
                        case "U" -> HoldOutcome.Kind.BEING_REBUILT;
                        default -> throw unexpected(answer);
                    };
            Completeness completeness =
                    kind == HoldOutcome.Kind.BEING_REBUILT
                            ? Completeness.BEING_REBUILT
                            : Completeness.COMPLETE;
            Figures figures =
                    new Figures(
                            amount(answer, i + 1), amount(answer, i + 3), 0, 0, 0, completeness);
            verdicts.add(new HoldOutcome.Verdict(kind, figures));
        }
        return verdicts;
    }

    @Override
    public HoldState release(HoldName hold, Instant now) {
        List<String> answer = run(Arguments.of("release", now).add(hold.uid()));
        return switch (answer.getFirst()) {
            case "O" -> HoldState.OPEN;
            case "R" -> HoldState.RELEASED;
            case "S" -> HoldState.SETTLED;
            case "X" -> HoldState.EXPIRED;
            case "P" -> HoldState.AWAITING_PRICE;
            case "NONE" -> HoldState.UNKNOWN;
            default -> throw unexpected(answer);
        };
    }

    @Override
    public List<Figures> read(List<WindowQuery> windows, Instant now) {
        Arguments arguments = Arguments.of("read", now);
        for (WindowQuery window : windows) {
            arguments.add(window.budget().key().uid()).buckets(window.buckets());
        }
        List<String> answer = run(arguments);
        List<Figures> figures = new ArrayList<>();
        for (int i = 1; i + READ_FIELDS <= answer.size(); i += READ_FIELDS) {
            figures.add(
                    new Figures(
                            amount(answer, i + 1),
                            amount(answer, i + 3),
                            Long.parseLong(answer.get(i + 5)),
                            Long.parseLong(answer.get(i + 6)),
                            Long.parseLong(answer.get(i + 7)),
                            answer.get(i).equals("1")
                                    ? Completeness.COMPLETE
                                    : Completeness.BEING_REBUILT));
        }
        return figures;
    }

    private static CounterAmount amount(List<String> answer, int at) {
        return new CounterAmount(
                Long.parseLong(answer.get(at)), Long.parseLong(answer.get(at + 1)));
    }

    private List<String> run(Arguments arguments) {
        return present.run(link, arguments)
                .orElseThrow(() -> new CountersUnavailableException("the counters are lost", null));
    }

    private static IllegalStateException unexpected(List<String> answer) {
        return new IllegalStateException("counters: " + answer + " (expected: an outcome)");
    }
}
