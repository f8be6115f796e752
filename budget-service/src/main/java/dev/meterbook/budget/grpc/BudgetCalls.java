package dev.meterbook.budget.grpc;

import dev.meterbook.budget.application.BudgetAdministration;
import dev.meterbook.budget.application.BudgetBusyException;
import dev.meterbook.budget.application.BudgetDesk.Result;
import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetCommand;
import dev.meterbook.budget.domain.BudgetCommand.ArchiveBudget;
import dev.meterbook.budget.domain.BudgetCommand.ChangeBudget;
import dev.meterbook.budget.domain.BudgetCommand.DefineBudget;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.BudgetProblem;
import dev.meterbook.budget.projection.budget.BudgetView;
import dev.meterbook.budget.projection.budget.BudgetView.Wanted;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.budget.v1.CreateBudgetRequest;
import dev.meterbook.proto.budget.v1.DeleteBudgetRequest;
import dev.meterbook.proto.budget.v1.GetBudgetRequest;
import dev.meterbook.proto.budget.v1.ListBudgetsRequest;
import dev.meterbook.proto.budget.v1.ListBudgetsResponse;
import dev.meterbook.proto.budget.v1.UpdateBudgetRequest;
import io.grpc.StatusRuntimeException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Methods about budgets themselves. */
@Singleton
final class BudgetCalls {

    private final BudgetAdministration administration;
    private final BudgetView view;
    private final Clock clock;

    BudgetCalls(BudgetAdministration administration, BudgetView view, Clock clock) {
        this.administration = administration;
        this.view = view;
        this.clock = clock;
    }

    dev.meterbook.proto.budget.v1.Budget create(CreateBudgetRequest request) {
        Access.require(Scope.ADMIN, Names.owner(request.getParent()));
        DefineBudget command = BudgetForms.define(request, clock.instant());
        if (administration.isFullFor(command)) {
            throw Refusal.exhausted(
                    "TOO_MANY_BUDGETS",
                    "parent: "
                            + request.getParent()
                            + " has "
                            + BudgetAdministration.MAX_BUDGETS
                            + " active budgets",
                    Duration.ofHours(1));
        }
        return done(command);
    }

    dev.meterbook.proto.budget.v1.Budget get(GetBudgetRequest request) {
        BudgetKey key = Names.budget("name", request.getName());
        Access.require(Scope.READ, key.tenantId());
        return view.find(key)
                .map(BudgetProtos::toProto)
                .orElseThrow(() -> Refusal.notFound("UNKNOWN_BUDGET", request.getName()));
    }

    ListBudgetsResponse list(ListBudgetsRequest request) {
        String owner = Names.owner(request.getParent());
        Access.require(Scope.READ, owner);
        int size = Pages.size(request.getPageSize());
        List<Budget> page =
                view.list(
                        owner,
                        Pages.afterId(request.getPageToken()),
                        request.getShowDeleted() ? Wanted.ARCHIVED_TOO : Wanted.ACTIVE,
                        size);
        return ListBudgetsResponse.newBuilder()
                .addAllBudgets(page.stream().map(BudgetProtos::toProto).toList())
                .setNextPageToken(Pages.next(page, size, budget -> budget.key().budgetId()))
                .build();
    }

    dev.meterbook.proto.budget.v1.Budget update(UpdateBudgetRequest request) {
        BudgetKey key = Names.budget("budget.name", request.getBudget().getName());
        Access.require(Scope.ADMIN, key.tenantId());
        ChangeBudget command = BudgetForms.change(request, clock.instant());
        return done(command);
    }

    dev.meterbook.proto.budget.v1.Budget delete(DeleteBudgetRequest request) {
        BudgetKey key = Names.budget("name", request.getName());
        Access.require(Scope.ADMIN, key.tenantId());
        return done(new ArchiveBudget(key, clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    private dev.meterbook.proto.budget.v1.Budget done(BudgetCommand command) {
        try {
            return switch (administration.handle(command)) {
                case Result.Done(Budget budget) -> BudgetProtos.toProto(budget);
                case Result.Refused(BudgetProblem problem) ->
                        throw refusal(problem, command.key().name());
            };
        } catch (BudgetBusyException busy) {
            throw Refusal.aborted("BUDGET_BUSY", command.key().name() + ": " + busy.getMessage());
        }
    }

    private static StatusRuntimeException refusal(BudgetProblem problem, String name) {
        return switch (problem) {
            case UNKNOWN_BUDGET -> Refusal.notFound(problem.name(), name);
            case BUDGET_EXISTS ->
                    Refusal.exists(problem.name(), name + ": taken (expected: an id that is free)");
            case BUDGET_ARCHIVED ->
                    Refusal.precondition(
                            problem.name(), name + ": archived (expected: an active budget)");
            case IMMUTABLE_FIELD ->
                    Refusal.invalid(
                            problem.name(),
                            "budget.limit",
                            "another unit",
                            "the unit that the budget was created with");
        };
    }
}
