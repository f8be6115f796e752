package dev.meterbook.ledger.grpc;

import dev.meterbook.kernel.Identifiers;
import dev.meterbook.ledger.application.Crediting;
import dev.meterbook.ledger.domain.CreditDecision;
import dev.meterbook.ledger.domain.CreditDecision.Refused;
import dev.meterbook.ledger.domain.CreditId;
import dev.meterbook.ledger.projection.credit.CreditView;
import dev.meterbook.ledger.projection.credit.CreditView.Standing;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.ledger.v1.CreditServiceGrpc;
import dev.meterbook.proto.ledger.v1.GrantTenantCreditRequest;
import dev.meterbook.proto.ledger.v1.ListTenantCreditsRequest;
import dev.meterbook.proto.ledger.v1.ListTenantCreditsResponse;
import dev.meterbook.proto.ledger.v1.TenantCredit;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;

/** Grants credits and lists them. */
@Singleton
final class CreditEndpoint extends CreditServiceGrpc.CreditServiceImplBase {

    private final Reads reads;
    private final Crediting crediting;
    private final CreditView credits;

    CreditEndpoint(Reads reads, Crediting crediting, CreditView credits) {
        this.reads = reads;
        this.crediting = crediting;
        this.credits = credits;
    }

    @Override
    public void grantTenantCredit(
            GrantTenantCreditRequest request, StreamObserver<TenantCredit> observer) {
        Caller.current().requireOperator(Scope.ADMIN);
        CreditId id = new CreditId(Names.tenant(request.getParent()), request.getCreditId());
        if (!Identifiers.isName(id.id())) {
            throw Refusal.invalid("INVALID_CREDIT_ID", "credit_id", id.id(), Identifiers.NAME_FORM);
        }
        CreditDecision decision = crediting.grant(id, CreditProtos.fromProto(request));
        if (decision instanceof Refused refused) {
            throw refusal(refused);
        }
        Standing standing = reads.ofCommand(tx -> credits.find(tx, id)).orElseThrow();
        observer.onNext(CreditProtos.toProto(standing));
        observer.onCompleted();
    }

    private static StatusRuntimeException refusal(Refused refused) {
        String reason = refused.reason().name();
        return switch (refused.reason()) {
            case CREDIT_ID_TAKEN -> Refusal.exists(reason, refused.message());
            case EXPIRE_TIME_PASSED -> Refusal.precondition(reason, refused.message());
        };
    }

    @Override
    public void listTenantCredits(
            ListTenantCreditsRequest request, StreamObserver<ListTenantCreditsResponse> observer) {
        String tenant = Names.tenant(request.getParent());
        int size = Pages.size(request.getPageSize());
        long before = Pages.place(request.getPageToken(), Long.MAX_VALUE)[0];
        List<Standing> page = reads.ofTenant(tenant, tx -> credits.list(tx, tenant, before, size));
        observer.onNext(
                ListTenantCreditsResponse.newBuilder()
                        .addAllCredits(page.stream().map(CreditProtos::toProto).toList())
                        .setNextPageToken(Pages.next(page, size, it -> new long[] {it.ordinal()}))
                        .build());
        observer.onCompleted();
    }
}
