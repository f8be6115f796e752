package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a batch of rated calls and settled periods writes into the book: a journal row each, and for
 * every account and invoice line touched one sum, however many touched it. How they are split into
 * batches makes no difference to the book.
 */
public final class PostingBatch {

    private final Map<CallAccounts.Route, List<Posting>> postings = new LinkedHashMap<>();
    private final Map<CallAccounts.Route, List<Posting>> corrections = new LinkedHashMap<>();
    private final List<Posting> late = new ArrayList<>();
    private final List<UnpricedCall> unpriced = new ArrayList<>();
    private final List<Settlement> settlements = new ArrayList<>();
    private final Map<BillableKey, BillableSum> billables = new HashMap<>();
    private BillingPeriod period = BillingPeriod.of(Instant.EPOCH);
    private Instant periodStart = period.start();
    private Instant periodEnd = period.end();

    /** Books a priced call. */
    public void add(PricedCall call) {
        Posting posting = Posting.of(call);
        var target = call.kind() == RatingKind.CORRECTION ? corrections : postings;
        target.computeIfAbsent(CallAccounts.Route.of(call), _ -> new ArrayList<>()).add(posting);
        if (call.kind() == RatingKind.LATE) {
            late.add(posting);
        }
        billables.merge(billableKey(call), BillableSum.of(call), BillableSum::plus);
    }

    /** Counts an unpriced call. */
    public void add(UnpricedCall call) {
        unpriced.add(call);
    }

    /** Books what a period owes. */
    public void add(Settlement settlement) {
        settlements.add(settlement);
        settlement
                .billable()
                .ifPresent(
                        key -> billables.merge(key, BillableSum.of(settlement), BillableSum::plus));
    }

    private BillableKey billableKey(PricedCall call) {
        return BillableKey.ofCalls(
                call.tenant(),
                periodOf(call.occurTime()),
                call.provider(),
                call.model(),
                call.application(),
                call.charge().currency());
    }

    /** Nearly all calls of a batch are of one month. */
    private BillingPeriod periodOf(Instant moment) {
        if (moment.isBefore(periodStart) || !moment.isBefore(periodEnd)) {
            period = BillingPeriod.of(moment);
            periodStart = period.start();
            periodEnd = period.end();
        }
        return period;
    }

    /** One posting for each call priced for the first time, by the accounts it moves. */
    public Map<CallAccounts, List<Posting>> postings() {
        return byAccounts(postings);
    }

    /** One posting for each correction, by the accounts it moves. */
    public Map<CallAccounts, List<Posting>> corrections() {
        return byAccounts(corrections);
    }

    private static Map<CallAccounts, List<Posting>> byAccounts(
            Map<CallAccounts.Route, List<Posting>> byRoute) {
        Map<CallAccounts, List<Posting>> byAccounts = new LinkedHashMap<>();
        byRoute.forEach(
                (route, calls) -> byAccounts.put(CallAccounts.of(route), List.copyOf(calls)));
        return byAccounts;
    }

    /** Those of the postings whose call was unpriced before. */
    public List<Posting> latePostings() {
        return List.copyOf(late);
    }

    /** The calls that wait for a price, in the order added. */
    public List<UnpricedCall> unpriced() {
        return List.copyOf(unpriced);
    }

    /** What periods owe, in the order added. */
    public List<Settlement> settlements() {
        return List.copyOf(settlements);
    }

    /** What is moved on each account touched. */
    public Map<AccountKey, Movement> movements() {
        Movements movements = new Movements();
        settlements.forEach(each -> movements.add(each.transfer()));
        postings.forEach((route, calls) -> move(movements, route, calls));
        corrections.forEach((route, calls) -> move(movements, route, calls));
        return movements.byAccount();
    }

    private static void move(Movements movements, CallAccounts.Route route, List<Posting> calls) {
        CallAccounts accounts = CallAccounts.of(route);
        movements.add(accounts.usageCost(), accounts.providerPayable(), sum(calls, Posting::cost));
        movements.add(
                accounts.unbilledReceivable(),
                accounts.chargebackRevenue(),
                sum(calls, Posting::charge));
    }

    private static Movement sum(List<Posting> calls, Function<Posting, Money> amount) {
        BigDecimal debits = BigDecimal.ZERO;
        BigDecimal credits = BigDecimal.ZERO;
        for (Posting call : calls) {
            BigDecimal each = amount.apply(call).amount();
            if (each.signum() < 0) {
                credits = credits.subtract(each);
            } else {
                debits = debits.add(each);
            }
        }
        return new Movement(debits, credits);
    }

    /** What is added to each future invoice line, in the order of keys. */
    public SortedMap<BillableKey, BillableSum> billables() {
        return new TreeMap<>(billables);
    }

    /** Calls booked for the first time: corrections are not counted. */
    public long bookedCalls() {
        return postings.values().stream().mapToLong(List::size).sum();
    }
}
