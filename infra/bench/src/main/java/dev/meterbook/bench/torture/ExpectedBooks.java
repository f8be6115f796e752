package dev.meterbook.bench.torture;

import dev.meterbook.bench.Market;
import dev.meterbook.proto.metering.v1.MeteredCall;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sums that the books must come to: made from the calls alone. */
final class ExpectedBooks {

    private static final long HOUR_MICROS = 3_600_000_000L;

    private final Map<String, BigDecimal> accounts = new TreeMap<>();
    private final Map<String, Sums> rollUp = new TreeMap<>();
    private final Map<String, Spend> budgets = new TreeMap<>();

    /**
     * Sums of one line of the roll-up.
     *
     * @param calls how many
     * @param input input tokens, cached ones included
     * @param cached input tokens from the cache
     * @param output output tokens, reasoning included
     * @param reasoning output tokens of reasoning
     * @param cost what providers ask for
     * @param charge what tenants owe
     */
    record Sums(
            long calls,
            long input,
            long cached,
            long output,
            long reasoning,
            BigDecimal cost,
            BigDecimal charge) {

        private Sums plus(Sums more) {
            return new Sums(
                    calls + more.calls,
                    input + more.input,
                    cached + more.cached,
                    output + more.output,
                    reasoning + more.reasoning,
                    cost.add(more.cost),
                    charge.add(more.charge));
        }

        @Override
        public String toString() {
            return "calls %d, tokens %d/%d/%d/%d, cost %s, charge %s"
                    .formatted(calls, input, cached, output, reasoning, plain(cost), plain(charge));
        }
    }

    /**
     * What a budget must have counted.
     *
     * @param charge the sum of charges
     * @param calls how many calls
     */
    record Spend(BigDecimal charge, long calls) {
        private Spend plus(Spend more) {
            return new Spend(charge.add(more.charge), calls + more.calls);
        }

        @Override
        public String toString() {
            return plain(charge) + " in " + calls + " calls";
        }
    }

    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    static ExpectedBooks of(List<SentCall> calls) {
        ExpectedBooks books = new ExpectedBooks();
        calls.forEach(call -> books.add(ExpectedCall.of(call.call())));
        return books;
    }

    private void add(ExpectedCall expected) {
        MeteredCall call = expected.call();
        account("usage_cost of " + call.getTenant(), expected.cost());
        account("unbilled_receivable of " + call.getTenant(), expected.charge());
        account("chargeback_revenue of " + call.getTenant(), expected.charge());
        account("provider_payable of " + Market.contractWith(call.getProvider()), expected.cost());
        rollUp.merge(line(expected), sums(expected), Sums::plus);
        count("-/" + Market.ALL, expected);
        count(call.getTenant() + "/" + Market.SPEND, expected);
        count("-/" + call.getApplication(), expected);
        count("-/" + call.getProvider(), expected);
        count("-/" + budgetOf(call.getServedModel()), expected);
    }

    /** The budget of {@code model-7-2025-10} is {@code model-7}. */
    private static String budgetOf(String model) {
        return model.substring(0, model.indexOf('-', "model-".length()));
    }

    private void account(String account, BigDecimal amount) {
        accounts.merge(account, amount, BigDecimal::add);
    }

    private void count(String budget, ExpectedCall call) {
        budgets.merge(budget, new Spend(call.charge(), 1), Spend::plus);
    }

    private static Sums sums(ExpectedCall expected) {
        return new Sums(
                1,
                expected.tokens().getInputTokens(),
                expected.tokens().getCacheReadTokens(),
                expected.tokens().getOutputTokens(),
                expected.tokens().getReasoningTokens(),
                expected.cost(),
                expected.charge());
    }

    private static String line(ExpectedCall expected) {
        MeteredCall call = expected.call();
        return String.join(
                " ",
                Long.toString(expected.occurTimeMicros() / HOUR_MICROS),
                call.getTenant(),
                call.getCustomer(),
                call.getUser(),
                call.getCostCenter(),
                call.getApplication(),
                call.getEnvironment(),
                call.getUseCase(),
                call.getProvider(),
                call.getServedModel());
    }

    /** What moved on each account: on its one side, for nothing was invoiced. */
    Map<String, BigDecimal> accounts() {
        return accounts;
    }

    /** By hour since 1970 and dimensions. */
    Map<String, Sums> rollUp() {
        return rollUp;
    }

    /** By owner and id of the budget. */
    Map<String, Spend> budgets() {
        return budgets;
    }
}
