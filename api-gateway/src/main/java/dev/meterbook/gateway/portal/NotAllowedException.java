package dev.meterbook.gateway.portal;

/** A person who is signed in may not do this; shown as a page with status 403. */
final class NotAllowedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Refuses.
     *
     * @param message for people
     */
    NotAllowedException(String message) {
        super(message, null, false, false);
    }
}
