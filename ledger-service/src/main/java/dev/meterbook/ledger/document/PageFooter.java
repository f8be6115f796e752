package dev.meterbook.ledger.document;

import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.pdf.BaseFont;
import org.openpdf.text.pdf.PdfContentByte;
import org.openpdf.text.pdf.PdfPageEventHelper;
import org.openpdf.text.pdf.PdfTemplate;
import org.openpdf.text.pdf.PdfWriter;

/** Writes "Page 1 of 2" below each page; how many there are is filled in at the end. */
final class PageFooter extends PdfPageEventHelper {

    private static final int SIZE = 8;
    private static final int ABOVE_EDGE = 32;
    private static final int TOTAL_WIDTH = 30;

    private final String text;
    private @Nullable PdfTemplate total;

    PageFooter(String text) {
        this.text = text;
    }

    @Override
    public void onEndPage(PdfWriter writer, Document document) {
        PdfContentByte page = writer.getDirectContent();
        PdfTemplate totalPages = total;
        if (totalPages == null) {
            totalPages = page.createTemplate(TOTAL_WIDTH, SIZE * 2);
            total = totalPages;
        }
        BaseFont font = Fonts.SMALL.getCalculatedBaseFont(false);
        String before = "Page " + writer.getPageNumber() + " of ";
        float end = document.right() - TOTAL_WIDTH;
        page.beginText();
        page.setFontAndSize(font, SIZE);
        page.setTextMatrix(document.left(), ABOVE_EDGE);
        page.showText(text);
        page.setTextMatrix(end - font.getWidthPoint(before, SIZE), ABOVE_EDGE);
        page.showText(before);
        page.endText();
        page.addTemplate(totalPages, end, ABOVE_EDGE);
    }

    @Override
    public void onCloseDocument(PdfWriter writer, Document document) {
        PdfTemplate totalPages = total;
        if (totalPages != null) {
            totalPages.beginText();
            totalPages.setFontAndSize(Fonts.SMALL.getCalculatedBaseFont(false), SIZE);
            totalPages.setTextMatrix(0, 0);
            totalPages.showText(Integer.toString(writer.getPageNumber() - 1));
            totalPages.endText();
        }
    }
}
