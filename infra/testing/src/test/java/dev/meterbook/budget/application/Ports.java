package dev.meterbook.budget.application;

import dev.meterbook.proto.budget.v1.BudgetSample;
import io.micronaut.context.ApplicationContext;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Breaks, on purpose: sees the wire, the framework and Axon. */
public interface Ports {
    /** Breaks: Axon. */
    CommandGateway commands();

    /** Breaks: Micronaut. */
    ApplicationContext context();

    /** Breaks: a message. */
    BudgetSample message();
}
