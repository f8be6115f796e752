package dev.meterbook.gateway.stub;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.ledger.v1.Account;
import dev.meterbook.proto.ledger.v1.AccountType;
import dev.meterbook.proto.ledger.v1.AppliedCredit;
import dev.meterbook.proto.ledger.v1.CreateInvoiceDraftRequest;
import dev.meterbook.proto.ledger.v1.CreditServiceGrpc.CreditServiceImplBase;
import dev.meterbook.proto.ledger.v1.CurrencyBalance;
import dev.meterbook.proto.ledger.v1.DownloadInvoiceRequest;
import dev.meterbook.proto.ledger.v1.GetInvoiceRequest;
import dev.meterbook.proto.ledger.v1.GetTrialBalanceRequest;
import dev.meterbook.proto.ledger.v1.GrantTenantCreditRequest;
import dev.meterbook.proto.ledger.v1.Invoice;
import dev.meterbook.proto.ledger.v1.InvoiceFormat;
import dev.meterbook.proto.ledger.v1.InvoiceLine;
import dev.meterbook.proto.ledger.v1.InvoiceServiceGrpc.InvoiceServiceImplBase;
import dev.meterbook.proto.ledger.v1.InvoiceState;
import dev.meterbook.proto.ledger.v1.IssueInvoiceRequest;
import dev.meterbook.proto.ledger.v1.LedgerServiceGrpc.LedgerServiceImplBase;
import dev.meterbook.proto.ledger.v1.ListInvoicesRequest;
import dev.meterbook.proto.ledger.v1.ListInvoicesResponse;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsResponse;
import dev.meterbook.proto.ledger.v1.ListTenantCreditsRequest;
import dev.meterbook.proto.ledger.v1.ListTenantCreditsResponse;
import dev.meterbook.proto.ledger.v1.PayInvoiceRequest;
import dev.meterbook.proto.ledger.v1.Posting;
import dev.meterbook.proto.ledger.v1.TenantCredit;
import dev.meterbook.proto.ledger.v1.TrialBalance;
import dev.meterbook.proto.ledger.v1.TypeBalance;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** A balanced book, and invoices that can be drafted, issued and paid. */
public final class StubLedger extends LedgerServiceImplBase {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final Map<String, Invoice> invoices = new ConcurrentSkipListMap<>();
    private final Map<String, TenantCredit> credits = new ConcurrentSkipListMap<>();
    private volatile boolean balanced = true;
    private volatile boolean hasPostings = true;

    StubLedger() {
        reset();
    }

    /** One issued invoice and one paid one. */
    void reset() {
        invoices.clear();
        credits.clear();
        balanced = true;
        hasPostings = true;
        put(lines(invoice("acme", "2026-09", InvoiceState.INVOICE_STATE_PAID), "INV-2026-000001"));
        put(
                lines(
                                invoice("acme", "2026-10", InvoiceState.INVOICE_STATE_ISSUED),
                                "INV-2026-000002")
                        .toBuilder()
                        .addCredits(
                                AppliedCredit.newBuilder()
                                        .setCredit("tenants/acme/credits/welcome")
                                        .setAmount(Texts.usd("234.57")))
                        .setCreditsApplied(Texts.usd("234.57"))
                        .setAmountDue(Texts.usd("1000"))
                        .build());
    }

    void clear() {
        invoices.clear();
        hasPostings = false;
    }

    /** From now on debits and credits differ by a cent. */
    public void unbalance() {
        balanced = false;
    }

    /** An invoice as it is now. */
    public Invoice invoice(String name) {
        Invoice invoice = invoices.get(name);
        if (invoice == null) {
            throw Refusal.notFound("UNKNOWN_INVOICE", name);
        }
        return invoice;
    }

    /** A credit as it was granted. */
    public TenantCredit credit(String name) {
        TenantCredit credit = credits.get(name);
        if (credit == null) {
            throw Refusal.notFound("UNKNOWN_CREDIT", name);
        }
        return credit;
    }

    BindableService credits() {
        return new Credits();
    }

    BindableService invoices() {
        return new Invoices();
    }

    private void put(Invoice invoice) {
        invoices.put(invoice.getName(), invoice);
    }

    private static Invoice invoice(String tenant, String id, InvoiceState state) {
        return Invoice.newBuilder()
                .setName("tenants/" + tenant + "/invoices/" + id)
                .setPeriod(id)
                .setCurrencyCode("USD")
                .setState(state)
                .setCreateTime(Texts.at(NOW))
                .setRatingPosition(412)
                .build();
    }

    private static Invoice lines(Invoice invoice, String number) {
        Invoice.Builder full =
                invoice.toBuilder()
                        .setNumber(number)
                        .addLines(line(1, "gpt-4.1", "612.4078", "612.41"))
                        .addLines(line(2, "claude-sonnet-4-5", "398.01", "398.01"))
                        .addLines(line(3, "gemini-2.5-flash", "224.15", "224.15"))
                        .setTotal(Texts.usd("1234.57"))
                        .setExactTotal(Texts.usd("1234.5678"))
                        .setRounding(Texts.usd("0.0022"));
        if (!number.isEmpty()) {
            full.setIssueTime(Texts.at(NOW));
        }
        return full.build();
    }

    private static InvoiceLine line(int number, String model, String exact, String amount) {
        return InvoiceLine.newBuilder()
                .setNumber(number)
                .setServicePeriod("2026-11")
                .setProvider("openai")
                .setModel(model)
                .setApplication("support-chat")
                .setCallCount(9_395)
                .setInputTokens(13_473_948)
                .setOutputTokens(1_444_853)
                .setExactAmount(Texts.usd(exact))
                .setAmount(Texts.usd(amount))
                .build();
    }

    @Override
    public void getTrialBalance(
            GetTrialBalanceRequest request, StreamObserver<TrialBalance> answer) {
        String credits = balanced ? "2222.22204" : "2222.23204";
        StubServices.answer(
                answer,
                () ->
                        TrialBalance.newBuilder()
                                .setName("trialBalance")
                                .setBookedCallCount(28_185)
                                .setUnpricedCallCount(3)
                                .setRatingPosition(412)
                                .addCurrencies(
                                        CurrencyBalance.newBuilder()
                                                .setDebits(Texts.usd("2222.22204"))
                                                .setCredits(Texts.usd(credits))
                                                .setDifference(Texts.usd(balanced ? "0" : "-0.01"))
                                                .addTypes(
                                                        type(
                                                                AccountType.ACCOUNT_TYPE_USAGE_COST,
                                                                "987.65424",
                                                                "0"))
                                                .addTypes(
                                                        type(
                                                                AccountType
                                                                        .ACCOUNT_TYPE_PROVIDER_PAYABLE,
                                                                "0",
                                                                "987.65424")))
                                .addAccounts(
                                        Account.newBuilder()
                                                .setName(
                                                        "tenants/acme/accounts/unbilled_receivable.USD")
                                                .setType(
                                                        AccountType
                                                                .ACCOUNT_TYPE_UNBILLED_RECEIVABLE)
                                                .setDebits(Texts.usd("1234.5678"))
                                                .setCredits(Texts.usd("0"))
                                                .setBalance(Texts.usd("1234.5678")))
                                .build());
    }

    private static TypeBalance type(AccountType type, String debits, String credits) {
        return TypeBalance.newBuilder()
                .setType(type)
                .setDebits(Texts.usd(debits))
                .setCredits(Texts.usd(credits))
                .setBalance(Texts.usd(debits.equals("0") ? credits : debits))
                .build();
    }

    @Override
    public void listPostings(
            ListPostingsRequest request, StreamObserver<ListPostingsResponse> answer) {
        ListPostingsResponse.Builder postings = ListPostingsResponse.newBuilder();
        for (int position = hasPostings ? 24 : 0; position > 0; position--) {
            postings.addPostings(
                    Posting.newBuilder()
                            .setUsagePosition(position)
                            .setOccurTime(Texts.at(NOW.minusSeconds(position * 37L)))
                            .setCost(Texts.usd("0.0031284"))
                            .setCharge(Texts.usd("0.0039105")));
        }
        StubServices.answer(answer, postings::build);
    }

    private final class Credits extends CreditServiceImplBase {

        @Override
        public void grantTenantCredit(
                GrantTenantCreditRequest request, StreamObserver<TenantCredit> answer) {
            TenantCredit credit =
                    TenantCredit.newBuilder()
                            .setName(request.getParent() + "/credits/" + request.getCreditId())
                            .setKind(request.getKind())
                            .setAmount(request.getAmount())
                            .setRemaining(request.getAmount())
                            .setNote(request.getNote())
                            .setGrantTime(Texts.at(NOW))
                            .build();
            credits.put(credit.getName(), credit);
            StubServices.answer(answer, () -> credit);
        }

        @Override
        public void listTenantCredits(
                ListTenantCreditsRequest request,
                StreamObserver<ListTenantCreditsResponse> answer) {
            StubServices.answer(
                    answer,
                    () ->
                            ListTenantCreditsResponse.newBuilder()
                                    .addAllCredits(credits.values())
                                    .build());
        }
    }

    private final class Invoices extends InvoiceServiceImplBase {

        @Override
        public void createInvoiceDraft(
                CreateInvoiceDraftRequest request, StreamObserver<Invoice> answer) {
            StubServices.answer(
                    answer,
                    () -> {
                        String tenant = request.getParent().substring("tenants/".length());
                        Invoice draft =
                                invoice(
                                        tenant,
                                        request.getInvoiceId(),
                                        InvoiceState.INVOICE_STATE_DRAFT);
                        if (invoices.containsKey(draft.getName())) {
                            throw Refusal.exists(
                                    "INVOICE_ID_TAKEN", "invoice_id: taken (expected: a new one)");
                        }
                        put(lines(draft, ""));
                        return invoice(draft.getName());
                    });
        }

        @Override
        public void issueInvoice(IssueInvoiceRequest request, StreamObserver<Invoice> answer) {
            StubServices.answer(
                    answer,
                    () ->
                            change(
                                    request.getName(),
                                    draft ->
                                            draft.toBuilder()
                                                    .setNumber("INV-2026-000003")
                                                    .setState(InvoiceState.INVOICE_STATE_ISSUED)
                                                    .setIssueTime(Texts.at(NOW))
                                                    .build()));
        }

        @Override
        public void payInvoice(PayInvoiceRequest request, StreamObserver<Invoice> answer) {
            StubServices.answer(
                    answer,
                    () ->
                            change(
                                    request.getName(),
                                    issued ->
                                            issued.toBuilder()
                                                    .setState(InvoiceState.INVOICE_STATE_PAID)
                                                    .setPayTime(Texts.at(NOW))
                                                    .build()));
        }

        private Invoice change(String name, UnaryOperator<Invoice> how) {
            put(how.apply(invoice(name)));
            return invoice(name);
        }

        @Override
        public void getInvoice(GetInvoiceRequest request, StreamObserver<Invoice> answer) {
            StubServices.answer(answer, () -> invoice(request.getName()));
        }

        @Override
        public void listInvoices(
                ListInvoicesRequest request, StreamObserver<ListInvoicesResponse> answer) {
            ListInvoicesResponse.Builder list = ListInvoicesResponse.newBuilder();
            String prefix =
                    request.getParent().equals("tenants/-") ? "" : request.getParent() + "/";
            invoices.values().stream()
                    .filter(invoice -> invoice.getName().startsWith(prefix))
                    .sorted(Comparator.comparing(Invoice::getPeriod).reversed())
                    .map(invoice -> invoice.toBuilder().clearLines().build())
                    .forEach(list::addInvoices);
            StubServices.answer(answer, list::build);
        }

        @Override
        public void downloadInvoice(
                DownloadInvoiceRequest request, StreamObserver<HttpBody> answer) {
            String type =
                    request.getFormat() == InvoiceFormat.INVOICE_FORMAT_CSV
                            ? "text/csv"
                            : "application/pdf";
            StubServices.answer(
                    answer,
                    () ->
                            HttpBody.newBuilder()
                                    .setContentType(type)
                                    .setData(
                                            ByteString.copyFromUtf8(
                                                    "%PDF-1.7 " + request.getName()))
                                    .build());
        }
    }
}
