package dev.meterbook.gateway.openapi;

/** Parts of comments. */
final class Sentences {

    private Sentences() {}

    /** The first sentence, without what comes after its full stop or colon at a line's end. */
    static String first(String comment) {
        int paragraph = comment.indexOf("\n\n");
        String text = paragraph < 0 ? comment : comment.substring(0, paragraph);
        int stop = text.indexOf(". ");
        return stop < 0 ? text : text.substring(0, stop + 1);
    }
}
