package dev.meterbook.budget.application;

/** A budget was changed by others again and again while a command was carried out. */
public final class BudgetBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what was seen last. */
    public BudgetBusyException(Throwable cause) {
        super("the budget was changed by others meanwhile", cause);
    }
}
