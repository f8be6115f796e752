package dev.meterbook.budget.application.admission;

/**
 * Which hold. The tenant is part of it, so that none can touch a hold of another.
 *
 * @param tenantId the tenant
 * @param holdId unique within the tenant
 */
public record HoldName(String tenantId, String holdId) {

    /** One text for both parts. */
    public String uid() {
        return tenantId + "/" + holdId;
    }

    /** Reads what {@link #uid()} wrote. */
    public static HoldName ofUid(String uid) {
        int slash = uid.indexOf('/');
        return new HoldName(uid.substring(0, slash), uid.substring(slash + 1));
    }
}
