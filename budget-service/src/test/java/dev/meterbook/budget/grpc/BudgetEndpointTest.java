package dev.meterbook.budget.grpc;

import static dev.meterbook.budget.grpc.Doors.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import dev.meterbook.budget.PriceStand;
import dev.meterbook.budget.RunningBudgets;
import dev.meterbook.proto.access.v1.Scope;
import dev.meterbook.proto.budget.v1.Amount;
import dev.meterbook.proto.budget.v1.AuthorizeRequest;
import dev.meterbook.proto.budget.v1.AuthorizeResponse;
import dev.meterbook.proto.budget.v1.Budget;
import dev.meterbook.proto.budget.v1.BudgetServiceGrpc.BudgetServiceBlockingStub;
import dev.meterbook.proto.budget.v1.BudgetStatus;
import dev.meterbook.proto.budget.v1.CreateBudgetRequest;
import dev.meterbook.proto.budget.v1.Decision;
import dev.meterbook.proto.budget.v1.DeleteBudgetRequest;
import dev.meterbook.proto.budget.v1.GetBudgetRequest;
import dev.meterbook.proto.budget.v1.GetBudgetStatusRequest;
import dev.meterbook.proto.budget.v1.HoldState;
import dev.meterbook.proto.budget.v1.LimitationReason;
import dev.meterbook.proto.budget.v1.ListAlertsRequest;
import dev.meterbook.proto.budget.v1.ListBudgetStatusesRequest;
import dev.meterbook.proto.budget.v1.ListBudgetsRequest;
import dev.meterbook.proto.budget.v1.ListBudgetsResponse;
import dev.meterbook.proto.budget.v1.Policy;
import dev.meterbook.proto.budget.v1.ReleaseHoldRequest;
import dev.meterbook.proto.budget.v1.ScopeValue;
import dev.meterbook.proto.budget.v1.State;
import dev.meterbook.proto.budget.v1.UpdateBudgetRequest;
import dev.meterbook.proto.budget.v1.Window;
import dev.meterbook.proto.budget.v1.WindowKind;
import dev.meterbook.proto.type.v1.Dimension;
import dev.meterbook.proto.type.v1.Money;
import dev.meterbook.testing.RedisFixture;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BudgetEndpointTest {

    private static RedisFixture redis;
    private static PriceStand prices;
    private static RunningBudgets service;
    private static Doors doors;
    private static BudgetServiceBlockingStub operator;
    private static BudgetServiceBlockingStub acme;
    private static BudgetServiceBlockingStub reader;
    private static BudgetServiceBlockingStub globex;

    @BeforeAll
    static void start() {
        redis = RedisFixture.start();
        prices = PriceStand.open();
        service = RunningBudgets.on(redis.uri(), prices.address());
        doors = new Doors(service);
        Scope[] all = {Scope.SCOPE_INGEST, Scope.SCOPE_READ, Scope.SCOPE_ADMIN};
        operator = doors.open("operator", "", all);
        acme = doors.open("acme", "acme", all);
        reader = doors.open("reader", "acme", Scope.SCOPE_READ);
        globex = doors.open("globex", "globex", all);
    }

    @AfterAll
    static void stop() {
        doors.close();
        service.close();
        prices.close();
        redis.close();
    }

    private static Amount dollars(String amount) {
        return Amount.newBuilder()
                .setMoney(Money.newBuilder().setAmount(amount).setCurrencyCode("USD"))
                .build();
    }

    private static Budget.Builder budget(String run) {
        return Budget.newBuilder()
                .addScope(
                        ScopeValue.newBuilder().setDimension(Dimension.DIMENSION_RUN).setValue(run))
                .setWindow(
                        Window.newBuilder()
                                .setKind(WindowKind.WINDOW_KIND_MONTH)
                                .setTimeZone("Europe/Berlin"))
                .setLimit(dollars("5"))
                .addThresholdPercents(80)
                .setPolicy(Policy.POLICY_DENY);
    }

    private static CreateBudgetRequest create(String tenant, String id, Budget.Builder budget) {
        return CreateBudgetRequest.newBuilder()
                .setParent("tenants/" + tenant)
                .setBudgetId(id)
                .setBudget(budget)
                .build();
    }

    private static AuthorizeRequest.Builder call(String run) {
        return AuthorizeRequest.newBuilder()
                .setProvider("openai")
                .setModel("large")
                .setApplication("chat")
                .setRun(run)
                .setEstimatedInputTokens(1_000)
                .setMaxOutputTokens(1_000);
    }

    private static String name(String id) {
        return "tenants/acme/budgets/" + id;
    }

    private static BudgetStatus status(String id) {
        return reader.getBudgetStatus(
                GetBudgetStatusRequest.newBuilder().setName(name(id)).build());
    }

    @Test
    void a_tenant_creates_a_budget_and_is_stopped_by_it() {
        Budget created = acme.createBudget(create("acme", "own", budget("own")));
        assertThat(created.getName()).isEqualTo("tenants/acme/budgets/own");
        assertThat(created.getState()).isEqualTo(State.STATE_ACTIVE);

        AuthorizeResponse granted = acme.authorize(call("own").setTenant("acme").build());
        AuthorizeResponse denied =
                acme.authorize(call("own").setMaxOutputTokens(1_000_000).build());

        assertThat(granted.getDecision()).isEqualTo(Decision.DECISION_GRANTED);
        assertThat(granted.getHoldId()).hasSize(36);
        assertThat(granted.getHeldAmount().getAmount()).isEqualTo("0.018");
        assertThat(granted.getModel()).isEqualTo("large");
        assertThat(granted.getMaxOutputTokens()).isEqualTo(1_000);
        assertThat(granted.getHoldExpireTime().getSeconds())
                .isEqualTo(service.clock().instant().getEpochSecond() + 600);
        assertThat(denied.getDecision()).isEqualTo(Decision.DECISION_DENIED);
        assertThat(denied.getLimitedBy().getBudget()).isEqualTo("tenants/acme/budgets/own");
        assertThat(denied.getLimitedBy().getReason())
                .isEqualTo(LimitationReason.LIMITATION_REASON_LIMIT_REACHED);
        assertThat(denied.getLimitedBy().getRemaining().getMoney().getAmount()).isEqualTo("4.982");
        assertThat(denied.getLimitedBy().getResetTime().getSeconds())
                .isEqualTo(1_785_535_200L); // 2026-08-01T00:00 in Berlin
        BudgetStatus status = status("own");
        assertThat(status.getHeld().getMoney().getAmount()).isEqualTo("0.018");
        assertThat(status.getSpent().getMoney().getAmount()).isEqualTo("0");
        assertThat(status.getRemaining().getMoney().getAmount()).isEqualTo("4.982");
        assertThat(status.getWindowStartTime().getSeconds()).isEqualTo(1_782_856_800L);
        assertThat(status.getComplete()).isTrue();
    }

    @Test
    void a_hold_is_released_once() {
        var _ = acme.createBudget(create("acme", "release", budget("release")));
        String hold = acme.authorize(call("release").build()).getHoldId();
        ReleaseHoldRequest release =
                ReleaseHoldRequest.newBuilder().setName("tenants/acme/holds/" + hold).build();

        assertThat(refusal(() -> globex.releaseHold(release)))
                .startsWith("PERMISSION_DENIED TENANT_MISMATCH");
        assertThat(acme.releaseHold(release).getState()).isEqualTo(HoldState.HOLD_STATE_RELEASED);
        assertThat(acme.releaseHold(release).getState()).isEqualTo(HoldState.HOLD_STATE_RELEASED);
        assertThat(status("release").getHeld().getMoney().getAmount()).isEqualTo("0");
        assertThat(
                        refusal(
                                () ->
                                        acme.releaseHold(
                                                release.toBuilder()
                                                        .setName("tenants/acme/holds/none")
                                                        .build())))
                .startsWith("NOT_FOUND UNKNOWN_HOLD");
    }

    @Test
    void creating_again_answers_the_budget_that_is_there() {
        Budget first = acme.createBudget(create("acme", "twice", budget("twice")));

        assertThat(acme.createBudget(create("acme", "twice", budget("twice")))).isEqualTo(first);
        assertThat(refusal(() -> acme.createBudget(create("acme", "twice", budget("other")))))
                .startsWith("ALREADY_EXISTS BUDGET_EXISTS tenants/acme/budgets/twice: taken");
    }

    @Test
    void only_what_the_mask_names_is_changed() {
        var _ = acme.createBudget(create("acme", "change", budget("change")));

        Budget changed =
                acme.updateBudget(
                        UpdateBudgetRequest.newBuilder()
                                .setBudget(
                                        Budget.newBuilder()
                                                .setName(name("change"))
                                                .setLimit(dollars("7.5")))
                                .setUpdateMask(FieldMask.newBuilder().addPaths("limit"))
                                .build());

        assertThat(changed.getLimit().getMoney().getAmount()).isEqualTo("7.5");
        assertThat(changed.getThresholdPercentsList()).containsExactly(80);
        assertThat(
                        refusal(
                                () ->
                                        acme.updateBudget(
                                                UpdateBudgetRequest.newBuilder()
                                                        .setBudget(changed)
                                                        .setUpdateMask(
                                                                FieldMask.newBuilder()
                                                                        .addPaths("window"))
                                                        .build())))
                .startsWith("INVALID_ARGUMENT IMMUTABLE_FIELD update_mask: window");
        assertThat(
                        refusal(
                                () ->
                                        acme.updateBudget(
                                                UpdateBudgetRequest.newBuilder()
                                                        .setBudget(
                                                                changed.toBuilder()
                                                                        .setLimit(
                                                                                Amount.newBuilder()
                                                                                        .setTokens(
                                                                                                5)))
                                                        .build())))
                .startsWith("INVALID_ARGUMENT IMMUTABLE_FIELD budget.limit");
    }

    @Test
    void an_archived_budget_can_be_read_and_not_be_changed() {
        Budget created = acme.createBudget(create("acme", "gone", budget("gone")));
        DeleteBudgetRequest delete = DeleteBudgetRequest.newBuilder().setName(name("gone")).build();

        assertThat(acme.deleteBudget(delete).getState()).isEqualTo(State.STATE_ARCHIVED);
        assertThat(acme.deleteBudget(delete).getState()).isEqualTo(State.STATE_ARCHIVED);

        assertThat(
                        reader.getBudget(
                                        GetBudgetRequest.newBuilder().setName(name("gone")).build())
                                .getState())
                .isEqualTo(State.STATE_ARCHIVED);
        assertThat(
                        refusal(
                                () ->
                                        acme.updateBudget(
                                                UpdateBudgetRequest.newBuilder()
                                                        .setBudget(created)
                                                        .build())))
                .startsWith("FAILED_PRECONDITION BUDGET_ARCHIVED");
        assertThat(refusal(() -> status("gone"))).startsWith("FAILED_PRECONDITION BUDGET_ARCHIVED");
    }

    @Test
    void lists_come_in_pages() {
        for (String id : List.of("page-a", "page-b", "page-c")) {
            var _ = globex.createBudget(create("globex", id, budget(id)));
        }
        ListBudgetsRequest.Builder request =
                ListBudgetsRequest.newBuilder().setParent("tenants/globex").setPageSize(2);

        ListBudgetsResponse first = globex.listBudgets(request.build());
        ListBudgetsResponse second =
                globex.listBudgets(request.setPageToken(first.getNextPageToken()).build());

        assertThat(first.getBudgetsList())
                .extracting(Budget::getName)
                .containsExactly("tenants/globex/budgets/page-a", "tenants/globex/budgets/page-b");
        assertThat(second.getBudgetsList())
                .extracting(Budget::getName)
                .containsExactly("tenants/globex/budgets/page-c");
        assertThat(second.getNextPageToken()).isEmpty();
        assertThat(
                        globex.listBudgetStatuses(
                                        ListBudgetStatusesRequest.newBuilder()
                                                .setParent("tenants/globex")
                                                .build())
                                .getBudgetStatusesList())
                .hasSize(3);
        assertThat(
                        globex.listAlerts(
                                        ListAlertsRequest.newBuilder()
                                                .setParent("tenants/globex/budgets/-")
                                                .build())
                                .getAlertsList())
                .isEmpty();
    }

    @Test
    void the_operator_limits_several_tenants_together() {
        Budget.Builder shared = budget("shared").setLimit(dollars("0.03"));
        var _ = operator.createBudget(create("-", "shared", shared));

        Decision first = acme.authorize(call("shared").build()).getDecision();
        AuthorizeResponse second = globex.authorize(call("shared").build());

        assertThat(first).isEqualTo(Decision.DECISION_GRANTED);
        assertThat(second.getDecision()).isEqualTo(Decision.DECISION_DENIED);
        assertThat(second.getLimitedBy().getBudget()).isEqualTo("tenants/-/budgets/shared");
        assertThat(
                        operator.listBudgets(
                                        ListBudgetsRequest.newBuilder()
                                                .setParent("tenants/-")
                                                .build())
                                .getBudgetsList())
                .hasSize(1);
    }

    @Test
    void nobody_sees_or_changes_what_is_not_theirs() {
        var _ = acme.createBudget(create("acme", "private", budget("private")));
        GetBudgetRequest get = GetBudgetRequest.newBuilder().setName(name("private")).build();

        assertThat(refusal(() -> globex.getBudget(get)))
                .startsWith("PERMISSION_DENIED TENANT_MISMATCH");
        assertThat(refusal(() -> globex.createBudget(create("acme", "x", budget("x")))))
                .startsWith("PERMISSION_DENIED TENANT_MISMATCH");
        assertThat(refusal(() -> reader.createBudget(create("acme", "x", budget("x")))))
                .startsWith("PERMISSION_DENIED SCOPE_MISSING");
        assertThat(refusal(() -> reader.authorize(call("x").build())))
                .startsWith("PERMISSION_DENIED SCOPE_MISSING");
        assertThat(refusal(() -> acme.createBudget(create("-", "x", budget("x")))))
                .startsWith("PERMISSION_DENIED OPERATOR_ONLY");
        assertThat(refusal(() -> globex.authorize(call("x").setTenant("acme").build())))
                .startsWith("PERMISSION_DENIED TENANT_MISMATCH");
        assertThat(refusal(() -> doors.stranger().getBudget(get)))
                .startsWith("UNAUTHENTICATED CREDENTIAL_INVALID");
        assertThat(operator.getBudget(get).getName()).isEqualTo(name("private"));
        assertThat(refusal(() -> operator.getBudget(get.toBuilder().setName(name("none")).build())))
                .startsWith("NOT_FOUND UNKNOWN_BUDGET");
    }

    private static String createRefusal(UnaryOperator<Budget.Builder> change) {
        return refusal(() -> acme.createBudget(create("acme", "bad", change.apply(budget("bad")))));
    }

    @Test
    void bad_budgets_are_refused_by_field() {
        assertThat(refusal(() -> acme.createBudget(create("acme", "Bad Id", budget("r")))))
                .startsWith("INVALID_ARGUMENT INVALID_NAME budget_id");
        assertThat(createRefusal(b -> b.clearLimit()))
                .startsWith("INVALID_ARGUMENT LIMIT_MISSING budget.limit");
        assertThat(createRefusal(b -> b.setLimit(dollars("-1"))))
                .startsWith("INVALID_ARGUMENT INVALID_AMOUNT budget.limit.money.amount: -1");
        assertThat(createRefusal(b -> b.setLimit(dollars("1e5"))))
                .startsWith("INVALID_ARGUMENT INVALID_AMOUNT");
        assertThat(createRefusal(b -> b.setLimit(dollars("1000000000000000"))))
                .startsWith("INVALID_ARGUMENT INVALID_AMOUNT");
        assertThat(createRefusal(b -> b.setLimit(dollars("0.0000000000000001"))))
                .startsWith("INVALID_ARGUMENT INVALID_AMOUNT");
        assertThat(createRefusal(b -> b.setLimit(Amount.newBuilder().setTokens(-1))))
                .startsWith("INVALID_ARGUMENT OUT_OF_RANGE budget.limit.tokens: -1");
        assertThat(createRefusal(b -> b.clearPolicy()))
                .startsWith("INVALID_ARGUMENT INVALID_POLICY budget.policy");
        assertThat(createRefusal(b -> b.setDowngradeModel("small")))
                .startsWith("INVALID_ARGUMENT INVALID_POLICY budget.downgrade_model: small");
        assertThat(createRefusal(b -> b.setPolicy(Policy.POLICY_DOWNGRADE)))
                .startsWith("INVALID_ARGUMENT INVALID_MODEL budget.downgrade_model");
        assertThat(createRefusal(b -> b.addThresholdPercents(80)))
                .startsWith("INVALID_ARGUMENT INVALID_THRESHOLD budget.threshold_percents: 80");
        assertThat(createRefusal(b -> b.addScope(b.getScope(0))))
                .startsWith("INVALID_ARGUMENT DUPLICATE_DIMENSION budget.scope[1].dimension: RUN");
        assertThat(
                        createRefusal(
                                b ->
                                        b.setScope(
                                                0,
                                                ScopeValue.newBuilder()
                                                        .setDimension(Dimension.DIMENSION_TENANT)
                                                        .setValue("globex"))))
                .startsWith("INVALID_ARGUMENT INVALID_DIMENSION budget.scope[0].dimension");
    }

    private static String windowRefusal(Window.Builder window) {
        return createRefusal(budget -> budget.setWindow(window));
    }

    @Test
    void bad_windows_are_refused_by_field() {
        Window.Builder rolling = Window.newBuilder().setKind(WindowKind.WINDOW_KIND_ROLLING);

        assertThat(windowRefusal(Window.newBuilder()))
                .startsWith("INVALID_ARGUMENT INVALID_WINDOW budget.window.kind");
        assertThat(
                        windowRefusal(
                                Window.newBuilder()
                                        .setKind(WindowKind.WINDOW_KIND_DAY)
                                        .setTimeZone("Mars/Olympus")))
                .startsWith(
                        "INVALID_ARGUMENT INVALID_TIME_ZONE budget.window.time_zone:"
                                + " Mars/Olympus");
        assertThat(windowRefusal(rolling))
                .startsWith("INVALID_ARGUMENT INVALID_DURATION budget.window.duration");
        assertThat(windowRefusal(rolling.setDuration(Duration.newBuilder().setSeconds(90))))
                .startsWith("INVALID_ARGUMENT INVALID_DURATION budget.window.duration: 90s");
        assertThat(windowRefusal(rolling.setDuration(Duration.newBuilder().setSeconds(31_622_460))))
                .startsWith("INVALID_ARGUMENT INVALID_DURATION");
    }

    private static String callRefusal(UnaryOperator<AuthorizeRequest.Builder> change) {
        return refusal(() -> acme.authorize(change.apply(call("bad")).build()));
    }

    @Test
    void bad_questions_are_refused_by_field() {
        assertThat(callRefusal(c -> c.clearModel()))
                .startsWith("INVALID_ARGUMENT INVALID_MODEL model: ");
        assertThat(callRefusal(c -> c.clearApplication()))
                .startsWith("INVALID_ARGUMENT INVALID_ID application: ");
        assertThat(callRefusal(c -> c.setUser("two words")))
                .startsWith("INVALID_ARGUMENT INVALID_ID user: two words");
        assertThat(callRefusal(c -> c.setEstimatedInputTokens(-1)))
                .startsWith("INVALID_ARGUMENT OUT_OF_RANGE estimated_input_tokens: -1");
        assertThat(callRefusal(c -> c.setMaxOutputTokens(1_000_000_001)))
                .startsWith("INVALID_ARGUMENT OUT_OF_RANGE max_output_tokens");
        assertThat(callRefusal(c -> c.setMinOutputTokens(1_001)))
                .startsWith("INVALID_ARGUMENT OUT_OF_RANGE min_output_tokens: 1001");
        assertThat(callRefusal(c -> c.clearMaxOutputTokens()))
                .startsWith("INVALID_ARGUMENT ESTIMATE_MISSING max_output_tokens");
        assertThat(callRefusal(c -> c.setHoldTimeToLive(Duration.newBuilder().setSeconds(86_401))))
                .startsWith("INVALID_ARGUMENT INVALID_DURATION hold_time_to_live");
        assertThat(callRefusal(c -> c.setOccurTime(Timestamp.newBuilder().setSeconds(1))))
                .startsWith("INVALID_ARGUMENT INVALID_TIME occur_time");
        assertThat(callRefusal(c -> c.setMaxAmount(Money.newBuilder().setCurrencyCode("XX"))))
                .startsWith("INVALID_ARGUMENT INVALID_CURRENCY max_amount.currency_code: XX");
        assertThat(callRefusal(c -> c.setRequestId("x".repeat(201))))
                .startsWith("INVALID_ARGUMENT INVALID_REQUEST_ID request_id");
    }

    @Test
    void a_request_id_is_good_for_one_question() {
        var _ = acme.createBudget(create("acme", "request", budget("request")));
        AuthorizeResponse first = acme.authorize(call("request").setRequestId("r-1").build());

        assertThat(acme.authorize(call("request").setRequestId("r-1").build())).isEqualTo(first);
        assertThat(callRefusal(c -> c.setRun("request").setRequestId("r-1").setMaxOutputTokens(5)))
                .startsWith("ALREADY_EXISTS REQUEST_ID_REUSED");
        assertThat(status("request").getHeld().getMoney().getAmount()).isEqualTo("0.018");
    }
}
