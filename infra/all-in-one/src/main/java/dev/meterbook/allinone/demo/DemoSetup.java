package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.allocation.v1.AllocationRule;
import dev.meterbook.proto.allocation.v1.CostCenter;
import dev.meterbook.proto.allocation.v1.CreateCostCenterRequest;
import dev.meterbook.proto.allocation.v1.CreateCustomerRequest;
import dev.meterbook.proto.allocation.v1.CreateTenantRequest;
import dev.meterbook.proto.allocation.v1.CreateUserRequest;
import dev.meterbook.proto.allocation.v1.Customer;
import dev.meterbook.proto.allocation.v1.SetAllocationRuleRequest;
import dev.meterbook.proto.allocation.v1.Tenant;
import dev.meterbook.proto.allocation.v1.User;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.PlanVersion;
import dev.meterbook.proto.pricing.v1.SetTenantPlanRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operator's side of the demo, made through the public contracts: cost centers, contracts, and
 * the tenants with their plans, people and ceilings. Doing it again changes nothing.
 */
final class DemoSetup {

    /** Cost centers by id, each with the one above it; parents stand first. */
    private static final Map<String, String> COST_CENTERS = costCenters();

    private final Client operator;

    DemoSetup(Client operator) {
        this.operator = operator;
    }

    private static Map<String, String> costCenters() {
        Map<String, String> centers = new LinkedHashMap<>();
        centers.put("company", "");
        centers.put("products", "company");
        centers.put("customer-products", "products");
        centers.put("search", "products");
        centers.put("engineering", "company");
        centers.put("developer-tools", "engineering");
        centers.put("back-office", "company");
        centers.put("trials", "company");
        return centers;
    }

    /** Makes everything for these companies; the moment at which the first of them was made. */
    Instant prepare(List<Company> companies) {
        COST_CENTERS.forEach(this::costCenter);
        DemoPrices.contracts()
                .forEach(
                        (id, contract) ->
                                operator.pricing()
                                        .createProviderContract(
                                                CreateProviderContractRequest.newBuilder()
                                                        .setContractId(id)
                                                        .setContract(contract)
                                                        .build()));
        Instant first = Instant.MAX;
        for (Company company : companies) {
            Instant made = tenant(company);
            first = made.isBefore(first) ? made : first;
            plan(company);
            people(company);
        }
        rules(companies);
        new DemoBudgets(operator).prepare(companies);
        return first;
    }

    private void costCenter(String id, String parent) {
        CostCenter.Builder center = CostCenter.newBuilder().setDisplayName(id.replace('-', ' '));
        if (!parent.isEmpty()) {
            center.setParentCostCenter("costCenters/" + parent);
        }
        operator.directory()
                .createCostCenter(
                        CreateCostCenterRequest.newBuilder()
                                .setCostCenterId(id)
                                .setCostCenter(center)
                                .build());
    }

    private Instant tenant(Company company) {
        Tenant tenant =
                operator.directory()
                        .createTenant(
                                CreateTenantRequest.newBuilder()
                                        .setTenantId(company.id())
                                        .setTenant(
                                                Tenant.newBuilder()
                                                        .setDisplayName(company.displayName())
                                                        .setDefaultCostCenter(
                                                                "costCenters/"
                                                                        + company.costCenter()))
                                        .build());
        return Times.of(tenant.getCreateTime());
    }

    private void plan(Company company) {
        operator.pricing()
                .setTenantPlan(
                        SetTenantPlanRequest.newBuilder()
                                .setName(company.name() + "/plan")
                                .setVersion(
                                        PlanVersion.newBuilder()
                                                .setEffectiveStartTime(Times.of(DemoPrices.START))
                                                .setMarkupPercent(company.markupPercent())
                                                .setCurrencyCode(DemoPrices.CURRENCY))
                                .build());
    }

    private void people(Company company) {
        for (int number = 1; number <= company.customers(); number++) {
            operator.directory()
                    .createCustomer(
                            CreateCustomerRequest.newBuilder()
                                    .setParent(company.name())
                                    .setCustomerId(company.customer(number))
                                    .setCustomer(
                                            Customer.newBuilder()
                                                    .setDisplayName("Customer " + number))
                                    .build());
        }
        for (int number = 1; number <= company.users(); number++) {
            String customer = company.customer(1 + number % company.customers());
            operator.directory()
                    .createUser(
                            CreateUserRequest.newBuilder()
                                    .setParent(company.name())
                                    .setUserId(Company.user(number))
                                    .setUser(
                                            User.newBuilder()
                                                    .setCustomer(
                                                            company.name()
                                                                    + "/customers/"
                                                                    + customer))
                                    .build());
        }
    }

    private void rules(List<Company> companies) {
        if (companies.contains(Company.ACME)) {
            rule(Company.ACME, "search-answers", "search");
        }
        if (companies.contains(Company.GLOBEX)) {
            rule(Company.GLOBEX, "code-assistant", "developer-tools");
        }
    }

    private void rule(Company company, String application, String costCenter) {
        operator.directory()
                .setAllocationRule(
                        SetAllocationRuleRequest.newBuilder()
                                .setParent(company.name())
                                .setAllocationRule(
                                        AllocationRule.newBuilder()
                                                .setApplication(application)
                                                .setCostCenter("costCenters/" + costCenter)
                                                .setEffectiveTime(Times.of(DemoPrices.START)))
                                .build());
    }
}
