package dev.meterbook.budget.domain;

/** What happens with a call that does not fit into a budget any more. */
public sealed interface Policy {

    /** It is granted all the same, with a warning. */
    record Warn() implements Policy {}

    /** It is granted with as many output tokens as fit, else denied. */
    record LowerOutput() implements Policy {}

    /**
     * It is granted for another model of the same provider if that fits, else denied.
     *
     * @param model the cheaper model
     */
    record Downgrade(String model) implements Policy {}

    /** It is denied. */
    record Deny() implements Policy {}

    /** True if the ceiling holds: no call is granted that does not fit. */
    default boolean isHard() {
        return switch (this) {
            case Warn _ -> false;
            case LowerOutput _, Downgrade _, Deny _ -> true;
        };
    }
}
