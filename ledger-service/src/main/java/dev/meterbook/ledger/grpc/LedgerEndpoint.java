package dev.meterbook.ledger.grpc;

import dev.meterbook.ledger.domain.AccountKey;
import dev.meterbook.ledger.projection.account.AccountBalance;
import dev.meterbook.ledger.projection.account.AccountView;
import dev.meterbook.ledger.projection.posting.BookedCall;
import dev.meterbook.ledger.projection.posting.PostingQuery;
import dev.meterbook.ledger.projection.posting.PostingView;
import dev.meterbook.ledger.projection.transfer.BookedTransfer;
import dev.meterbook.ledger.projection.transfer.BookedTransfer.Place;
import dev.meterbook.ledger.projection.transfer.TransferQuery;
import dev.meterbook.ledger.projection.transfer.TransferView;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.jdbc.Work;
import dev.meterbook.proto.ledger.v1.Account;
import dev.meterbook.proto.ledger.v1.GetAccountRequest;
import dev.meterbook.proto.ledger.v1.GetTrialBalanceRequest;
import dev.meterbook.proto.ledger.v1.LedgerServiceGrpc;
import dev.meterbook.proto.ledger.v1.ListAccountsRequest;
import dev.meterbook.proto.ledger.v1.ListAccountsResponse;
import dev.meterbook.proto.ledger.v1.ListPostingsRequest;
import dev.meterbook.proto.ledger.v1.ListPostingsResponse;
import dev.meterbook.proto.ledger.v1.ListTransfersRequest;
import dev.meterbook.proto.ledger.v1.ListTransfersResponse;
import dev.meterbook.proto.ledger.v1.TrialBalance;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Answers questions about the book. */
@Singleton
final class LedgerEndpoint extends LedgerServiceGrpc.LedgerServiceImplBase {

    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.ofEpochSecond(Moments.MAX_SECONDS);

    private final Reads reads;
    private final AccountView accounts;
    private final PostingView postings;
    private final TransferView transfers;

    LedgerEndpoint(
            Reads reads, AccountView accounts, PostingView postings, TransferView transfers) {
        this.reads = reads;
        this.accounts = accounts;
        this.postings = postings;
        this.transfers = transfers;
    }

    @Override
    public void getAccount(GetAccountRequest request, StreamObserver<Account> observer) {
        AccountKey key = Names.account(request.getName());
        Work<Optional<AccountBalance>> find = transaction -> accounts.find(transaction, key);
        Optional<AccountBalance> account =
                key.tenant().isEmpty()
                        ? reads.ofOperator(find)
                        : reads.ofTenant(key.tenant(), find);
        answer(
                observer,
                account.map(LedgerProtos::toProto)
                        .orElseThrow(
                                () -> Refusal.notFound("ACCOUNT_NOT_FOUND", request.getName())));
    }

    @Override
    public void listAccounts(
            ListAccountsRequest request, StreamObserver<ListAccountsResponse> observer) {
        int size = Pages.size(request.getPageSize());
        int after = (int) Math.min(Pages.place(request.getPageToken(), 0)[0], Integer.MAX_VALUE);
        List<AccountBalance> page =
                switch (request.getParent()) {
                    case Names.OPERATOR ->
                            reads.ofOperator(tx -> accounts.list(tx, "", after, size));
                    case Names.ALL_TENANTS ->
                            reads.ofOperator(tx -> accounts.list(tx, null, after, size));
                    default -> {
                        String tenant = Names.tenant(request.getParent());
                        yield reads.ofTenant(tenant, tx -> accounts.list(tx, tenant, after, size));
                    }
                };
        answer(
                observer,
                ListAccountsResponse.newBuilder()
                        .addAllAccounts(page.stream().map(LedgerProtos::toProto).toList())
                        .setNextPageToken(
                                Pages.next(page, size, account -> new long[] {account.id()}))
                        .build());
    }

    @Override
    public void getTrialBalance(
            GetTrialBalanceRequest request, StreamObserver<TrialBalance> observer) {
        answer(observer, LedgerProtos.toProto(reads.ofOperator(accounts::trialBalance)));
    }

    @Override
    public void listPostings(
            ListPostingsRequest request, StreamObserver<ListPostingsResponse> observer) {
        PostingQuery query = query(request);
        List<BookedCall> page =
                reads.ofTenant(query.tenant(), transaction -> postings.list(transaction, query));
        answer(
                observer,
                ListPostingsResponse.newBuilder()
                        .addAllPostings(page.stream().map(LedgerProtos::toProto).toList())
                        .setNextPageToken(
                                Pages.next(
                                        page,
                                        query.limit(),
                                        it -> new long[] {it.usagePosition(), it.ratingPosition()}))
                        .build());
    }

    private static PostingQuery query(ListPostingsRequest request) {
        long[] before =
                Pages.place(
                        request.getPageToken(),
                        PostingQuery.Place.START.usagePosition(),
                        PostingQuery.Place.START.ratingPosition());
        if (request.getUsagePosition() < 0) {
            throw Refusal.invalid(
                    "INVALID_POSITION",
                    "usage_position",
                    Long.toString(request.getUsagePosition()),
                    ">= 0");
        }
        return new PostingQuery(
                Names.tenant(request.getParent()),
                request.hasStartTime()
                        ? Moments.of("start_time", request.getStartTime())
                        : BEGINNING,
                request.hasEndTime() ? Moments.of("end_time", request.getEndTime()) : END,
                request.getUsagePosition(),
                new PostingQuery.Place(before[0], before[1]),
                Pages.size(request.getPageSize()));
    }

    @Override
    public void listTransfers(
            ListTransfersRequest request, StreamObserver<ListTransfersResponse> observer) {
        boolean ofOperator = request.getParent().equals(Names.OPERATOR);
        TransferQuery query = query(request, ofOperator ? "" : Names.tenant(request.getParent()));
        Work<List<BookedTransfer>> list = transaction -> transfers.list(transaction, query);
        List<BookedTransfer> page =
                ofOperator ? reads.ofOperator(list) : reads.ofTenant(query.tenant(), list);
        answer(
                observer,
                ListTransfersResponse.newBuilder()
                        .addAllTransfers(page.stream().map(LedgerProtos::toProto).toList())
                        .setNextPageToken(Pages.next(page, query.limit(), LedgerEndpoint::place))
                        .build());
    }

    private static TransferQuery query(ListTransfersRequest request, String tenant) {
        Place start = Place.START;
        long[] before =
                Pages.place(
                        request.getPageToken(),
                        start.recordMicros(),
                        start.ratingPosition(),
                        start.id());
        return new TransferQuery(
                tenant,
                invoiceId(request, tenant),
                new Place(before[0], before[1], before[2]),
                Pages.size(request.getPageSize()));
    }

    private static long[] place(BookedTransfer transfer) {
        Place place = transfer.place();
        return new long[] {place.recordMicros(), place.ratingPosition(), place.id()};
    }

    private static String invoiceId(ListTransfersRequest request, String tenant) {
        if (request.getInvoice().isEmpty()) {
            return "";
        }
        var id = Names.invoice("invoice", request.getInvoice());
        if (!id.tenant().equals(tenant)) {
            throw Refusal.invalid(
                    "INVALID_NAME", "invoice", request.getInvoice(), "an invoice of the parent");
        }
        return id.id();
    }

    private static <T> void answer(StreamObserver<T> observer, T answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }
}
