package dev.meterbook.budget.application.admission;

import dev.meterbook.budget.application.admission.Authorization.Warning;
import dev.meterbook.budget.domain.Amount;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.Figures;
import dev.meterbook.budget.domain.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which budgets of a granted call deserve attention. */
final class Warnings {

    private Warnings() {}

    static List<Warning> of(List<HoldLine> lines, List<Figures> before) {
        List<Warning> warnings = new ArrayList<>();
        for (int i = 0; i < lines.size() && warnings.size() < Authorization.MAX_WARNINGS; i++) {
            HoldLine line = lines.get(i);
            Amount limit = line.budget().terms().limit();
            Amount used = limit.with(before.get(i).used().add(line.amount().value()));
            of(line.budget(), used, limit).ifPresent(warnings::add);
        }
        return warnings;
    }

    private static Optional<Warning> of(Budget budget, Amount used, Amount limit) {
        int share = Share.basisPoints(used, limit);
        if (used.exceeds(limit)) {
            return Optional.of(new Warning(budget.key(), share, "limit of " + limit + " exceeded"));
        }
        return budget.terms().thresholdPercents().reversed().stream()
                .filter(percent -> Share.hasReached(used, limit, percent))
                .findFirst()
                .map(
                        percent ->
                                new Warning(
                                        budget.key(),
                                        share,
                                        percent + " % of " + limit + " spent or held"));
    }

    static List<Warning> unreachable(List<Budget> budgets) {
        return budgets.stream()
                .limit(Authorization.MAX_WARNINGS)
                .map(budget -> new Warning(budget.key(), 0, "not counted: no counters"))
                .toList();
    }
}
