package dev.meterbook.gateway.access;

import dev.meterbook.platform.security.ApiKey;

/** What became of the wish for a key. */
public sealed interface Issuance {

    /**
     * The key exists now.
     *
     * @param record the key
     * @param credential with the secret, which is nowhere else
     */
    record Issued(ApiKeyRecord record, ApiKey credential) implements Issuance {}

    /**
     * The same key was issued before.
     *
     * @param record the key
     */
    record Repeated(ApiKeyRecord record) implements Issuance {}

    /** Another key has that id. */
    record Taken() implements Issuance {}
}
