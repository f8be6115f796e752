package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.Identifiers;
import dev.meterbook.kernel.usage.Reading;
import dev.meterbook.kernel.usage.ToldUsage;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.domain.Breakdown;
import dev.meterbook.pricing.domain.CallFacts;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.pricing.intake.PriceBooks;
import dev.meterbook.pricing.intake.StoredTotals;
import dev.meterbook.proto.metering.v1.ServiceTier;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.pricing.v1.QuoteResponse;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Says what calls would cost. */
@Singleton
final class QuoteCalls {

    private final PriceBooks books;
    private final StoredTotals totals;
    private final Clock clock;

    QuoteCalls(PriceBooks books, StoredTotals totals, Clock clock) {
        this.books = books;
        this.totals = totals;
        this.clock = clock;
    }

    QuoteResponse quote(QuoteRequest request) {
        Caller caller = Caller.current();
        if (!caller.scopes().contains(Scope.INGEST)) {
            caller.require(Scope.READ);
        }
        ToldUsage usage = UsageForms.fromProto(request.getUsage(), request.getProvider());
        CallFacts facts = facts(request, caller.tenantFor(request.getTenant()), usage);
        Breakdown breakdown = new Rater(books.history().current()).explain(facts, totals);
        return QuoteResponse.newBuilder()
                .setPrice(BreakdownProtos.toProto(breakdown))
                .setModel(facts.model())
                .addAllQuantities(UsageForms.toProto(facts.quantities()))
                .setPartial(isPartial(usage))
                .build();
    }

    private static boolean isPartial(ToldUsage usage) {
        return usage.reported() instanceof Reading.Read read
                && read.completeness() == Reading.Completeness.PARTIAL;
    }

    private CallFacts facts(QuoteRequest request, String tenant, ToldUsage usage) {
        Findings findings = new Findings();
        PriceChecks.name(tenant, "INVALID_TENANT", "tenant", findings);
        PriceChecks.provider(request.getProvider(), "provider", findings);
        // Before the model: a body that cannot be read cannot tell it either.
        findings.addIfAny(usage.bodyViolation());
        String model = model(request.getModel(), usage);
        checkModel(model, findings);
        checkRegion(request.getRegion(), findings);
        if (request.getServiceTier() == ServiceTier.UNRECOGNIZED) {
            findings.add(
                    "UNKNOWN_SERVICE_TIER",
                    "service_tier",
                    Integer.toString(request.getServiceTierValue()),
                    "STANDARD, BATCH, FLEX or PRIORITY");
        }
        findings.addIfAny(usage.violation());
        long occurTime = occurTime(request, findings);
        Answers.refuseIfAny(findings);
        return new CallFacts(
                tenant,
                request.getProvider(),
                model,
                usage.normalised(),
                PriceMessages.fromProto(request.getServiceTier()),
                occurTime,
                request.getRegion());
    }

    /** The model asked for, else the one that the body names. */
    private static String model(String told, ToldUsage usage) {
        String named = usage.reported() instanceof Reading.Read read ? read.model() : null;
        return told.isEmpty() && named != null ? named : told;
    }

    private long occurTime(QuoteRequest request, Findings findings) {
        return request.hasOccurTime()
                ? Times.micros(request.getOccurTime(), "occur_time", findings)
                : Validity.micros(clock.instant());
    }

    private static void checkRegion(String region, Findings findings) {
        if (!region.isEmpty() && !Identifiers.isOpaqueId(region)) {
            findings.add("INVALID_REGION", "region", region, Identifiers.OPAQUE_ID_FORM);
        }
    }

    private static void checkModel(String model, Findings findings) {
        if (!Identifiers.isOpaqueId(model, PriceChecks.MAX_MODEL_LENGTH)) {
            findings.add(
                    "INVALID_MODEL",
                    "model",
                    model,
                    "1 to 128 characters: a letter or digit, then letters, digits and ._:@/-");
        }
    }
}
