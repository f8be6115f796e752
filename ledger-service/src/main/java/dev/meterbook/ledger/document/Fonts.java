package dev.meterbook.ledger.document;

import org.openpdf.text.Font;

/** The few faces of an invoice. Sizes are in points; they are the only floating numbers here. */
final class Fonts {

    static final Font TITLE = new Font(Font.HELVETICA, 16, Font.BOLD);
    static final Font BOLD = new Font(Font.HELVETICA, 10, Font.BOLD);
    static final Font NORMAL = new Font(Font.HELVETICA, 10, Font.NORMAL);
    static final Font SMALL_BOLD = new Font(Font.HELVETICA, 7.5f, Font.BOLD);
    static final Font SMALL = new Font(Font.HELVETICA, 7.5f, Font.NORMAL);

    /** Width of the line between rows. */
    static final float HAIRLINE = 0.25f;

    private Fonts() {}
}
