package dev.meterbook.metering.application;

import dev.meterbook.metering.domain.Admission;
import dev.meterbook.metering.domain.Admission.Accepted;
import dev.meterbook.metering.domain.Intake;
import dev.meterbook.platform.eventlog.AppendOutcome;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.GroupCommitWriter;
import dev.meterbook.platform.eventlog.NewEvent;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Records batches of calls: what is right is appended in one go, what is wrong is answered, and
 * neither hinders the other.
 */
@Singleton
public final class UsageRecorder {

    /** The type under which a call is stored. */
    public static final EventType USAGE_RECORDED = EventType.of("metering.UsageRecorded");

    private final TenantRegister tenants;
    private final GroupCommitWriter writer;
    private final LogProgress progress;
    private final Clock clock;

    UsageRecorder(
            TenantRegister tenants,
            @Named("metering") GroupCommitWriter writer,
            LogProgress progress,
            Clock clock) {
        this.tenants = tenants;
        this.writer = writer;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Records calls.
     *
     * @param credentialTenant the tenant that the credential is bound to; empty for the operator's
     * @param calls 1 to {@link Intake#MAX_CALLS} calls
     * @return tells what became of each; returned at once, before the calls are durable
     */
    public Recording record(String credentialTenant, List<? extends IncomingCall> calls) {
        Instant now = clock.instant();
        Intake intake = new Intake(tenants.forRequest());
        List<Admission> admissions = new ArrayList<>(calls.size());
        List<NewEvent> events = new ArrayList<>(calls.size());
        for (IncomingCall call : calls) {
            Admission admission = intake.admit(call.told(), credentialTenant, now);
            admissions.add(admission);
            if (admission instanceof Accepted accepted) {
                events.add(event(accepted, call));
            }
        }
        return new Recording(admissions, append(events), progress);
    }

    private static NewEvent event(Accepted accepted, IncomingCall call) {
        return NewEvent.of(
                accepted.tenant(), accepted.key(), USAGE_RECORDED, call.stored(accepted));
    }

    private CompletableFuture<List<AppendOutcome>> append(List<NewEvent> events) {
        return events.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : writer.submit(events);
    }
}
