package dev.meterbook.pricing.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.kernel.CallKey;
import dev.meterbook.platform.eventlog.EventReader;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.jdbc.Database;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.domain.Breakdown;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceBook;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.intake.MeteredUsage;
import dev.meterbook.pricing.intake.PriceBooks;
import dev.meterbook.pricing.intake.UsageReader;
import dev.meterbook.proto.pricing.v1.ExplainCallRequest;
import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.Rating;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Says why a call costs what it costs. */
@Singleton
final class ExplainCalls {

    /** Tenants with the same call id that an answer names at most. */
    private static final int MAX_NAMED = 10;

    private final Database database;
    private final RatingCalls stored;
    private final PriceBooks books;
    private final EventReader usageLog = new EventReader("metering");

    ExplainCalls(@Named("pricing") Database database, RatingCalls stored, PriceBooks books) {
        this.database = database;
        this.stored = stored;
        this.books = books;
    }

    ExplainCallResponse explain(ExplainCallRequest request) {
        Caller caller = Caller.current().require(Scope.READ);
        MeteredUsage usage = new UsageReader().read(recorded(caller, request.getName()));
        String tenant = usage.facts().tenant();
        long knownTime = knownTime(request);
        List<Rating> ratings =
                stored.ratings(tenant, Set.of(usage.event().position())).stream()
                        .filter(rating -> micros(rating.getRecordTime()) <= knownTime)
                        .toList();
        if (ratings.isEmpty()) {
            throw Refusal.precondition(
                    "NOT_RATED_YET", request.getName() + ": recorded, not rated yet");
        }
        Rating standing = RatingProtos.standing(ratings);
        PriceBreakdown price = asKnownThen(standing, usage);
        ExplainCallResponse answer =
                ExplainCallResponse.newBuilder()
                        .setName(
                                ResourceNames.ofCall(
                                        tenant, ResourceNames.call(request.getName()).id()))
                        .addAllRatings(ratings)
                        .setPrice(price)
                        .setReproduced(RatingProtos.areEqual(standing, price))
                        .setStanding(standing)
                        .build();
        return caller.isOperator() ? answer : SharedCounts.leftOut(answer);
    }

    private static long knownTime(ExplainCallRequest request) {
        if (!request.hasKnownTime()) {
            return Long.MAX_VALUE;
        }
        Findings findings = new Findings();
        long knownTime = Times.micros(request.getKnownTime(), "known_time", findings);
        Answers.refuseIfAny(findings);
        return knownTime;
    }

    private static long micros(Timestamp recorded) {
        return Times.micros(recorded, "record_time", new Findings());
    }

    private StoredEvent recorded(Caller caller, String callName) {
        ResourceNames.CallName name = ResourceNames.call(callName);
        UUID key = CallKey.of(name.id());
        if (name.tenant().equals(ResourceNames.ALL)) {
            caller.requireOperator(Scope.READ);
            return ofWhomever(key, callName);
        }
        String tenant = caller.tenantFor(name.tenant());
        return database.read(connection -> usageLog.find(connection, tenant, key))
                .orElseThrow(() -> Refusal.notFound("UNKNOWN_CALL", callName));
    }

    private StoredEvent ofWhomever(UUID key, String callName) {
        List<StoredEvent> found =
                database.read(connection -> usageLog.findOfAnyTenant(connection, key, MAX_NAMED));
        if (found.size() > 1) {
            throw Refusal.precondition(
                    "AMBIGUOUS_CALL",
                    "%s: a call of %s (expected: the name of one)"
                            .formatted(
                                    callName,
                                    String.join(
                                            ", ",
                                            found.stream().map(StoredEvent::tenantId).toList())));
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("UNKNOWN_CALL", callName));
    }

    private PriceBreakdown asKnownThen(Rating rating, MeteredUsage usage) {
        PriceBook book = books.caughtUp().asKnownAt(rating.getRatingPosition());
        Breakdown breakdown = new Rater(book).explain(usage.facts(), RatingProtos.before(rating));
        return BreakdownProtos.toProto(breakdown);
    }
}
