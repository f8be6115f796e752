package dev.meterbook.allocation.grpc;

import dev.meterbook.allocation.application.Registrar;
import dev.meterbook.allocation.application.TenantScope;
import dev.meterbook.allocation.domain.Decision;
import dev.meterbook.allocation.domain.Decision.Recorded;
import dev.meterbook.allocation.domain.Decision.Refused;
import dev.meterbook.allocation.domain.Decision.Unchanged;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCostCenter;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterCustomer;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.RegisterUser;
import dev.meterbook.allocation.domain.DirectoryCommand.ResumeTenant;
import dev.meterbook.allocation.domain.DirectoryCommand.SetAllocationRule;
import dev.meterbook.allocation.domain.DirectoryCommand.SuspendTenant;
import dev.meterbook.allocation.domain.DirectoryProblem;
import dev.meterbook.allocation.domain.EntryId;
import dev.meterbook.allocation.projection.DirectoryView;
import dev.meterbook.allocation.projection.DirectoryView.CostCenterRow;
import dev.meterbook.allocation.projection.DirectoryView.CustomerRow;
import dev.meterbook.allocation.projection.DirectoryView.RuleRow;
import dev.meterbook.allocation.projection.DirectoryView.TenantRow;
import dev.meterbook.allocation.projection.DirectoryView.UserRow;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.platform.security.Caller;
import dev.meterbook.platform.security.Scope;
import dev.meterbook.proto.allocation.v1.AllocationRule;
import dev.meterbook.proto.allocation.v1.CostCenter;
import dev.meterbook.proto.allocation.v1.CreateCostCenterRequest;
import dev.meterbook.proto.allocation.v1.CreateCustomerRequest;
import dev.meterbook.proto.allocation.v1.CreateTenantRequest;
import dev.meterbook.proto.allocation.v1.CreateUserRequest;
import dev.meterbook.proto.allocation.v1.Customer;
import dev.meterbook.proto.allocation.v1.DirectoryServiceGrpc;
import dev.meterbook.proto.allocation.v1.GetCostCenterRequest;
import dev.meterbook.proto.allocation.v1.GetCustomerRequest;
import dev.meterbook.proto.allocation.v1.GetTenantRequest;
import dev.meterbook.proto.allocation.v1.GetUserRequest;
import dev.meterbook.proto.allocation.v1.ListAllocationRulesRequest;
import dev.meterbook.proto.allocation.v1.ListAllocationRulesResponse;
import dev.meterbook.proto.allocation.v1.ListCostCentersRequest;
import dev.meterbook.proto.allocation.v1.ListCostCentersResponse;
import dev.meterbook.proto.allocation.v1.ListCustomersRequest;
import dev.meterbook.proto.allocation.v1.ListCustomersResponse;
import dev.meterbook.proto.allocation.v1.ListTenantsRequest;
import dev.meterbook.proto.allocation.v1.ListTenantsResponse;
import dev.meterbook.proto.allocation.v1.ListUsersRequest;
import dev.meterbook.proto.allocation.v1.ListUsersResponse;
import dev.meterbook.proto.allocation.v1.ResumeTenantRequest;
import dev.meterbook.proto.allocation.v1.SetAllocationRuleRequest;
import dev.meterbook.proto.allocation.v1.SetDisplayNameRequest;
import dev.meterbook.proto.allocation.v1.SetDisplayNameResponse;
import dev.meterbook.proto.allocation.v1.SuspendTenantRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.allocation.v1.User;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The directory's gRPC service. */
@Singleton
public final class DirectoryEndpoint extends DirectoryServiceGrpc.DirectoryServiceImplBase {

    private final Registrar registrar;
    private final DirectoryView view;

    DirectoryEndpoint(Registrar registrar, DirectoryView view) {
        this.registrar = registrar;
        this.view = view;
    }

    @Override
    public void createTenant(CreateTenantRequest request, StreamObserver<Tenant> answer) {
        administrator();
        String id = Checks.governedId("tenant_id", request.getTenantId());
        String displayName =
                Checks.displayName("tenant.display_name", request.getTenant().getDisplayName());
        String costCenter =
                ResourceNames.costCenterOrNone(
                        "tenant.default_cost_center", request.getTenant().getDefaultCostCenter());
        Decision decision =
                registrar.register(
                        EntryId.tenant(id), new RegisterTenant(id, costCenter), displayName);
        done(decision, ResourceNames.ofTenant(id));
        reply(answer, tenant(id));
    }

    @Override
    public void getTenant(GetTenantRequest request, StreamObserver<Tenant> answer) {
        String tenant = readable(ResourceNames.tenant("name", request.getName()));
        reply(answer, tenant(tenant));
    }

    @Override
    public void listTenants(
            ListTenantsRequest request, StreamObserver<ListTenantsResponse> answer) {
        Caller caller = Caller.current().require(Scope.READ);
        TenantScope scope =
                caller.tenant()
                        .<TenantScope>map(TenantScope.One::new)
                        .orElse(new TenantScope.All());
        int size = PageTokens.size(request.getPageSize());
        List<TenantRow> found =
                view.tenants(scope, PageTokens.idOf(request.getPageToken()), size + 1);
        ListTenantsResponse.Builder page = ListTenantsResponse.newBuilder();
        PageTokens.cut(found, size).forEach(row -> page.addTenants(DirectoryProtos.toProto(row)));
        page.setNextPageToken(PageTokens.next(found, size, TenantRow::tenant));
        reply(answer, page.build());
    }

    @Override
    public void suspendTenant(SuspendTenantRequest request, StreamObserver<Tenant> answer) {
        administrator();
        String id = ResourceNames.tenant("name", request.getName());
        done(registrar.execute(new SuspendTenant(id)), request.getName());
        reply(answer, tenant(id));
    }

    @Override
    public void resumeTenant(ResumeTenantRequest request, StreamObserver<Tenant> answer) {
        administrator();
        String id = ResourceNames.tenant("name", request.getName());
        done(registrar.execute(new ResumeTenant(id)), request.getName());
        reply(answer, tenant(id));
    }

    @Override
    public void createCustomer(CreateCustomerRequest request, StreamObserver<Customer> answer) {
        administrator();
        String tenant = ResourceNames.tenant("parent", request.getParent());
        String id = Checks.opaqueId("customer_id", request.getCustomerId());
        String displayName =
                Checks.displayName("customer.display_name", request.getCustomer().getDisplayName());
        Decision decision =
                registrar.register(
                        EntryId.customer(tenant, id),
                        new RegisterCustomer(tenant, id),
                        displayName);
        done(decision, ResourceNames.ofCustomer(tenant, id));
        reply(answer, customer(EntryId.customer(tenant, id)));
    }

    @Override
    public void getCustomer(GetCustomerRequest request, StreamObserver<Customer> answer) {
        EntryId entry = ResourceNames.customer("name", request.getName());
        readable(entry.tenant());
        reply(answer, customer(entry));
    }

    @Override
    public void listCustomers(
            ListCustomersRequest request, StreamObserver<ListCustomersResponse> answer) {
        String tenant = readable(ResourceNames.tenant("parent", request.getParent()));
        int size = PageTokens.size(request.getPageSize());
        List<CustomerRow> found =
                view.customers(tenant, PageTokens.idOf(request.getPageToken()), size + 1);
        ListCustomersResponse.Builder page = ListCustomersResponse.newBuilder();
        PageTokens.cut(found, size).forEach(row -> page.addCustomers(DirectoryProtos.toProto(row)));
        page.setNextPageToken(PageTokens.next(found, size, CustomerRow::customer));
        reply(answer, page.build());
    }

    @Override
    public void createUser(CreateUserRequest request, StreamObserver<User> answer) {
        administrator();
        String tenant = ResourceNames.tenant("parent", request.getParent());
        RegisterUser command = DirectoryProtos.fromProto(request, tenant);
        String displayName =
                Checks.displayName("user.display_name", request.getUser().getDisplayName());
        EntryId entry = EntryId.user(tenant, command.user());
        Decision decision = registrar.register(entry, command, displayName);
        done(decision, ResourceNames.ofUser(tenant, command.user()));
        reply(answer, user(entry));
    }

    @Override
    public void getUser(GetUserRequest request, StreamObserver<User> answer) {
        EntryId entry = ResourceNames.user("name", request.getName());
        readable(entry.tenant());
        reply(answer, user(entry));
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> answer) {
        String tenant = readable(ResourceNames.tenant("parent", request.getParent()));
        int size = PageTokens.size(request.getPageSize());
        List<UserRow> found = view.users(tenant, PageTokens.idOf(request.getPageToken()), size + 1);
        ListUsersResponse.Builder page = ListUsersResponse.newBuilder();
        PageTokens.cut(found, size).forEach(row -> page.addUsers(DirectoryProtos.toProto(row)));
        page.setNextPageToken(PageTokens.next(found, size, UserRow::user));
        reply(answer, page.build());
    }

    @Override
    public void createCostCenter(
            CreateCostCenterRequest request, StreamObserver<CostCenter> answer) {
        administrator();
        RegisterCostCenter command = DirectoryProtos.fromProto(request);
        String displayName =
                Checks.displayName(
                        "cost_center.display_name", request.getCostCenter().getDisplayName());
        Decision decision =
                registrar.register(EntryId.costCenter(command.costCenter()), command, displayName);
        done(decision, ResourceNames.ofCostCenter(command.costCenter()));
        reply(answer, costCenter(command.costCenter()));
    }

    @Override
    public void getCostCenter(GetCostCenterRequest request, StreamObserver<CostCenter> answer) {
        Caller.current().requireOperator(Scope.READ);
        reply(answer, costCenter(ResourceNames.costCenter("name", request.getName())));
    }

    @Override
    public void listCostCenters(
            ListCostCentersRequest request, StreamObserver<ListCostCentersResponse> answer) {
        Caller.current().requireOperator(Scope.READ);
        int size = PageTokens.size(request.getPageSize());
        List<CostCenterRow> found =
                view.costCenters(PageTokens.idOf(request.getPageToken()), size + 1);
        ListCostCentersResponse.Builder page = ListCostCentersResponse.newBuilder();
        PageTokens.cut(found, size)
                .forEach(row -> page.addCostCenters(DirectoryProtos.toProto(row)));
        page.setNextPageToken(PageTokens.next(found, size, CostCenterRow::costCenter));
        reply(answer, page.build());
    }

    @Override
    public void setAllocationRule(
            SetAllocationRuleRequest request, StreamObserver<AllocationRule> answer) {
        administrator();
        SetAllocationRule command = DirectoryProtos.fromProto(request);
        done(registrar.execute(command), request.getParent());
        reply(answer, rule(command));
    }

    private AllocationRule rule(SetAllocationRule command) {
        Instant before = command.effectiveTime().minus(1, ChronoUnit.MICROS);
        return DirectoryProtos.toProto(
                view.rules(command.tenant(), command.application(), before, 1).getFirst());
    }

    @Override
    public void listAllocationRules(
            ListAllocationRulesRequest request,
            StreamObserver<ListAllocationRulesResponse> answer) {
        String tenant = readable(ResourceNames.tenant("parent", request.getParent()));
        int size = PageTokens.size(request.getPageSize());
        RulePlace after = RulePlace.of(request.getPageToken());
        List<RuleRow> found = view.rules(tenant, after.application, after.time, size + 1);
        ListAllocationRulesResponse.Builder page = ListAllocationRulesResponse.newBuilder();
        PageTokens.cut(found, size)
                .forEach(row -> page.addAllocationRules(DirectoryProtos.toProto(row)));
        if (found.size() > size) {
            page.setNextPageToken(RulePlace.tokenBehind(found.get(size - 1)));
        }
        reply(answer, page.build());
    }

    @Override
    public void setDisplayName(
            SetDisplayNameRequest request, StreamObserver<SetDisplayNameResponse> answer) {
        administrator();
        EntryId entry = ResourceNames.anyEntry("name", request.getName());
        String displayName = Checks.displayName("display_name", request.getDisplayName());
        done(registrar.setDisplayName(entry, displayName), request.getName());
        reply(
                answer,
                SetDisplayNameResponse.newBuilder()
                        .setName(request.getName())
                        .setDisplayName(displayName)
                        .build());
    }

    /** Where a page of rules begins. */
    private record RulePlace(String application, Instant time) {

        static RulePlace of(String token) {
            if (token.isEmpty()) {
                return new RulePlace("", Instant.EPOCH);
            }
            List<String> texts = PageTokens.decode(token, 2);
            try {
                return new RulePlace(texts.get(0), Instant.parse(texts.get(1)));
            } catch (java.time.format.DateTimeParseException malformed) {
                throw PageTokens.invalid(token);
            }
        }

        static String tokenBehind(RuleRow row) {
            return PageTokens.encode(List.of(row.application(), row.effectiveTime().toString()));
        }
    }

    private Tenant tenant(String id) {
        return found(view.tenant(id).map(DirectoryProtos::toProto), EntryId.tenant(id));
    }

    private Customer customer(EntryId entry) {
        return found(
                view.customer(entry.tenant(), entry.id()).map(DirectoryProtos::toProto), entry);
    }

    private User user(EntryId entry) {
        return found(view.user(entry.tenant(), entry.id()).map(DirectoryProtos::toProto), entry);
    }

    private CostCenter costCenter(String id) {
        return found(view.costCenter(id).map(DirectoryProtos::toProto), EntryId.costCenter(id));
    }

    private static <T> T found(Optional<T> entry, EntryId id) {
        return entry.orElseThrow(() -> Refusal.notFound(id.kind().unknown().name(), id.id()));
    }

    private static void administrator() {
        Caller.current().requireOperator(Scope.ADMIN);
    }

    private static String readable(String tenant) {
        return Caller.current().require(Scope.READ).tenantFor(tenant);
    }

    private static void done(Decision decision, String name) {
        switch (decision) {
            case Recorded _, Unchanged _ -> {}
            case Refused(DirectoryProblem problem) -> throw refusal(problem, name);
        }
    }

    private static StatusRuntimeException refusal(DirectoryProblem problem, String name) {
        String reason = problem.name();
        return switch (problem) {
            case UNKNOWN_TENANT, UNKNOWN_CUSTOMER, UNKNOWN_USER, UNKNOWN_COST_CENTER ->
                    Refusal.notFound(reason, name);
            case TENANT_EXISTS, CUSTOMER_EXISTS, USER_EXISTS, COST_CENTER_EXISTS ->
                    Refusal.exists(reason, name + ": exists with other content");
            case COST_CENTER_TREE_FULL, COST_CENTER_TREE_TOO_DEEP, TOO_MANY_ALLOCATION_RULES ->
                    Refusal.precondition(reason, name + ": a limit is reached");
        };
    }

    private static <T> void reply(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }
}
