package dev.meterbook.pricing;

import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.ContractTerms;
import dev.meterbook.proto.pricing.v1.SetTenantPlanRequest;
import dev.meterbook.proto.pricing.v1.SpendCommitment;
import dev.meterbook.proto.pricing.v1.SpendTerm;
import java.util.List;

/** Requests about terms on the spend of periods. */
public final class SpendRequests {

    private SpendRequests() {}

    public static SpendTerm maximum(String id, String amount) {
        return SpendTerm.newBuilder().setId(id).setMaximumAmount(amount).build();
    }

    public static SpendTerm minimum(String id, String amount) {
        return SpendTerm.newBuilder().setId(id).setMinimumAmount(amount).build();
    }

    public static SpendTerm commitment(String id, String amount, String multiplier) {
        return SpendTerm.newBuilder()
                .setId(id)
                .setCommitment(
                        SpendCommitment.newBuilder()
                                .setAmount(amount)
                                .setOverageMultiplier(multiplier))
                .build();
    }

    /** A version of a contract with these terms from 2026-01-01 on. */
    public static AddContractPricesRequest terms(
            String contract, String version, SpendTerm... terms) {
        return AddContractPricesRequest.newBuilder()
                .setName("contracts/" + contract)
                .setPriceVersion(
                        ContractPriceVersion.newBuilder()
                                .setId(version)
                                .setEffectiveStartTime(PriceRequests.time("2026-01-01T00:00:00Z"))
                                .setTerms(
                                        ContractTerms.newBuilder()
                                                .addAllSpendTerms(List.of(terms))))
                .build();
    }

    /** A plan with mark-up and these terms from 2026-01-01 on. */
    public static SetTenantPlanRequest plan(String tenant, String markup, SpendTerm... terms) {
        SetTenantPlanRequest.Builder plan = PriceRequests.plan(tenant, markup).toBuilder();
        plan.getVersionBuilder().addAllSpendTerms(List.of(terms));
        return plan.build();
    }
}
