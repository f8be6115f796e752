package dev.meterbook.pricing.domain;

/**
 * Which names are meant: one name, or all that begin in a certain way. Models and regions are named
 * so in the terms of a contract.
 *
 * @param text the name; or its beginning and {@code *}; {@code *} alone means every name
 */
public record ModelPattern(String text) {

    /** Every name. */
    public static final ModelPattern ANY = new ModelPattern("*");

    private static final String FAMILY_MARK = "*";

    /** True if it means more than one name. */
    public boolean isFamily() {
        return text.endsWith(FAMILY_MARK);
    }

    /** True if the name is meant. */
    public boolean includes(String name) {
        return isFamily()
                ? name.regionMatches(0, text, 0, text.length() - FAMILY_MARK.length())
                : text.equals(name);
    }

    /** The name itself goes before a family, a longer beginning before a shorter one. */
    int rank() {
        return isFamily() ? text.length() - FAMILY_MARK.length() : Integer.MAX_VALUE;
    }

    @Override
    public String toString() {
        return text;
    }
}
