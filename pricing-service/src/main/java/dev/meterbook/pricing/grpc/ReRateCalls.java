package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.Decimals;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.domain.Contract;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.PriceHistory.Known;
import dev.meterbook.pricing.intake.CallScope;
import dev.meterbook.pricing.intake.PriceBooks;
import dev.meterbook.pricing.intake.ReRated;
import dev.meterbook.pricing.intake.ReRating;
import dev.meterbook.pricing.intake.ReRating.Mode;
import dev.meterbook.proto.pricing.v1.ReRateCallsRequest;
import dev.meterbook.proto.pricing.v1.ReRateCallsResponse;
import dev.meterbook.proto.type.v1.Money;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Has calls rated anew. */
@Singleton
final class ReRateCalls {

    private final ReRating reRating;
    private final PriceBooks books;

    ReRateCalls(ReRating reRating, PriceBooks books) {
        this.reRating = reRating;
        this.books = books;
    }

    ReRateCallsResponse reRate(ReRateCallsRequest request) {
        Caller.current().requireOperator(Scope.ADMIN);
        CallScope scope = scope(request);
        int batches = Paging.size(request.getPageSize());
        long after = Paging.numberAfter(request.getPageToken());
        return toProto(
                reRating.run(
                        scope, request.getDryRun() ? Mode.DRY_RUN : Mode.STORE, after, batches));
    }

    private CallScope scope(ReRateCallsRequest request) {
        Findings findings = new Findings();
        if (request.getContract().isEmpty()
                && request.getProvider().isEmpty()
                && request.getTenant().isEmpty()) {
            findings.add("SCOPE_MISSING", "contract", "missing", "contract, provider or tenant");
        }
        if (!request.getProvider().isEmpty()) {
            PriceChecks.provider(request.getProvider(), "provider", findings);
        }
        if (!request.getTenant().isEmpty()) {
            PriceChecks.name(request.getTenant(), "INVALID_TENANT", "tenant", findings);
        }
        long from = Times.micros(request.getOccurStartTime(), "occur_start_time", findings);
        long until = Times.micros(request.getOccurEndTime(), "occur_end_time", findings);
        if (from >= until) {
            findings.add(
                    "EMPTY_RANGE",
                    "occur_end_time",
                    request.getOccurEndTime().getSeconds() + " seconds since 1970",
                    "after occur_start_time");
        }
        Answers.refuseIfAny(findings);
        return ofContract(request, from, until);
    }

    /** A contract prices calls of its provider only. */
    private CallScope ofContract(ReRateCallsRequest request, long from, long until) {
        String contract = "";
        String provider = request.getProvider();
        if (!request.getContract().isEmpty()) {
            contract = ResourceNames.contract(request.getContract());
            String ofContract = provider(contract, request.getContract());
            if (!provider.isEmpty() && !provider.equals(ofContract)) {
                throw Refusal.invalid(
                        "PROVIDER_MISMATCH", "provider", provider, "that of the contract");
            }
            provider = ofContract;
        }
        return new CallScope(contract, provider, request.getTenant(), from, until);
    }

    private String provider(String contract, String name) {
        return books.caughtUp()
                .contract(contract)
                .map(Known::value)
                .map(Contract::provider)
                .orElseThrow(() -> Refusal.notFound("UNKNOWN_CONTRACT", name));
    }

    private static ReRateCallsResponse toProto(ReRated done) {
        return ReRateCallsResponse.newBuilder()
                .setExaminedCalls(done.examined())
                .setCorrectedCalls(done.corrected())
                .setUnpricedCalls(done.unpriced())
                .setWaitingCalls(done.waiting())
                .addAllBilledCostDifferences(money(done.costs()))
                .addAllChargeDifferences(money(done.charges()))
                .setPosition(done.position())
                .setEndPosition(done.end())
                .setNextPageToken(
                        done.isComplete() ? "" : Paging.token(Long.toString(done.position())))
                .build();
    }

    private static List<Money> money(Map<String, BigDecimal> sums) {
        return sums.entrySet().stream()
                .map(each -> BreakdownProtos.money(Decimals.plain(each.getValue()), each.getKey()))
                .toList();
    }
}
