package dev.meterbook.gateway.session;

/** A form was not made for the session that sent it. */
public final class ForgedFormException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForgedFormException() {
        super("form without the session's token", null, false, false);
    }
}
