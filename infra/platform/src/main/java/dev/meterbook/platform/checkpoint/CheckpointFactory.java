package dev.meterbook.platform.checkpoint;

import dev.meterbook.platform.eventlog.WakeUps;
import dev.meterbook.platform.jdbc.Database;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Checkpoints of each service of the process, if {@code meterbook.checkpoint-folder} (or {@code
 * METERBOOK_CHECKPOINT_FOLDER}) names a folder.
 */
@Factory
final class CheckpointFactory {

    @Context
    @Bean(preDestroy = "close")
    @EachBean(Database.class)
    @Requires(property = "meterbook.checkpoint-folder")
    CheckpointKeeper keeper(
            Database database,
            @Parameter WakeUps wakeUps,
            Clock clock,
            @Value("${meterbook.checkpoint-folder}") Path folder) {
        return new CheckpointKeeper(database, wakeUps, clock, folder);
    }
}
