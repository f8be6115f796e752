package dev.meterbook.pricing.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of one plan by time. Immutable. */
final class PlanHistory {

    private record Dated(Validity validity, PlanTerms terms) {}

    static final PlanHistory NONE = new PlanHistory(List.of());

    private final List<Dated> latestFirst;

    private PlanHistory(List<Dated> latestFirst) {
        this.latestFirst = latestFirst;
    }

    static PlanHistory of(Plan plan) {
        String whose = plan.tenant().isEmpty() ? "default-" : "own-";
        List<Dated> dated = new ArrayList<>();
        for (PlanVersion version : plan.versions().reversed()) {
            dated.add(
                    new Dated(version.validity(), PlanTerms.of(whose + version.number(), version)));
        }
        dated.sort(
                Comparator.comparingLong((Dated each) -> each.validity().fromMicros()).reversed());
        return new PlanHistory(List.copyOf(dated));
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
}
