package dev.meterbook.allinone.verify;

import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds every correction of a rating against what it corrects: the call had a price before, the
 * correction is known where ratings are looked up, and a rating under another contract or currency
 * than the last one is wholly reversed.
 */
final class CorrectedCalls {

    /** Exact sums under one contract and pair of currencies. */
    private record Amounts(BigDecimal cost, BigDecimal charge) {
        boolean isNothing() {
            return cost.signum() == 0 && charge.signum() == 0;
        }

        Amounts plus(Amounts other) {
            return new Amounts(cost.add(other.cost), charge.add(other.charge));
        }
    }

    /** Where the ratings of a call stand; the last place is the one that counts. */
    private static final class Standing {
        private final Map<String, Amounts> byRoute = new LinkedHashMap<>();
        private String last = "";
    }

    private final Map<Long, Set<Long>> expected = new HashMap<>();
    private final Map<Long, Standing> standing = new HashMap<>();
    private String wrong = "";

    /** Learns which calls are said to be corrected. */
    void expect(Connection pricing) throws SQLException {
        String sql = "select usage_position, rating_position from pricing.corrected_call";
        try (Statement statement = pricing.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                expected.computeIfAbsent(rows.getLong(1), _ -> new HashSet<>())
                        .add(rows.getLong(2));
                standing.put(rows.getLong(1), new Standing());
            }
        }
    }

    /** Takes each rating of each call, in the order of the log. */
    void take(long ratingPosition, UsageRated batch, RatedCall call) {
        Standing known = standing.get(call.getUsagePosition());
        if (batch.getKind() == RatingKind.RATING_KIND_CORRECTION) {
            takeCorrection(ratingPosition, call, known);
        }
        if (known != null
                && call.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED) {
            known.last = route(batch, call);
            known.byRoute.merge(
                    known.last,
                    new Amounts(
                            new BigDecimal(call.getBilledCost()), new BigDecimal(call.getCharge())),
                    Amounts::plus);
        }
    }

    private void takeCorrection(long ratingPosition, RatedCall call, @Nullable Standing known) {
        Set<Long> positions = expected.get(call.getUsagePosition());
        if (positions == null || !positions.remove(ratingPosition)) {
            note("call %d is corrected at %d, but is not known to be", call, ratingPosition);
        } else if (known == null || known.byRoute.isEmpty()) {
            note("call %d is corrected at %d before it had a price", call, ratingPosition);
        }
    }

    private void note(String problem, RatedCall call, long ratingPosition) {
        if (wrong.isEmpty()) {
            wrong = problem.formatted(call.getUsagePosition(), ratingPosition);
        }
    }

    private static String route(UsageRated batch, RatedCall call) {
        return "%s %s/%s"
                .formatted(
                        batch.getTexts(call.getContractText()),
                        batch.getTexts(call.getCostCurrencyText()),
                        batch.getTexts(call.getChargeCurrencyText()));
    }

    /** How many calls are corrected. */
    int size() {
        return expected.size();
    }

    /** The first thing that is wrong, once all ratings were taken. */
    Optional<String> firstProblem() {
        if (!wrong.isEmpty()) {
            return Optional.of(wrong);
        }
        for (Map.Entry<Long, Set<Long>> each : expected.entrySet()) {
            if (!each.getValue().isEmpty()) {
                return Optional.of(
                        "call %d is said to be corrected at %s, which does not"
                                .formatted(each.getKey(), each.getValue()));
            }
        }
        return standing.entrySet().stream()
                .flatMap(each -> leftOver(each.getKey(), each.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> leftOver(long call, Standing standing) {
        return standing.byRoute.entrySet().stream()
                .filter(each -> !each.getKey().equals(standing.last))
                .filter(each -> !each.getValue().isNothing())
                .map(
                        each ->
                                "call %d counts under %s, but %s is not reversed"
                                        .formatted(call, standing.last, each.getKey()))
                .findFirst();
    }
}
