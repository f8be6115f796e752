package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of one plan by time. Immutable. */
final class PlanHistory {

    private record Dated(Validity validity, PlanTerms terms) {}

    /** How the versions of the operator's plan for all tenants are called. */
    static final String GENERAL = "default-";

    static final PlanHistory NONE = new PlanHistory(List.of());

    private final List<Dated> latestFirst;

    private PlanHistory(List<Dated> latestFirst) {
        this.latestFirst = latestFirst;
    }

    static PlanHistory of(Plan plan) {
        String whose = plan.tenant().isEmpty() ? GENERAL : "own-";
        List<PlanVersion> versions = new ArrayList<>(plan.versions().reversed());
        versions.sort(
                Comparator.comparingLong((PlanVersion each) -> each.validity().fromMicros())
                        .reversed());
        List<Timeline.Span<List<SpendTerm>>> spend =
                Timeline.of(
                        versions.stream()
                                .map(
                                        each ->
                                                new Timeline.Span<>(
                                                        each.validity(), each.spendTerms()))
                                .toList());
        return new PlanHistory(
                versions.stream().map(each -> dated(whose + each.number(), each, spend)).toList());
    }

    private static Dated dated(
            String label, PlanVersion version, List<Timeline.Span<List<SpendTerm>>> all) {
        SpendTerms spend = SpendTerms.of(label, version.currency(), version.spendTerms(), all);
        return new Dated(version.validity(), PlanTerms.of(label, version, spend));
    }

    /** The version that counts at a moment; null if none does. */
    @Nullable PlanTerms at(long micros) {
        for (Dated each : latestFirst) {
            if (each.validity.includes(micros)) {
                return each.terms;
            }
        }
        return null;
    }

    /** True if a version has terms on the spend of periods. */
    boolean hasSpendTerms() {
        return latestFirst.stream().anyMatch(each -> !each.terms.spend().isEmpty());
    }

    /** From the first moment of any version to the last, and of another plan. */
    Validity life(PlanHistory other) {
        long from = Validity.OPEN;
        long until = Long.MIN_VALUE;
        for (List<Dated> versions : List.of(latestFirst, other.latestFirst)) {
            for (Dated each : versions) {
                from = Math.min(from, each.validity.fromMicros());
                until = Math.max(until, each.validity.untilMicros());
            }
        }
        return new Validity(from, until);
    }
}
