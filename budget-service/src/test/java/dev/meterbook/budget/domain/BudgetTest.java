package dev.meterbook.budget.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.budget.domain.BudgetCommand.ArchiveBudget;
import dev.meterbook.budget.domain.BudgetCommand.ChangeBudget;
import dev.meterbook.budget.domain.BudgetCommand.DefineBudget;
import dev.meterbook.budget.domain.BudgetCommand.ReportSpend;
import dev.meterbook.budget.domain.BudgetEvent.BudgetChanged;
import dev.meterbook.budget.domain.BudgetEvent.ThresholdReached;
import dev.meterbook.budget.domain.Decision.Accepted;
import dev.meterbook.budget.domain.Decision.Refused;
import dev.meterbook.kernel.CurrencyCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final Instant TIME = Instant.parse("2026-07-15T10:00:00Z");
    private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant AUGUST = Instant.parse("2026-08-01T00:00:00Z");
    private static final BudgetKey KEY = new BudgetKey("acme", "monthly");
    private static final Window MONTH =
            new Window.Calendar(Window.CalendarUnit.MONTH, ZoneId.of("UTC"));

    private static Amount usd(String amount) {
        return Amount.of(amount, CurrencyCode.USD);
    }

    private static Terms terms(String limit) {
        return new Terms(usd(limit), List.of(50, 100), new Policy.Deny());
    }

    private static DefineBudget define(String limit) {
        return new DefineBudget(KEY, Scope.EVERYTHING, MONTH, terms(limit), TIME);
    }

    private static Budget given(BudgetCommand... commands) {
        @Nullable Budget budget = null;
        for (BudgetCommand command : commands) {
            for (BudgetEvent event : ((Accepted) Budget.decide(budget, command)).events()) {
                budget = Budget.evolve(budget, event);
            }
        }
        if (budget == null) {
            throw new IllegalArgumentException("commands: none (expected: some)");
        }
        return budget;
    }

    private static ReportSpend report(Instant window, String spent) {
        return new ReportSpend(KEY, window, usd(spent), TIME);
    }

    private static ChangeBudget limit(Amount limit) {
        return new ChangeBudget(
                KEY, new TermsChange(Optional.of(limit), Optional.empty(), Optional.empty()), TIME);
    }

    private static List<Integer> alerted(Decision decision) {
        return ((Accepted) decision)
                .events().stream().map(event -> ((ThresholdReached) event).percent()).toList();
    }

    @Test
    void the_same_definition_again_changes_nothing() {
        assertThat(Budget.decide(given(define("20")), define("20.00")))
                .isEqualTo(Decision.unchanged());
    }

    @Test
    void another_definition_of_the_same_name_is_refused() {
        assertThat(Budget.decide(given(define("20")), define("21")))
                .isEqualTo(new Refused(BudgetProblem.BUDGET_EXISTS));
    }

    @Test
    void a_name_is_not_given_again() {
        Budget archived = given(define("20"), new ArchiveBudget(KEY, TIME));

        assertThat(Budget.decide(archived, define("20")))
                .isEqualTo(new Refused(BudgetProblem.BUDGET_EXISTS));
        assertThat(Budget.decide(archived, limit(usd("30"))))
                .isEqualTo(new Refused(BudgetProblem.BUDGET_ARCHIVED));
    }

    @Test
    void a_total_without_a_told_start_is_the_same_when_repeated_later() {
        Instant later = TIME.plusSeconds(60);
        DefineBudget first =
                new DefineBudget(KEY, Scope.EVERYTHING, new Window.Total(TIME), terms("5"), TIME);
        DefineBudget again =
                new DefineBudget(KEY, Scope.EVERYTHING, new Window.Total(later), terms("5"), later);

        assertThat(Budget.decide(given(first), again)).isEqualTo(Decision.unchanged());
    }

    @Test
    void the_unit_of_the_limit_never_changes() {
        assertThat(Budget.decide(given(define("20")), limit(Amount.tokens(20))))
                .isEqualTo(new Refused(BudgetProblem.IMMUTABLE_FIELD));
    }

    @Test
    void only_what_is_named_changes() {
        assertThat(Budget.decide(given(define("20")), limit(usd("25"))))
                .isEqualTo(Decision.of(new BudgetChanged(KEY, terms("25"), TIME)));
    }

    @Test
    void without_a_definition_there_is_nothing_to_change() {
        assertThat(Budget.decide(null, limit(usd("25"))))
                .isEqualTo(new Refused(BudgetProblem.UNKNOWN_BUDGET));
    }

    @Test
    void b20_each_threshold_is_alerted_once_in_a_window() {
        Budget half = given(define("20"), report(JULY, "10"));

        assertThat(alerted(Budget.decide(half, report(JULY, "19.99")))).isEmpty();
        assertThat(alerted(Budget.decide(half, report(JULY, "20")))).containsExactly(100);
        assertThat(alerted(Budget.decide(half, report(AUGUST, "10")))).containsExactly(50);
    }

    @Test
    void one_leap_over_two_thresholds_alerts_both() {
        assertThat(alerted(Budget.decide(given(define("20")), report(JULY, "21"))))
                .containsExactly(50, 100);
    }

    @Test
    void b17_a_raised_limit_does_not_alert_again() {
        Budget raised = given(define("20"), report(JULY, "15.40"), limit(usd("25")));

        assertThat(alerted(Budget.decide(raised, report(JULY, "15.40")))).isEmpty();
        assertThat(alerted(Budget.decide(raised, report(JULY, "25")))).containsExactly(100);
    }

    @Test
    void remembers_alerts_of_the_newest_200_windows() {
        Budget budget = given(define("20"));
        for (int day = 0; day < 201; day++) {
            for (BudgetEvent event :
                    ((Accepted)
                                    Budget.decide(
                                            budget, report(JULY.plusSeconds(86_400L * day), "10")))
                            .events()) {
                budget = Budget.evolve(budget, event);
            }
        }

        assertThat(budget.alerts().byWindow()).hasSize(200);
        assertThat(budget.alerts().contains(JULY, 50)).isFalse();
        assertThat(budget.alerts().contains(JULY.plusSeconds(86_400), 50)).isTrue();
    }

    @Test
    void b19_a_threshold_measures_the_whole_limit() {
        Amount limit = usd("15.00");

        assertThat(Share.basisPoints(usd("0.40"), limit)).isEqualTo(266);
        assertThat(Share.hasReached(usd("14.849999999999999"), limit, 99)).isFalse();
        assertThat(Share.hasReached(usd("14.85"), limit, 99)).isTrue();
    }

    @Test
    void any_spend_is_all_of_a_limit_of_zero() {
        assertThat(Share.hasReached(usd("0"), usd("0"), 100)).isFalse();
        assertThat(Share.hasReached(usd("0.000000000000001"), usd("0"), 100)).isTrue();
        assertThat(Share.basisPoints(usd("0.01"), usd("0"))).isEqualTo(2_147_483_647);
    }
}
