package dev.meterbook.kernel;

/** The two forms of id: short names that Meterbook governs, and opaque ids of the caller. */
public final class Identifiers {

    /** The longest governed name, in characters. */
    public static final int MAX_NAME_LENGTH = 63;

    /** The longest opaque id, in characters. */
    public static final int MAX_ID_LENGTH = 64;

    /** What {@link #isName} expects, for messages. */
    public static final String NAME_FORM = "1 to 63 characters of a-z, 0-9 and -, not - first";

    /** What {@link #isOpaqueId} expects, for messages. */
    public static final String OPAQUE_ID_FORM =
            "1 to 64 characters: a letter or digit, then letters, digits and ._:@/-";

    private Identifiers() {}

    /**
     * True for ids of tenants, contracts, budgets, cost centers: {@code [a-z0-9][a-z0-9-]{0,62}}.
     */
    public static boolean isName(String text) {
        if (text.isEmpty() || text.length() > MAX_NAME_LENGTH || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLowerCase(c) && !isDigit(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** True for ids the caller chooses: {@code [A-Za-z0-9][A-Za-z0-9._:@/-]{0,63}}. */
    public static boolean isOpaqueId(String text) {
        return isOpaqueId(text, MAX_ID_LENGTH);
    }

    /**
     * As {@link #isOpaqueId(String)}, with another limit of length, for example for model names.
     */
    public static boolean isOpaqueId(String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isLetterOrDigit(text.charAt(i)) && "._:@/-".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return isLowerCase(c) || isDigit(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isLowerCase(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
