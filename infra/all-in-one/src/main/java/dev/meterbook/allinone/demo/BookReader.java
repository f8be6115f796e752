package dev.meterbook.allinone.demo;

import com.google.protobuf.Timestamp;
import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.allocation.v1.CostSums;
import dev.meterbook.proto.allocation.v1.Granularity;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import dev.meterbook.proto.ledger.v1.Account;
import dev.meterbook.proto.ledger.v1.GetAccountRequest;
import dev.meterbook.proto.ledger.v1.GetTrialBalanceRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsResponse;
import dev.meterbook.proto.ledger.v1.Posting;
import dev.meterbook.proto.ledger.v1.TrialBalance;
import dev.meterbook.proto.pricing.v1.BatchGetRatingsRequest;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsRequest;
import dev.meterbook.proto.pricing.v1.ListUnpricedCallsResponse;
import dev.meterbook.proto.pricing.v1.Rating;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads through the public contracts what each stage has made of the calls. */
final class BookReader {

    private static final int PAGE = 1_000;
    private static final Timestamp FROM = Times.of(Instant.parse("2020-01-01T00:00:00Z"));
    private static final Timestamp TO = Times.of(Instant.parse("2030-01-01T00:00:00Z"));

    private final Client operator;

    BookReader(Client operator) {
        this.operator = operator;
    }

    /** The shortest text of an exact amount. */
    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    static BigDecimal decimal(String text) {
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    /** What the ledger has booked for each call of a tenant, by position in the usage log. */
    Map<Long, Amounts> postings(Company company) {
        Map<Long, Amounts> postings = new HashMap<>();
        String page = "";
        do {
            ListPostingsResponse answer =
                    operator.ledger()
                            .listPostings(
                                    ListPostingsRequest.newBuilder()
                                            .setParent(company.name())
                                            .setPageSize(PAGE)
                                            .setPageToken(page)
                                            .build());
            for (Posting posting : answer.getPostingsList()) {
                postings.merge(
                        posting.getUsagePosition(),
                        new Amounts(
                                decimal(posting.getCost().getAmount()),
                                decimal(posting.getCharge().getAmount())),
                        Amounts::plus);
            }
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return postings;
    }

    /** What the pricing service has found for calls of a tenant. */
    List<Rating> ratings(Company company, List<Long> positions) {
        List<Rating> ratings = new ArrayList<>();
        for (int from = 0; from < positions.size(); from += PAGE) {
            List<Long> some = positions.subList(from, Math.min(from + PAGE, positions.size()));
            ratings.addAll(
                    operator.pricing()
                            .batchGetRatings(
                                    BatchGetRatingsRequest.newBuilder()
                                            .setParent(company.name())
                                            .addAllPositions(some)
                                            .build())
                            .getRatingsList());
        }
        return ratings;
    }

    /** Positions of a tenant's calls that wait for a price. */
    Set<Long> unpriced(Company company) {
        Set<Long> positions = new HashSet<>();
        String page = "";
        do {
            ListUnpricedCallsResponse answer =
                    operator.pricing()
                            .listUnpricedCalls(
                                    ListUnpricedCallsRequest.newBuilder()
                                            .setParent(company.name())
                                            .setPageSize(PAGE)
                                            .setPageToken(page)
                                            .build());
            answer.getUnpricedCallsList().forEach(call -> positions.add(call.getUsagePosition()));
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        return positions;
    }

    /**
     * What the allocation service has summed up for a tenant.
     *
     * @param calls all calls
     * @param unpriced those without a price
     * @param amounts cost and charge
     */
    record Allocated(long calls, long unpriced, Amounts amounts) {}

    Allocated allocated(Company company) {
        long calls = 0;
        long unpriced = 0;
        Amounts amounts = Amounts.NONE;
        for (CostSums sums :
                operator.allocation()
                        .queryCosts(
                                QueryCostsRequest.newBuilder()
                                        .setParent(company.name())
                                        .setStartTime(FROM)
                                        .setEndTime(TO)
                                        .setGranularity(Granularity.GRANULARITY_TOTAL)
                                        .build())
                        .getTotalsList()) {
            calls += sums.getCalls();
            unpriced += sums.getUnpricedCalls();
            amounts =
                    amounts.plus(
                            new Amounts(
                                    decimal(sums.getBilledCost().getAmount()),
                                    decimal(sums.getCharge().getAmount())));
        }
        return new Allocated(calls, unpriced, amounts);
    }

    TrialBalance trialBalance() {
        return operator.ledger().getTrialBalance(GetTrialBalanceRequest.getDefaultInstance());
    }

    /** Balance of a tenant's account in US dollars; zero if nothing was ever booked there. */
    BigDecimal balance(Company company, String type) {
        String name = company.name() + "/accounts/" + type + "." + DemoPrices.CURRENCY;
        try {
            Account account =
                    operator.ledger()
                            .getAccount(GetAccountRequest.newBuilder().setName(name).build());
            return decimal(account.getBalance().getAmount());
        } catch (StatusRuntimeException refused) {
            if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return BigDecimal.ZERO;
            }
            throw refused;
        }
    }
}
