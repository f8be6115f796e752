package dev.meterbook.budget.grpc;

import dev.meterbook.budget.application.CountersUnavailableException;
import dev.meterbook.budget.application.admission.AuthorizeOutcome;
import dev.meterbook.budget.application.admission.Authorizer;
import dev.meterbook.budget.application.admission.HoldName;
import dev.meterbook.budget.application.admission.HoldReleaser;
import dev.meterbook.budget.application.admission.HoldState;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.budget.v1.AuthorizeRequest;
import dev.meterbook.proto.budget.v1.AuthorizeResponse;
import dev.meterbook.proto.budget.v1.Budget;
import dev.meterbook.proto.budget.v1.BudgetServiceGrpc;
import dev.meterbook.proto.budget.v1.BudgetStatus;
import dev.meterbook.proto.budget.v1.CreateBudgetRequest;
import dev.meterbook.proto.budget.v1.DeleteBudgetRequest;
import dev.meterbook.proto.budget.v1.GetBudgetRequest;
import dev.meterbook.proto.budget.v1.GetBudgetStatusRequest;
import dev.meterbook.proto.budget.v1.ListAlertsRequest;
import dev.meterbook.proto.budget.v1.ListAlertsResponse;
import dev.meterbook.proto.budget.v1.ListBudgetStatusesRequest;
import dev.meterbook.proto.budget.v1.ListBudgetStatusesResponse;
import dev.meterbook.proto.budget.v1.ListBudgetsRequest;
import dev.meterbook.proto.budget.v1.ListBudgetsResponse;
import dev.meterbook.proto.budget.v1.ReleaseHoldRequest;
import dev.meterbook.proto.budget.v1.ReleaseHoldResponse;
import dev.meterbook.proto.budget.v1.UpdateBudgetRequest;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** The budget service's methods. */
@Singleton
final class BudgetEndpoint extends BudgetServiceGrpc.BudgetServiceImplBase {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final BudgetCalls budgets;
    private final StatusCalls statuses;
    private final Authorizer authorizer;
    private final HoldReleaser releaser;
    private final Clock clock;

    BudgetEndpoint(
            BudgetCalls budgets,
            StatusCalls statuses,
            Authorizer authorizer,
            HoldReleaser releaser,
            Clock clock) {
        this.budgets = budgets;
        this.statuses = statuses;
        this.authorizer = authorizer;
        this.releaser = releaser;
        this.clock = clock;
    }

    @Override
    public void createBudget(CreateBudgetRequest request, StreamObserver<Budget> observer) {
        answer(observer, () -> budgets.create(request));
    }

    @Override
    public void getBudget(GetBudgetRequest request, StreamObserver<Budget> observer) {
        answer(observer, () -> budgets.get(request));
    }

    @Override
    public void listBudgets(
            ListBudgetsRequest request, StreamObserver<ListBudgetsResponse> observer) {
        answer(observer, () -> budgets.list(request));
    }

    @Override
    public void updateBudget(UpdateBudgetRequest request, StreamObserver<Budget> observer) {
        answer(observer, () -> budgets.update(request));
    }

    @Override
    public void deleteBudget(DeleteBudgetRequest request, StreamObserver<Budget> observer) {
        answer(observer, () -> budgets.delete(request));
    }

    @Override
    public void getBudgetStatus(
            GetBudgetStatusRequest request, StreamObserver<BudgetStatus> observer) {
        answer(observer, () -> statuses.get(request));
    }

    @Override
    public void listBudgetStatuses(
            ListBudgetStatusesRequest request,
            StreamObserver<ListBudgetStatusesResponse> observer) {
        answer(observer, () -> statuses.list(request));
    }

    @Override
    public void listAlerts(ListAlertsRequest request, StreamObserver<ListAlertsResponse> observer) {
        answer(observer, () -> statuses.alerts(request));
    }

    @Override
    public void authorize(AuthorizeRequest request, StreamObserver<AuthorizeResponse> observer) {
        answer(observer, () -> authorize(request));
    }

    private AuthorizeResponse authorize(AuthorizeRequest request) {
        Caller caller = Caller.current().require(Scope.INGEST);
        String tenant = Access.tenant(caller, request.getTenant());
        return switch (authorizer.authorize(
                AuthorizeForms.question(request, tenant, clock.instant()))) {
            case AuthorizeOutcome.Answered(var answer) -> AuthorizeProtos.toProto(answer);
            case AuthorizeOutcome.RequestIdReused _ ->
                    throw Refusal.exists(
                            "REQUEST_ID_REUSED",
                            "request_id: used before (expected: the same question, or another id)");
            case AuthorizeOutcome.Overloaded _ ->
                    throw Refusal.exhausted(
                            "TOO_MANY_REQUESTS", "too many holds wait to be written", RETRY_DELAY);
        };
    }

    @Override
    public void releaseHold(
            ReleaseHoldRequest request, StreamObserver<ReleaseHoldResponse> observer) {
        answer(observer, () -> release(request));
    }

    private ReleaseHoldResponse release(ReleaseHoldRequest request) {
        Caller caller = Caller.current().require(Scope.INGEST);
        HoldName hold = Names.hold(request.getName());
        var _ = caller.tenantFor(hold.tenantId());
        HoldState state = releaser.release(hold);
        if (state == HoldState.UNKNOWN) {
            throw Refusal.notFound("UNKNOWN_HOLD", request.getName());
        }
        return ReleaseHoldResponse.newBuilder().setState(AuthorizeProtos.toProto(state)).build();
    }

    private static <A> void answer(StreamObserver<A> observer, Supplier<A> method) {
        A answer;
        try {
            answer = method.get();
        } catch (CountersUnavailableException unavailable) {
            throw Refusal.unavailable(
                    "COUNTERS_UNAVAILABLE", "the counters cannot be reached or are being rebuilt");
        }
        observer.onNext(answer);
        observer.onCompleted();
    }
}
