package dev.meterbook.gateway.session;

/**
 * Whether browsers reach the gateway over TLS.
 *
 * @param isUsed true if cookies are to be sent over TLS only
 */
public record Tls(boolean isUsed) {}
