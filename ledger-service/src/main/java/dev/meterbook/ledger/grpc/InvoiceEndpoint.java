package dev.meterbook.ledger.grpc;

import com.google.api.HttpBody;
import dev.meterbook.kernel.BillingPeriod;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Identifiers;
import dev.meterbook.ledger.application.Invoicing;
import dev.meterbook.ledger.domain.InvoiceDecision;
import dev.meterbook.ledger.domain.InvoiceDecision.Refused;
import dev.meterbook.ledger.domain.InvoiceId;
import dev.meterbook.ledger.domain.InvoiceRefusal;
import dev.meterbook.ledger.domain.InvoiceSheet;
import dev.meterbook.ledger.domain.InvoiceState;
import dev.meterbook.ledger.projection.invoice.InvoiceView;
import dev.meterbook.ledger.projection.invoice.InvoiceView.Listed;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.jdbc.Work;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.DownloadInvoiceRequest;
import dev.meterbook.proto.ledger.v1.GetInvoiceRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceServiceGrpc;
import dev.meterbook.proto.ledger.v1.IssueInvoiceRequest;
import dev.meterbook.proto.ledger.v1.ListInvoicesRequest;
import dev.meterbook.proto.ledger.v1.ListInvoicesResponse;
import dev.meterbook.proto.ledger.v1.PayInvoiceRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Drafts, issues and hands out invoices. */
@Singleton
final class InvoiceEndpoint extends InvoiceServiceGrpc.InvoiceServiceImplBase {

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    private final Reads reads;
    private final Invoicing invoicing;
    private final InvoiceView invoices;
    private final InvoiceFiles files;

    InvoiceEndpoint(Reads reads, Invoicing invoicing, InvoiceView invoices, InvoiceFiles files) {
        this.reads = reads;
        this.invoicing = invoicing;
        this.invoices = invoices;
        this.files = files;
    }

    @Override
    public void createInvoiceDraft(
            CreateInvoiceDraftRequest request, StreamObserver<Invoice> observer) {
        Caller.current().requireOperator(Scope.ADMIN);
        InvoiceId id = new InvoiceId(Names.tenant(request.getParent()), request.getInvoiceId());
        if (!Identifiers.isName(id.id())) {
            throw Refusal.invalid(
                    "INVALID_INVOICE_ID", "invoice_id", id.id(), Identifiers.NAME_FORM);
        }
        BillingPeriod period = period(request.getPeriod());
        accept(invoicing.makeDraft(id, period, currency(request.getCurrencyCode())));
        answer(observer, InvoiceProtos.toProto(found(id, reads.ofCommand(sheet(id)))));
    }

    private static BillingPeriod period(String text) {
        return BillingPeriod.parse(text)
                .filter(it -> it.month().getYear() >= FIRST_YEAR)
                .filter(it -> it.month().getYear() <= LAST_YEAR)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "INVALID_PERIOD",
                                        "period",
                                        text,
                                        "a month such as 2026-11, from 1970-01 to 9999-12"));
    }

    private static Optional<CurrencyCode> currency(String code) {
        if (code.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                CurrencyCode.parse(code)
                        .orElseThrow(
                                () ->
                                        Refusal.invalid(
                                                "INVALID_CURRENCY",
                                                "currency_code",
                                                code,
                                                "ISO 4217 code such as USD")));
    }

    @Override
    public void issueInvoice(IssueInvoiceRequest request, StreamObserver<Invoice> observer) {
        Caller.current().requireOperator(Scope.ADMIN);
        InvoiceId id = Names.invoice("name", request.getName());
        accept(invoicing.issue(id));
        answer(observer, InvoiceProtos.toProto(found(id, reads.ofCommand(sheet(id)))));
    }

    @Override
    public void payInvoice(PayInvoiceRequest request, StreamObserver<Invoice> observer) {
        Caller.current().requireOperator(Scope.ADMIN);
        InvoiceId id = Names.invoice("name", request.getName());
        accept(invoicing.pay(id));
        answer(observer, InvoiceProtos.toProto(found(id, reads.ofCommand(sheet(id)))));
    }

    @Override
    public void getInvoice(GetInvoiceRequest request, StreamObserver<Invoice> observer) {
        answer(observer, InvoiceProtos.toProto(readable(request.getName())));
    }

    @Override
    public void downloadInvoice(DownloadInvoiceRequest request, StreamObserver<HttpBody> observer) {
        answer(observer, files.render(readable(request.getName()), request.getFormat()));
    }

    @Override
    public void listInvoices(
            ListInvoicesRequest request, StreamObserver<ListInvoicesResponse> observer) {
        int size = Pages.size(request.getPageSize());
        long before = Pages.place(request.getPageToken(), Long.MAX_VALUE)[0];
        @Nullable InvoiceState state = state(request);
        List<Listed> page;
        if (request.getParent().equals(Names.ALL_TENANTS)) {
            page = reads.ofOperator(tx -> invoices.list(tx, null, state, before, size));
        } else {
            String tenant = Names.tenant(request.getParent());
            page = reads.ofTenant(tenant, tx -> invoices.list(tx, tenant, state, before, size));
        }
        answer(
                observer,
                ListInvoicesResponse.newBuilder()
                        .addAllInvoices(
                                page.stream()
                                        .map(it -> InvoiceProtos.toProto(it.header()))
                                        .toList())
                        .setNextPageToken(Pages.next(page, size, it -> new long[] {it.ordinal()}))
                        .build());
    }

    private static @Nullable InvoiceState state(ListInvoicesRequest request) {
        int code = request.getStateValue();
        if (code == 0) {
            return null;
        }
        return InvoiceState.ofCode(code)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "INVALID_STATE",
                                        "state",
                                        Integer.toString(code),
                                        "a state of an invoice"));
    }

    private InvoiceSheet readable(String name) {
        InvoiceId id = Names.invoice("name", name);
        return found(id, reads.ofTenant(id.tenant(), sheet(id)));
    }

    private Work<Optional<InvoiceSheet>> sheet(InvoiceId id) {
        return transaction -> invoices.sheet(transaction, id);
    }

    private static InvoiceSheet found(InvoiceId id, Optional<InvoiceSheet> sheet) {
        return sheet.orElseThrow(
                () -> Refusal.notFound(InvoiceRefusal.INVOICE_NOT_FOUND.name(), id.resourceName()));
    }

    private static void accept(InvoiceDecision decision) {
        if (decision instanceof Refused refused) {
            throw refusal(refused);
        }
    }

    private static StatusRuntimeException refusal(Refused refused) {
        String reason = refused.reason().name();
        return switch (refused.reason()) {
            case INVOICE_NOT_FOUND -> Refusal.notFound(reason, refused.value());
            case INVOICE_ID_TAKEN -> Refusal.exists(reason, refused.message());
            case CURRENCY_REQUIRED ->
                    Refusal.invalid(reason, refused.field(), refused.value(), refused.expected());
            case PERIOD_NOT_STARTED,
                    NOTHING_TO_INVOICE,
                    TOO_MANY_LINES,
                    INVOICE_NOT_ISSUED,
                    BOOK_NOT_WHOLE ->
                    Refusal.precondition(reason, refused.message());
        };
    }

    private static <T> void answer(StreamObserver<T> observer, T answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }
}
