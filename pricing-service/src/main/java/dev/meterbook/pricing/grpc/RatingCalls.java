package dev.meterbook.pricing.grpc;

import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.projection.rating.RatingView;
import dev.meterbook.proto.pricing.v1.BatchGetRatingsRequest;
import dev.meterbook.proto.pricing.v1.BatchGetRatingsResponse;
import dev.meterbook.proto.pricing.v1.Rating;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Answers calls about stored ratings. Rating events mix tenants; every call read from them is
 * checked against the tenant asked for before it leaves this class.
 */
@Singleton
final class RatingCalls {

    private static final int MAX_POSITIONS = 1_000;

    /** Rating events in memory at a time; one can have a few hundred kilobytes. */
    private static final int EVENTS_AT_ONCE = 16;

    private final Database database;
    private final RatingView view;
    private final EventReader ratingLog = new EventReader("pricing");

    RatingCalls(@Named("pricing") Database database, RatingView view) {
        this.database = database;
        this.view = view;
    }

    BatchGetRatingsResponse batchGet(BatchGetRatingsRequest request) {
        Caller caller = Caller.current().require(Scope.READ);
        String tenant = tenant(caller, ResourceNames.tenantOrAll(request.getParent()));
        if (request.getPositionsCount() < 1 || request.getPositionsCount() > MAX_POSITIONS) {
            throw Refusal.invalid(
                    "INVALID_POSITIONS",
                    "positions",
                    request.getPositionsCount() + " positions",
                    "1 to " + MAX_POSITIONS);
        }
        List<Rating> ratings = ratings(tenant, new HashSet<>(request.getPositionsList()));
        List<Rating> told = request.getStanding() ? standing(ratings) : ratings;
        return BatchGetRatingsResponse.newBuilder()
                .addAllRatings(caller.isOperator() ? told : SharedCounts.leftOut(told))
                .build();
    }

    /** One a call, by its position. */
    private static List<Rating> standing(List<Rating> ratings) {
        return List.copyOf(
                ratings.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Rating::getUsagePosition,
                                        TreeMap::new,
                                        Collectors.collectingAndThen(
                                                Collectors.toList(), RatingProtos::standing)))
                        .values());
    }

    private static String tenant(Caller caller, String requested) {
        if (requested.equals(ResourceNames.ALL)) {
            throw Refusal.invalid("INVALID_TENANT", "tenant", requested, "one tenant");
        }
        return caller.tenantFor(requested);
    }

    /** The ratings of a tenant's calls, by position of the call, then in the order made. */
    List<Rating> ratings(String tenant, Set<Long> usagePositions) {
        return database.read(connection -> ratings(connection, tenant, usagePositions));
    }

    private List<Rating> ratings(Connection connection, String tenant, Set<Long> usagePositions)
            throws SQLException {
        List<Long> places = List.copyOf(view.ratingPositions(connection, tenant, usagePositions));
        List<Rating> ratings = new ArrayList<>();
        for (int from = 0; from < places.size(); from += EVENTS_AT_ONCE) {
            long[] some =
                    places.subList(from, Math.min(from + EVENTS_AT_ONCE, places.size())).stream()
                            .mapToLong(Long::longValue)
                            .toArray();
            for (StoredEvent event : ratingLog.at(connection, some)) {
                RatingProtos.ratings(event, tenant)
                        .filter(each -> usagePositions.contains(each.getUsagePosition()))
                        .forEach(ratings::add);
            }
        }
        ratings.sort(
                Comparator.comparingLong(Rating::getUsagePosition)
                        .thenComparingLong(Rating::getRatingPosition));
        return ratings;
    }
}
