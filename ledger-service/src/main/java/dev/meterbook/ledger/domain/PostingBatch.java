package dev.meterbook.ledger.domain;

import dev.meterbook.kernel.BillingPeriod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a batch of rated calls writes into the book: a posting a call, and for every account and
 * invoice line touched one sum, however many calls touched it. How calls are split into batches
 * makes no difference to the book.
 */
public final class PostingBatch {

    private final List<Posting> postings = new ArrayList<>();
    private final List<UnpricedCall> unpriced = new ArrayList<>();
    private final List<Posting> latePostings = new ArrayList<>();
    private final Movements movements = new Movements();
    private final Map<BillableKey, BillableSum> billables = new HashMap<>();
    private final Map<CallAccounts.Route, CallAccounts> routes = new HashMap<>();

    /** Books a priced call. */
    public void add(PricedCall call) {
        CallAccounts accounts =
                routes.computeIfAbsent(CallAccounts.Route.of(call), CallAccounts::of);
        Posting posting = Posting.of(call, accounts);
        postings.add(posting);
        if (call.kind() == RatingKind.LATE) {
            latePostings.add(posting);
        }
        movements.add(posting.cost());
        movements.add(posting.charge());
        billables.merge(billableKey(call), BillableSum.of(call), BillableSum::plus);
    }

    /** Counts an unpriced call. */
    public void add(UnpricedCall call) {
        unpriced.add(call);
    }

    private static BillableKey billableKey(PricedCall call) {
        return new BillableKey(
                call.tenant(),
                BillingPeriod.of(call.occurTime()),
                call.provider(),
                call.model(),
                call.application(),
                call.charge().currency());
    }

    /** One posting for each priced call, in the order added. */
    public List<Posting> postings() {
        return List.copyOf(postings);
    }

    /** Those of the postings whose call was unpriced before. */
    public List<Posting> latePostings() {
        return List.copyOf(latePostings);
    }

    /** The calls that wait for a price, in the order added. */
    public List<UnpricedCall> unpriced() {
        return List.copyOf(unpriced);
    }

    /** What is moved on each account touched. */
    public Map<AccountKey, Movement> movements() {
        return movements.byAccount();
    }

    /** What is added to each future invoice line, in the order of keys. */
    public SortedMap<BillableKey, BillableSum> billables() {
        return new TreeMap<>(billables);
    }

    /** Calls booked for the first time: corrections are not counted. */
    public long bookedCalls() {
        return postings.stream().filter(it -> it.correction() == 0).count();
    }
}
