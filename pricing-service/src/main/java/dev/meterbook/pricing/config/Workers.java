package dev.meterbook.pricing.config;

import dev.meterbook.pricing.intake.LateRatingWorker;
import io.micronaut.context.annotation.Context;

/** Starts, with the process, what runs by itself. */
@Context
final class Workers {

    Workers(LateRatingWorker started) {
        // It works from its creation to the end of the process.
    }
}
