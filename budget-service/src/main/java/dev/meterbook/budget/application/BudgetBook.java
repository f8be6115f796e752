package dev.meterbook.budget.application;

import dev.meterbook.budget.domain.Budget;
import dev.meterbook.budget.domain.BudgetEvent;
import dev.meterbook.budget.domain.BudgetKey;
import dev.meterbook.budget.domain.CallDimensions;
import dev.meterbook.budget.domain.Scope;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every budget in force, in memory, found by the calls it covers. A lookup costs one probe for each
 * combination of dimensions that budgets of the tenant (or of the operator) use, however many
 * budgets there are. One thread applies events, any number of threads asks.
 */
@Singleton
public final class BudgetBook {

    private final Map<BudgetKey, Budget> active = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, Map<String, List<BudgetKey>>>> byOwner =
            new ConcurrentHashMap<>();
    private volatile long position;

    /**
     * Takes an event.
     *
     * @param at its place in the budgets' log
     */
    public void apply(BudgetEvent event, long at) {
        @Nullable Budget before = active.get(event.key());
        if (before != null || event instanceof BudgetEvent.BudgetDefined) {
            Budget after = Budget.evolve(before, event);
            if (after.isActive()) {
                active.put(after.key(), after);
                index(after);
            } else {
                active.remove(after.key());
                unindex(after);
            }
        }
        position = at;
    }

    private void index(Budget budget) {
        Scope scope = budget.scope();
        byOwner.computeIfAbsent(budget.key().tenantId(), any -> new ConcurrentHashMap<>())
                .computeIfAbsent(scope.shape(), any -> new ConcurrentHashMap<>())
                .merge(scope.probe(), List.of(budget.key()), BudgetBook::union);
    }

    private static List<BudgetKey> union(List<BudgetKey> old, List<BudgetKey> more) {
        if (old.containsAll(more)) {
            return old;
        }
        List<BudgetKey> all = new ArrayList<>(old);
        all.addAll(more);
        return List.copyOf(all);
    }

    private void unindex(Budget budget) {
        Scope scope = budget.scope();
        shapesOf(budget.key().tenantId())
                .getOrDefault(scope.shape(), new ConcurrentHashMap<>())
                .computeIfPresent(scope.probe(), (_, keys) -> without(keys, budget.key()));
    }

    private static @Nullable List<BudgetKey> without(List<BudgetKey> keys, BudgetKey key) {
        List<BudgetKey> rest = keys.stream().filter(each -> !each.equals(key)).toList();
        return rest.isEmpty() ? null : rest;
    }

    private Map<Integer, Map<String, List<BudgetKey>>> shapesOf(String owner) {
        return byOwner.getOrDefault(owner, Map.of());
    }

    /**
     * The budgets that cover a call: those of its tenant and those of the operator; in no order.
     */
    public List<Budget> covering(CallDimensions call) {
        List<Budget> found = new ArrayList<>();
        collect(shapesOf(call.tenantId()), call, found);
        collect(shapesOf(""), call, found);
        return found;
    }

    private void collect(
            Map<Integer, Map<String, List<BudgetKey>>> shapes,
            CallDimensions call,
            List<Budget> into) {
        for (var shape : shapes.entrySet()) {
            String probe = Scope.probe(shape.getKey(), call);
            for (BudgetKey key : shape.getValue().getOrDefault(probe, List.of())) {
                @Nullable Budget budget = active.get(key);
                if (budget != null) {
                    into.add(budget);
                }
            }
        }
    }

    /** A budget in force. */
    public Optional<Budget> find(BudgetKey key) {
        return Optional.ofNullable(active.get(key));
    }

    /** All budgets in force; a view that changes. */
    public Collection<Budget> all() {
        return active.values();
    }

    /** How many budgets of a tenant (empty: of the operator) are in force. */
    public long countOf(String tenantId) {
        return active.keySet().stream().filter(key -> key.tenantId().equals(tenantId)).count();
    }

    /** The place in the budgets' log of the last event taken. */
    public long position() {
        return position;
    }
}
