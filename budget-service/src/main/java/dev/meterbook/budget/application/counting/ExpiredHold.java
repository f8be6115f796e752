package dev.meterbook.budget.application.counting;

import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.domain.HoldPart;
import java.time.Instant;
import java.util.List;

/**
 * A hold that ended because neither its usage nor a release arrived in time.
 *
 * @param name its name
 * @param expireTime when its time ran out
 * @param parts what each budget had held
 */
public record ExpiredHold(HoldName name, Instant expireTime, List<HoldPart> parts) {

    /** Takes a copy. */
    public ExpiredHold {
        parts = List.copyOf(parts);
    }
}
