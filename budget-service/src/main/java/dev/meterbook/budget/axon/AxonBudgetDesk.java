package dev.meterbook.budget.axon;

import dev.meterbook.budget.application.BudgetBusyException;
import dev.meterbook.budget.application.BudgetDesk;
import dev.meterbook.budget.domain.BudgetCommand;
import dev.meterbook.budget.domain.BudgetProblem;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;

/** Sends commands to budgets by Axon. */
@Singleton
final class AxonBudgetDesk implements BudgetDesk {

    /** Times that a command is tried when another process changed the budget meanwhile. */
    private static final int ATTEMPTS = 3;

    private final CommandGateway gateway;

    AxonBudgetDesk(@Named("budget") CommandGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Result handle(BudgetCommand command) {
        for (int attempt = 1; ; attempt++) {
            try {
                return gateway.sendAndWait(command);
            } catch (AggregateNotFoundException unknown) {
                return new Result.Refused(BudgetProblem.UNKNOWN_BUDGET);
            } catch (ConcurrencyException overtaken) {
                if (attempt >= ATTEMPTS) {
                    throw new BudgetBusyException(overtaken);
                }
            }
        }
    }
}
