package dev.meterbook.allocation.config;

import dev.meterbook.allocation.application.Registrar;
import dev.meterbook.allocation.axon.AllocationModule;
import dev.meterbook.allocation.axon.AxonDirectoryLog;
import dev.meterbook.allocation.axon.DirectoryCodecs;
import dev.meterbook.allocation.domain.Directory;
import dev.meterbook.allocation.intake.DirectoryFollower;
import dev.meterbook.allocation.intake.RollUpAudit;
import dev.meterbook.allocation.intake.RollUpConsumer;
import dev.meterbook.allocation.projection.AllocatedBatches;
import dev.meterbook.allocation.projection.CostHourProjection;
import dev.meterbook.allocation.projection.CostView;
import dev.meterbook.allocation.projection.DirectoryProjection;
import dev.meterbook.allocation.projection.DirectoryView;
import dev.meterbook.platform.axon.EventCodecs;
import dev.meterbook.platform.consumer.LogTails;
import dev.meterbook.platform.jdbc.Database;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** The beans of the allocation service. */
@Factory
final class AllocationFactory {

    private static final String SERVICE = AllocationModule.SERVICE;

    @Singleton
    Directory directory() {
        return new Directory();
    }

    @Singleton
    AllocationModule module() {
        return new AllocationModule();
    }

    @Singleton
    DirectoryFollower follower(Directory directory) {
        return new DirectoryFollower(directory, new EventCodecs(DirectoryCodecs.all()));
    }

    @Singleton
    RollUpConsumer consumer(Directory directory) {
        return new RollUpConsumer(directory, new AllocatedBatches(), new CostHourProjection());
    }

    @Singleton
    Registrar registrar(
            @Named(SERVICE) Database database,
            @Named(SERVICE) CommandGateway commands,
            LogTails tails,
            DirectoryFollower follower,
            Clock clock) {
        AxonDirectoryLog log = new AxonDirectoryLog(commands, tails.of(follower));
        return new Registrar(database, log, new DirectoryProjection(), clock);
    }

    @Singleton
    RollUpAudit audit(@Named(SERVICE) Database database) {
        return new RollUpAudit(database, new EventCodecs(DirectoryCodecs.all()));
    }

    @Singleton
    DirectoryView directoryView(@Named(SERVICE) Database database) {
        return new DirectoryView(database);
    }

    @Singleton
    CostView costView(
            @Named(SERVICE) Database database,
            @Value("${meterbook.allocation.query-time-limit:20s}") Duration timeLimit) {
        return new CostView(database, timeLimit);
    }
}
