package dev.meterbook.allinone.demo;

import dev.meterbook.allinone.system.Client;
import dev.meterbook.proto.budget.v1.Amount;
import dev.meterbook.proto.budget.v1.Budget;
import dev.meterbook.proto.budget.v1.CreateBudgetRequest;
import dev.meterbook.proto.budget.v1.Policy;
import dev.meterbook.proto.budget.v1.ScopeValue;
import dev.meterbook.proto.budget.v1.Window;
import dev.meterbook.proto.budget.v1.WindowKind;
import dev.meterbook.proto.type.v1.Dimension;
import dev.meterbook.proto.type.v1.Money;
import java.util.List;

/**
 * The ceilings of the demo: wide ones that are watched, and a small hard one that stops an agent.
 */
final class DemoBudgets {

    /** Id of the agent's ceiling. */
    static final String AGENT_CEILING = "agent-ceiling";

    private final Client operator;

    DemoBudgets(Client operator) {
        this.operator = operator;
    }

    void prepare(List<Company> companies) {
        companies.forEach(
                company -> create(company, "monthly", monthly("2000", Policy.POLICY_WARN)));
        if (companies.contains(Company.ACME)) {
            create(Company.ACME, "chat-assistant", ofApplication("chat-assistant", "500"));
        }
        if (companies.contains(Company.GLOBEX)) {
            create(Company.GLOBEX, "code-assistant", ofApplication("code-assistant", "500"));
        }
        if (companies.contains(Company.INITECH)) {
            create(Company.INITECH, AGENT_CEILING, agentCeiling());
        }
    }

    private static Budget.Builder monthly(String limit, Policy policy) {
        return Budget.newBuilder()
                .setWindow(Window.newBuilder().setKind(WindowKind.WINDOW_KIND_MONTH))
                .setLimit(dollars(limit))
                .addThresholdPercents(50)
                .addThresholdPercents(80)
                .addThresholdPercents(100)
                .setPolicy(policy);
    }

    private static Budget.Builder ofApplication(String application, String limit) {
        return monthly(limit, Policy.POLICY_DENY)
                .addScope(value(Dimension.DIMENSION_APPLICATION, application));
    }

    private static Budget.Builder agentCeiling() {
        return Budget.newBuilder()
                .addScope(value(Dimension.DIMENSION_AGENT, RunawayAgent.AGENT))
                .setWindow(
                        Window.newBuilder()
                                .setKind(WindowKind.WINDOW_KIND_TOTAL)
                                .setStartTime(Times.of(DemoPrices.START)))
                .setLimit(dollars(RunawayAgent.CEILING))
                .addThresholdPercents(90)
                .setPolicy(Policy.POLICY_DENY);
    }

    private static ScopeValue value(Dimension dimension, String value) {
        return ScopeValue.newBuilder().setDimension(dimension).setValue(value).build();
    }

    private static Amount dollars(String amount) {
        return Amount.newBuilder()
                .setMoney(Money.newBuilder().setAmount(amount).setCurrencyCode(DemoPrices.CURRENCY))
                .build();
    }

    private void create(Company company, String id, Budget.Builder budget) {
        operator.budgets()
                .createBudget(
                        CreateBudgetRequest.newBuilder()
                                .setParent(company.name())
                                .setBudgetId(id)
                                .setBudget(budget)
                                .build());
    }
}
