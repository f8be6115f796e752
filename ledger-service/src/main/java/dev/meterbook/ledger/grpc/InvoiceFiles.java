package dev.meterbook.ledger.grpc;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.meterbook.ledger.document.InvoiceCsv;
import dev.meterbook.ledger.document.InvoicePdf;
import dev.meterbook.ledger.domain.InvoiceSheet;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.ledger.v1.InvoiceFormat;
import jakarta.inject.Singleton;

/** Invoices as files. */
@Singleton
final class InvoiceFiles {

    private final InvoiceCsv csv;
    private final InvoicePdf pdf;

    InvoiceFiles(InvoiceCsv csv, InvoicePdf pdf) {
        this.csv = csv;
        this.pdf = pdf;
    }

    HttpBody render(InvoiceSheet invoice, InvoiceFormat format) {
        return switch (format) {
            case INVOICE_FORMAT_UNSPECIFIED, INVOICE_FORMAT_PDF ->
                    body("application/pdf", ByteString.copyFrom(pdf.render(invoice)));
            case INVOICE_FORMAT_CSV ->
                    body("text/csv; charset=utf-8", ByteString.copyFrom(csv.render(invoice)));
            case INVOICE_FORMAT_JSON -> body("application/json", json(invoice));
            case UNRECOGNIZED ->
                    throw Refusal.invalid("INVALID_FORMAT", "format", "unknown", "1 to 3");
        };
    }

    private static ByteString json(InvoiceSheet invoice) {
        try {
            return ByteString.copyFromUtf8(
                    JsonFormat.printer().print(InvoiceProtos.toProto(invoice)));
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException(
                    "an invoice holds no message of unknown type", impossible);
        }
    }

    private static HttpBody body(String contentType, ByteString data) {
        return HttpBody.newBuilder().setContentType(contentType).setData(data).build();
    }
}
