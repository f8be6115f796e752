package dev.meterbook.ledger.document;

import dev.meterbook.kernel.Money;
import dev.meterbook.ledger.domain.CreditPayment;
import dev.meterbook.ledger.domain.InvoiceHeader;
import dev.meterbook.ledger.domain.InvoiceLine;
import dev.meterbook.ledger.domain.InvoiceSheet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.openpdf.text.Chunk;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.Rectangle;
import org.openpdf.text.pdf.PdfDate;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfEncryption;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/**
 * An invoice as PDF on A4, with text that can be selected. The same invoice always gives the same
 * bytes: the file's times and id come from the invoice. Letters beyond Windows-1252 are left out,
 * as the fonts are those that every reader brings along.
 */
public final class InvoicePdf {

    private static final int MARGIN = 48;
    private static final int FOOT = 60;
    private static final int LEADING = 14;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);
    private static final String[] COLUMNS = {
        "#",
        "Service period",
        "Provider",
        "Model",
        "Application",
        "Calls",
        "Input tokens",
        "Output tokens",
        "Amount"
    };
    private static final int[] WIDTHS = {4, 11, 10, 19, 15, 8, 12, 12, 12};
    private static final int FIRST_NUMBER_COLUMN = 5;

    /** Credits whose payments stand on one page with the total. */
    private static final int MAX_KEPT_TOGETHER = 20;

    private final Seller seller;

    /** Renders the invoices of a seller. */
    public InvoicePdf(Seller seller) {
        this.seller = seller;
    }

    /** Writes an invoice. */
    public byte[] render(InvoiceSheet invoice) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, FOOT)) {
            PdfWriter writer = PdfWriter.getInstance(document, bytes);
            writer.setPageEvent(new PageFooter(seller.name() + " · " + title(invoice)));
            document.addTitle(title(invoice));
            document.addAuthor(seller.name());
            document.open();
            stamp(writer.getInfo(), invoice);
            document.add(head(invoice));
            document.add(facts(invoice));
            document.add(lines(invoice));
            document.add(totals(invoice));
            document.add(notes(invoice));
        }
        return bytes.toByteArray();
    }

    private static String title(InvoiceSheet invoice) {
        return invoice.header().issue() == null
                ? "Draft, not an invoice"
                : "Invoice " + invoice.header().title();
    }

    /** Times and id of the file, which the library would take from the clock. */
    private static void stamp(PdfDictionary info, InvoiceSheet invoice) {
        InvoiceHeader header = invoice.header();
        InvoiceHeader.Issue issue = header.issue();
        Instant time = issue == null ? header.createTime() : issue.issueTime();
        info.put(
                PdfName.CREATIONDATE,
                new PdfDate(
                        DateTimeFormatter.ofPattern("'D:'yyyyMMddHHmmss'Z'", Locale.ROOT)
                                .withZone(ZoneOffset.UTC)
                                .format(time)));
        byte[] id = fileId(header.id().resourceName() + " " + header.title());
        info.put(PdfName.FILEID, PdfEncryption.createInfoId(id, id));
    }

    private static byte[] fileId(String name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(hash, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private PdfPTable head(InvoiceSheet invoice) {
        PdfPTable head = table(3, 2);
        Phrase left = new Phrase();
        left.add(new Chunk(seller.name() + "\n", Fonts.BOLD));
        seller.lines().forEach(line -> left.add(new Chunk(line + "\n", Fonts.NORMAL)));
        PdfPCell from = plain(left, Element.ALIGN_LEFT);
        from.setLeading(LEADING, 0);
        head.addCell(from);
        head.addCell(plain(new Phrase(title(invoice), Fonts.TITLE), Element.ALIGN_RIGHT));
        head.setSpacingAfter(24);
        return head;
    }

    private static PdfPTable facts(InvoiceSheet invoice) {
        InvoiceHeader header = invoice.header();
        InvoiceHeader.Issue issue = header.issue();
        PdfPTable facts = table(1, 4);
        fact(facts, "Billed to", header.id().tenant());
        fact(facts, "Invoice id", header.id().id());
        fact(facts, "Period", header.period() + " (UTC)");
        if (issue != null) {
            fact(facts, "Issued on", DATE.format(issue.issueTime()));
        }
        if (header.payTime() != null) {
            fact(facts, "Paid on", DATE.format(header.payTime()));
        }
        fact(facts, "Currency", header.currency().code());
        facts.setSpacingAfter(18);
        return facts;
    }

    private static void fact(PdfPTable facts, String name, String value) {
        facts.addCell(plain(new Phrase(name, Fonts.BOLD), Element.ALIGN_LEFT));
        facts.addCell(plain(new Phrase(value, Fonts.NORMAL), Element.ALIGN_LEFT));
    }

    private static PdfPTable lines(InvoiceSheet invoice) {
        PdfPTable table = table(WIDTHS);
        table.setHeaderRows(1);
        for (int column = 0; column < COLUMNS.length; column++) {
            PdfPCell cell = cell(new Phrase(COLUMNS[column], Fonts.SMALL_BOLD), column);
            cell.setBorder(Rectangle.TOP | Rectangle.BOTTOM);
            table.addCell(cell);
        }
        int number = 0;
        for (InvoiceLine line : invoice.lines().lines()) {
            number++;
            add(table, invoice, number, line);
        }
        return table;
    }

    private static void add(PdfPTable table, InvoiceSheet invoice, int number, InvoiceLine line) {
        String[] row = {
            Integer.toString(number),
            line.servicePeriod() + (invoice.isLate(line) ? " (late)" : ""),
            line.provider(),
            line.isUsage() ? line.model() : line.kind().description(),
            line.isUsage() ? line.application() : line.term(),
            count(line, line.calls()),
            count(line, line.inputTokens()),
            count(line, line.outputTokens()),
            Amounts.grouped(line.amount())
        };
        for (int column = 0; column < row.length; column++) {
            PdfPCell cell = cell(new Phrase(row[column], Fonts.SMALL), column);
            cell.setBorder(Rectangle.BOTTOM);
            cell.setBorderWidth(Fonts.HAIRLINE);
            table.addCell(cell);
        }
    }

    private static PdfPTable totals(InvoiceSheet invoice) {
        PdfPTable totals = table(5, 2);
        InvoiceHeader.Issue issue = invoice.header().issue();
        total(totals, Fonts.BOLD, "Total", invoice.lines().total());
        if (issue != null && !issue.credits().isZero()) {
            for (CreditPayment credit : invoice.credits().payments()) {
                total(totals, Fonts.SMALL, credit.credit(), credit.amount().negated());
            }
            total(totals, Fonts.BOLD, "Credits applied", issue.credits().negated());
            total(totals, Fonts.BOLD, "Amount due", issue.amountDue());
        }
        totals.setSpacingBefore(10);
        totals.setKeepTogether(invoice.credits().payments().size() <= MAX_KEPT_TOGETHER);
        return totals;
    }

    private static void total(PdfPTable totals, Font font, String name, Money amount) {
        String text = amount.currency() + " " + Amounts.grouped(amount);
        totals.addCell(plain(new Phrase(name, font), Element.ALIGN_RIGHT));
        PdfPCell cell = plain(new Phrase(text, font), Element.ALIGN_RIGHT);
        cell.setPaddingRight(2);
        totals.addCell(cell);
    }

    private static Paragraph notes(InvoiceSheet invoice) {
        Paragraph notes =
                new Paragraph(
                        "Exact sum of the charges: "
                                + invoice.lines().exactTotal().plainAmount()
                                + " "
                                + invoice.lines().currency()
                                + "; each line is rounded once. Taken from the book at rating position "
                                + invoice.ratingPosition()
                                + ". Lines marked (late) are of an earlier period and became known"
                                + " after it was invoiced.",
                        Fonts.SMALL);
        notes.setSpacingBefore(14);
        return notes;
    }

    /** Terms have no calls. */
    private static String count(InvoiceLine line, long count) {
        return line.isUsage() ? String.format(Locale.ROOT, "%,d", count) : "";
    }

    private static PdfPTable table(int... widths) {
        PdfPTable table = new PdfPTable(widths.length);
        table.setWidthPercentage(100);
        table.setWidths(widths);
        return table;
    }

    private static PdfPCell plain(Phrase text, int alignment) {
        PdfPCell cell = new PdfPCell(text);
        cell.setBorder(Rectangle.NO_BORDER);
        cell.setHorizontalAlignment(alignment);
        cell.setPaddingLeft(0);
        cell.setPaddingRight(0);
        return cell;
    }

    private static PdfPCell cell(Phrase text, int column) {
        PdfPCell cell = new PdfPCell(text);
        cell.setHorizontalAlignment(
                column >= FIRST_NUMBER_COLUMN ? Element.ALIGN_RIGHT : Element.ALIGN_LEFT);
        cell.setPaddingTop(3);
        cell.setPaddingBottom(4);
        return cell;
    }
}
