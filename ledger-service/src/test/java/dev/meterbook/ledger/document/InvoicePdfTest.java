package dev.meterbook.ledger.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class InvoicePdfTest {

    private final InvoicePdf pdf =
            new InvoicePdf(new Seller("Example Cloud AG", List.of("Musterweg 1", "VAT CH-123")));

    private static String text(byte[] file) throws IOException {
        StringBuilder text = new StringBuilder();
        try (PdfReader reader = new PdfReader(file)) {
            PdfTextExtractor extractor = new PdfTextExtractor(reader);
            for (int page = 1; page <= reader.getNumberOfPages(); page++) {
                text.append(extractor.getTextFromPage(page)).append('\n');
            }
        }
        return text.toString();
    }

    @Test
    void says_who_what_and_how_much_in_text_that_can_be_selected() throws IOException {
        assertThat(text(pdf.render(SampleInvoice.issued(3))))
                .contains("Example Cloud AG", "Musterweg 1", "VAT CH-123")
                .contains("Invoice INV-2026-000017", "acme", "october")
                .contains("2026-10 (UTC)", "2026-11-02")
                .contains("2026-09 (late)", "claude-sonnet-4-5", "gpt-001", "18,000")
                .contains("3.33", "1,234.57")
                .contains("USD 2,472.47")
                .contains("2472.4633 USD")
                .contains("rating position 4711");
    }

    @Test
    void a_minimum_is_a_line_without_calls() throws IOException {
        assertThat(text(pdf.render(SampleInvoice.withMinimum())))
                .contains("Minimum fee", "=floor", "12.35", "USD 1,250.25");
    }

    @Test
    void says_what_credits_paid_and_what_is_due() throws IOException {
        assertThat(text(pdf.render(SampleInvoice.withCredits())))
                .contains("USD 1,237.90", "welcome", "USD -200.00", "prepaid-1", "USD -1,000.00")
                .containsSubsequence(
                        "Total", "Credits applied", "USD -1,200.00", "Amount due", "USD 37.90");
        assertThat(text(pdf.render(SampleInvoice.issued(2))))
                .doesNotContain("Credits applied", "Amount due");
    }

    @Test
    void counts_its_pages_and_repeats_the_head_of_the_table() throws IOException {
        byte[] file = pdf.render(SampleInvoice.issued(120));

        try (PdfReader reader = new PdfReader(file)) {
            assertThat(reader.getNumberOfPages()).isEqualTo(3);
            for (int page = 1; page <= 3; page++) {
                assertThat(new PdfTextExtractor(reader).getTextFromPage(page))
                        .contains("Page " + page + " of", "Input tokens", "INV-2026-000017");
            }
        }
    }

    @Test
    void the_same_invoice_gives_the_same_bytes() {
        assertThat(pdf.render(SampleInvoice.issued(30)))
                .isEqualTo(pdf.render(SampleInvoice.issued(30)));
    }

    @Test
    void a_draft_says_so() throws IOException {
        assertThat(text(pdf.render(SampleInvoice.draft())))
                .contains("Draft, not an invoice")
                .doesNotContain("INV-");
    }
}
