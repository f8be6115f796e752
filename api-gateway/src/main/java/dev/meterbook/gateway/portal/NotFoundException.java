package dev.meterbook.gateway.portal;

/** What an address names is not there; shown as a page with status 404. */
final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Refuses.
     *
     * @param message for people
     */
    NotFoundException(String message) {
        super(message, null, false, false);
    }
}
