package dev.meterbook.pricing.application;

import dev.meterbook.pricing.domain.Decision;
import dev.meterbook.pricing.domain.PricingCommand;

/** Takes commands, one at a time for each contract and plan, and stores what comes of them. */
public interface CommandDesk {

    /** Decides about a command; when this returns, what was accepted is durable. */
    Decision decide(PricingCommand command);
}
