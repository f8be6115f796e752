package dev.meterbook.gateway.portal;

import com.google.api.HttpBody;
import dev.meterbook.gateway.backend.Services;
import dev.meterbook.proto.ledger.v1.DownloadInvoiceRequest;
import dev.meterbook.proto.ledger.v1.GetInvoiceRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceFormat;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;

/** Invoices as files to keep. */
final class InvoiceFiles {

    private InvoiceFiles() {}

    /**
     * An invoice as a file.
     *
     * @param name the invoice's name
     * @param ending {@code pdf}, {@code csv} or {@code json}
     */
    static HttpResponse<byte[]> download(Services services, String name, String ending) {
        InvoiceFormat format = format(ending);
        Invoice invoice =
                services.invoices()
                        .getInvoice(GetInvoiceRequest.newBuilder().setName(name).build());
        HttpBody file =
                services.invoices()
                        .downloadInvoice(
                                DownloadInvoiceRequest.newBuilder()
                                        .setName(name)
                                        .setFormat(format)
                                        .build());
        String title = invoice.getNumber().isEmpty() ? "draft" : invoice.getNumber();
        return HttpResponse.ok(file.getData().toByteArray())
                .header(HttpHeaders.CONTENT_TYPE, file.getContentType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + title + "." + ending + "\"");
    }

    private static InvoiceFormat format(String ending) {
        return switch (ending) {
            case "pdf" -> InvoiceFormat.INVOICE_FORMAT_PDF;
            case "csv" -> InvoiceFormat.INVOICE_FORMAT_CSV;
            case "json" -> InvoiceFormat.INVOICE_FORMAT_JSON;
            default -> throw new NotFoundException("Invoices are there as pdf, csv and json.");
        };
    }
}
