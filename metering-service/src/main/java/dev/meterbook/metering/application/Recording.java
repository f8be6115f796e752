package dev.meterbook.metering.application;

import dev.meterbook.metering.domain.Admission;
import dev.meterbook.metering.domain.Admission.Accepted;
import dev.meterbook.metering.domain.Admission.Rejected;
import dev.meterbook.platform.eventlog.AppendOutcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A batch on its way into the log. */
public final class Recording {

    private final List<Admission> admissions;
    private final CompletableFuture<List<AppendOutcome>> answers;
    private final LogProgress progress;

    Recording(
            List<Admission> admissions,
            CompletableFuture<List<AppendOutcome>> answers,
            LogProgress progress) {
        this.admissions = admissions;
        this.answers = answers;
        this.progress = progress;
    }

    /**
     * Waits until the recorded calls are durable. Done by the waiting thread, so that the writer's
     * thread does nothing but write.
     *
     * @return an outcome for each call of the batch, in order
     * @throws dev.meterbook.platform.eventlog.WriterOverloadedException if too much waits already;
     *     nothing was stored
     * @throws dev.meterbook.platform.jdbc.DatabaseException if the log could not be written; it is
     *     not known whether the calls were stored, and sending them again is safe
     */
    public List<CallOutcome> await() {
        try {
            return outcomes(answers.join());
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private List<CallOutcome> outcomes(List<AppendOutcome> answered) {
        Iterator<AppendOutcome> next = answered.iterator();
        List<CallOutcome> outcomes = new ArrayList<>(admissions.size());
        long reached = 0;
        for (Admission admission : admissions) {
            switch (admission) {
                case Accepted _ -> {
                    AppendOutcome answer = next.next();
                    reached = Math.max(reached, answer.position());
                    outcomes.add(new CallOutcome.Appended(answer));
                }
                case Rejected(var violation) -> outcomes.add(new CallOutcome.Refused(violation));
            }
        }
        progress.reached(reached);
        return outcomes;
    }
}
