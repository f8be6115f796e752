package dev.meterbook.allocation.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The operator's cost centers, and how costs add up along them. The tree has no cycles because a
 * node is registered after the node above it and never moves.
 */
public final class CostCenterTree {

    /** Cost centers at most. */
    public static final int MAX_COST_CENTERS = 10_000;

    /** Levels at most. */
    public static final int MAX_LEVELS = 16;

    private final Map<String, String> parents;
    private final NavigableMap<String, NavigableMap<String, String>> children = new TreeMap<>();

    /**
     * A node with its costs.
     *
     * @param costCenter its id
     * @param parent the node above; empty at the top
     * @param depth levels below the top
     * @param registered false if only calls name it
     * @param own costs of the node itself by currency
     * @param rolledUp costs of the node and all below it by currency
     */
    public record Node(
            String costCenter,
            String parent,
            int depth,
            boolean registered,
            Map<String, CostSums> own,
            Map<String, CostSums> rolledUp) {}

    /**
     * A tree.
     *
     * @param parents each cost center with the one above it; empty at the top
     */
    public CostCenterTree(Map<String, String> parents) {
        this.parents = Map.copyOf(parents);
        this.parents.forEach(
                (costCenter, parent) ->
                        children.computeIfAbsent(parent, _ -> new TreeMap<>())
                                .put(costCenter, parent));
    }

    /** True if the directory knows the cost center. */
    public boolean contains(String costCenter) {
        return parents.containsKey(costCenter);
    }

    /** Levels above a cost center; 0 at the top and for one that is not in the tree. */
    public int depthOf(String costCenter) {
        int depth = 0;
        String above = parents.getOrDefault(costCenter, "");
        while (!above.isEmpty()) {
            depth++;
            above = parents.getOrDefault(above, "");
        }
        return depth;
    }

    /**
     * Adds costs up along the whole tree.
     *
     * @param own costs by cost center and currency
     * @return every node before those below it, siblings in order of id; after the tree those that
     *     are not in it, in order of id
     */
    public List<Node> rollUp(Map<String, ? extends Map<String, CostSums>> own) {
        List<Node> nodes = new ArrayList<>();
        for (String top : childrenOf("")) {
            nodes.addAll(rollUpFrom(top, own));
        }
        for (String stranger : new TreeSet<>(own.keySet())) {
            if (!contains(stranger)) {
                Map<String, CostSums> sums = new TreeMap<>(own.get(stranger));
                nodes.add(new Node(stranger, "", 0, false, sums, sums));
            }
        }
        return nodes;
    }

    /** As {@link #rollUp}, for one node of the tree and those below it. */
    public List<Node> rollUpFrom(
            String costCenter, Map<String, ? extends Map<String, CostSums>> own) {
        List<Node> below = new ArrayList<>();
        Map<String, CostSums> ownSums =
                own.containsKey(costCenter) ? own.get(costCenter) : Map.of();
        Map<String, CostSums> rolledUp = new TreeMap<>(ownSums);
        for (String child : childrenOf(costCenter)) {
            List<Node> branch = rollUpFrom(child, own);
            add(rolledUp, branch.getFirst().rolledUp());
            below.addAll(branch);
        }
        below.addFirst(
                new Node(
                        costCenter,
                        parents.getOrDefault(costCenter, ""),
                        depthOf(costCenter),
                        true,
                        new TreeMap<>(ownSums),
                        rolledUp));
        return below;
    }

    /** Adds sums to sums, currency by currency. */
    public static void add(Map<String, CostSums> to, Map<String, CostSums> more) {
        more.forEach((currency, sums) -> to.merge(currency, sums, CostSums::plus));
    }

    private Set<String> childrenOf(String costCenter) {
        return children.getOrDefault(costCenter, new TreeMap<>()).keySet();
    }
}
