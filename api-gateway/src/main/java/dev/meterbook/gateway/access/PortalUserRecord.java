package dev.meterbook.gateway.access;

import java.time.Instant;

/**
 * A sign-in of the portal.
 *
 * @param login the name, in lower case
 * @param tenant the tenant; empty for the operator's people
 * @param role what the person may do
 * @param createTime when it was created
 */
public record PortalUserRecord(String login, String tenant, PortalRole role, Instant createTime) {}
