package dev.meterbook.pricing.grpc;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.pricing.application.CommandDesk;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.axon.SpendMessages;
import dev.meterbook.pricing.axon.VolumeMessages;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.Plan;
import dev.meterbook.pricing.domain.PlanVersion;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.PriceHistory;
import dev.meterbook.pricing.domain.PricingCommand;
import dev.meterbook.pricing.intake.PriceBooks;
import dev.meterbook.proto.pricing.v1.GetTenantPlanRequest;
import dev.meterbook.proto.pricing.v1.SetTenantPlanRequest;
import dev.meterbook.proto.pricing.v1.TenantPlan;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Answers calls about plans. */
@Singleton
final class PlanCalls {

    private static final int MAX_FIXED_PRICES = 1_000;

    private final CommandDesk desk;
    private final PriceBooks books;

    PlanCalls(CommandDesk desk, PriceBooks books) {
        this.desk = desk;
        this.books = books;
    }

    TenantPlan set(SetTenantPlanRequest request) {
        Caller.current().requireOperator(Scope.ADMIN);
        String owner = owner(ResourceNames.planOwnerOrAll(request.getName()));
        Findings findings = new Findings();
        PlanVersion version = fromProto(request.getVersion(), findings);
        Answers.refuseIfAny(findings);
        Answers.refuseIfRefused(desk.decide(new PricingCommand.SetTenantPlan(owner, version)));
        return plan(books.caughtUp(), owner);
    }

    TenantPlan get(GetTenantPlanRequest request) {
        Caller caller = Caller.current().require(Scope.READ);
        String requested = ResourceNames.planOwnerOrAll(request.getName());
        if (requested.equals(ResourceNames.ALL)) {
            caller.requireOperator(Scope.READ);
            return plan(books.history(), "");
        }
        return plan(books.history(), caller.tenantFor(requested));
    }

    private static String owner(String requested) {
        return requested.equals(ResourceNames.ALL) ? "" : requested;
    }

    private static PlanVersion fromProto(
            dev.meterbook.proto.pricing.v1.PlanVersion message, Findings findings) {
        long from =
                Times.micros(
                        message.getEffectiveStartTime(), "version.effective_start_time", findings);
        BigDecimal markup =
                PriceChecks.markup(message.getMarkupPercent(), "version.markup_percent", findings);
        CurrencyCode currency =
                PriceChecks.currency(message.getCurrencyCode(), "version.currency_code", findings);
        if (message.getFixedPricesCount() > MAX_FIXED_PRICES) {
            PriceChecks.tooMany(
                    "version.fixed_prices",
                    message.getFixedPricesCount(),
                    MAX_FIXED_PRICES,
                    findings);
        }
        return new PlanVersion(
                0,
                Times.validity(from, message.getEffectiveEndTime(), "version", findings),
                markup,
                currency,
                PriceForms.fixed(message.getFixedPricesList(), "version.fixed_prices", findings),
                VolumeForms.rules(message.getVolumeRulesList(), "version.volume_rules", findings),
                SpendForms.terms(message.getSpendTermsList(), "version.spend_terms", findings));
    }

    private static TenantPlan plan(PriceHistory history, String owner) {
        Plan plan =
                history.plan(owner)
                        .orElseThrow(
                                () -> Refusal.notFound("NO_PLAN", ResourceNames.ofPlan(owner)));
        List<Instant> times = history.planTimes(owner);
        TenantPlan.Builder message = TenantPlan.newBuilder().setName(ResourceNames.ofPlan(owner));
        for (int i = 0; i < plan.versions().size(); i++) {
            message.addVersions(toProto(plan.versions().get(i), times.get(i)));
        }
        return message.build();
    }

    private static dev.meterbook.proto.pricing.v1.PlanVersion toProto(
            PlanVersion version, Instant knownTime) {
        dev.meterbook.proto.pricing.v1.PlanVersion.Builder message =
                dev.meterbook.proto.pricing.v1.PlanVersion.newBuilder()
                        .setNumber(version.number())
                        .setEffectiveStartTime(Times.toProto(version.validity().fromMicros()))
                        .setMarkupPercent(Decimals.plain(version.markupPercent()))
                        .setCurrencyCode(version.currency().code())
                        .setCreateTime(Times.toProto(knownTime))
                        .addAllFixedPrices(
                                version.fixedPrices().stream().map(PriceMessages::toProto).toList())
                        .addAllVolumeRules(
                                version.volumeRules().stream()
                                        .map(VolumeMessages::toProto)
                                        .toList())
                        .addAllSpendTerms(
                                version.spendTerms().stream().map(SpendMessages::toProto).toList());
        ContractProtos.end(version.validity(), message::setEffectiveEndTime);
        return message.build();
    }
}
