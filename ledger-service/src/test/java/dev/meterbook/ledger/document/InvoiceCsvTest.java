package dev.meterbook.ledger.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class InvoiceCsvTest {

    @Test
    void writes_a_row_for_each_line() {
        String csv =
                new String(
                        new InvoiceCsv().render(SampleInvoice.issued(2)), StandardCharsets.UTF_8);

        assertThat(csv)
                .isEqualTo(
                        "invoice,number,state,tenant,period,line,service_period,late,provider,model,"
                                + "application,calls,input_tokens,output_tokens,exact_amount,amount,"
                                + "currency,charge_category,description,term,amount_due\r\n"
                                + "october,INV-2026-000017,issued,acme,2026-10,1,2026-09,true,"
                                + "anthropic,claude-sonnet-4-5,chat,12,18000,3600,3.3333,3.33,USD,Usage,,,"
                                + "1237.90\r\n"
                                + "october,INV-2026-000017,issued,acme,2026-10,2,2026-10,false,"
                                + "openai,gpt-001,chat,1000,1500000,300000,1234.565,1234.57,USD,"
                                + "Usage,,,1237.90\r\n");
    }

    @Test
    void a_text_is_never_taken_for_a_formula() {
        assertThat(InvoiceCsv.harmless("=HYPERLINK(\"x\")")).isEqualTo("'=HYPERLINK(\"x\")");
        assertThat(InvoiceCsv.harmless("+1")).isEqualTo("'+1");
        assertThat(InvoiceCsv.harmless("-1")).isEqualTo("'-1");
        assertThat(InvoiceCsv.harmless("@sum")).isEqualTo("'@sum");
        assertThat(InvoiceCsv.harmless("\t=1")).isEqualTo("'\t=1");
        assertThat(InvoiceCsv.harmless("gpt-4o")).isEqualTo("gpt-4o");
        assertThat(InvoiceCsv.harmless("")).isEmpty();
    }

    @Test
    void a_minimum_is_a_row_of_its_own() {
        String csv =
                new String(
                        new InvoiceCsv().render(SampleInvoice.withMinimum()),
                        StandardCharsets.UTF_8);

        assertThat(csv)
                .endsWith(
                        "october,INV-2026-000017,issued,acme,2026-10,3,2026-10,false,,,,0,0,0,"
                                + "12.345,12.35,USD,Purchase,Minimum fee,'=floor,1250.25\r\n");
    }

    @Test
    void what_credits_paid_is_taken_away_in_rows_of_its_own() {
        String csv =
                new String(
                        new InvoiceCsv().render(SampleInvoice.withCredits()),
                        StandardCharsets.UTF_8);

        assertThat(csv)
                .contains("1234.57,USD,Usage,,,37.90\r\n")
                .endsWith(
                        "october,INV-2026-000017,issued,acme,2026-10,,2026-10,false,,,,,,,"
                                + "-200,-200.00,USD,Credit,Credits applied,welcome,37.90\r\n"
                                + "october,INV-2026-000017,issued,acme,2026-10,,2026-10,false,,,,,,,"
                                + "-1000,-1000.00,USD,Credit,Credits applied,prepaid-1,37.90\r\n");
    }

    @Test
    void a_draft_has_no_number() {
        String csv =
                new String(new InvoiceCsv().render(SampleInvoice.draft()), StandardCharsets.UTF_8);

        assertThat(csv).contains("october,,draft,acme,2026-10,1,");
    }
}
