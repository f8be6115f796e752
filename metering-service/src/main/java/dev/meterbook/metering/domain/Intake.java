package dev.meterbook.metering.domain;

import dev.meterbook.kernel.CallKey;
import dev.meterbook.kernel.Violation;
import dev.meterbook.metering.domain.Admission.Accepted;
import dev.meterbook.metering.domain.Admission.Rejected;
import java.time.Instant;
import java.util.Optional;

/**
 * The door of the meter: finds out whose call it is, checks every limit, and brings the call into
 * its normal form. A contradiction is refused with its reason, never clipped or guessed.
 */
public final class Intake {

    /** Calls of one batch at most. */
    public static final int MAX_CALLS = 1_000;

    private final Tenants tenants;

    /**
     * A door that admits calls of known tenants in good standing.
     *
     * @param tenants who is known
     */
    public Intake(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * Why a batch as a whole cannot be taken; empty if it can.
     *
     * @param calls how many calls it has
     */
    public static Optional<Violation> violationOfBatch(int calls) {
        Reason reason = calls == 0 ? Reason.NO_CALLS : Reason.BATCH_TOO_LARGE;
        return calls >= 1 && calls <= MAX_CALLS
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                reason.name(),
                                "calls",
                                calls + " calls",
                                "1 to " + MAX_CALLS + " calls"));
    }

    /**
     * Answers one call.
     *
     * @param call as told
     * @param credentialTenant the tenant that the caller's credential is bound to; empty for the
     *     operator's, which may record for any tenant
     * @param now our clock
     */
    public Admission admit(MeteredCall call, String credentialTenant, Instant now) {
        Findings findings = new Findings();
        String tenant = call.tenant().isEmpty() ? credentialTenant : call.tenant();
        checkTenant(tenant, credentialTenant, findings);
        // Before the rest: a body that cannot be read cannot tell the model either.
        findings.addIfAny(call.usage().told().bodyViolation());
        CallRules.check(call, findings);
        call.occurTime().check(now, findings);
        call.usage().check(findings);
        Violation violation = findings.first();
        return violation != null
                ? new Rejected(violation)
                : new Accepted(
                        tenant,
                        CallKey.of(call.id()),
                        call.occurTime().micros(),
                        call.usage().told().normalised());
    }

    private void checkTenant(String tenant, String credentialTenant, Findings findings) {
        if (tenant.isEmpty()) {
            findings.addMissing(
                    Reason.TENANT_MISSING,
                    "tenant",
                    "a tenant, since the credential is not bound to one");
        } else if (!credentialTenant.isEmpty() && !tenant.equals(credentialTenant)) {
            findings.add(
                    Reason.TENANT_MISMATCH,
                    "tenant",
                    tenant,
                    "empty or " + credentialTenant + ", the credential's tenant");
        } else {
            CallRules.checkName(Reason.INVALID_TENANT, "tenant", tenant, findings);
            checkStanding(tenant, findings);
        }
    }

    private void checkStanding(String tenant, Findings findings) {
        if (findings.first() != null) {
            return;
        }
        switch (tenants.standing(tenant)) {
            case UNKNOWN ->
                    findings.add(
                            Reason.UNKNOWN_TENANT, "tenant", tenant, "id of a registered tenant");
            case SUSPENDED ->
                    findings.add(
                            Reason.TENANT_SUSPENDED,
                            "tenant",
                            tenant,
                            "a tenant that is not suspended");
            case ACTIVE -> {}
        }
    }
}
