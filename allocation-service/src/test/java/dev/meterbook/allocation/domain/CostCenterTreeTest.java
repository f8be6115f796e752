package dev.meterbook.allocation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allocation.domain.CostCenterTree.Node;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostCenterTreeTest {

    private final CostCenterTree tree =
            new CostCenterTree(
                    Map.of(
                            "company", "",
                            "research", "company",
                            "research-ai", "research",
                            "sales", "company",
                            "partners", ""));

    private static CostSums sums(long calls, String cost) {
        return new CostSums(calls, 0, Tokens.NONE, new BigDecimal(cost), new BigDecimal(cost));
    }

    private final Map<String, Map<String, CostSums>> own =
            Map.of(
                    "company", Map.of("USD", sums(1, "1")),
                    "research-ai", Map.of("USD", sums(2, "0.25"), "EUR", sums(3, "4")),
                    "sales", Map.of("USD", sums(4, "0.5")),
                    "unallocated", Map.of("USD", sums(5, "9")),
                    "stranger", Map.of("EUR", sums(6, "7")));

    private static String line(Node node) {
        return "%s<%s d%d %s %s"
                .formatted(
                        node.costCenter(),
                        node.parent(),
                        node.depth(),
                        node.registered() ? "known" : "strange",
                        node.rolledUp().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(
                                        each ->
                                                each.getKey()
                                                        + "="
                                                        + each.getValue().calls()
                                                        + "/"
                                                        + each.getValue().charge().toPlainString())
                                .toList());
    }

    @Test
    void adds_costs_up_along_the_tree_and_shows_strangers_behind_it() {
        List<Node> nodes = tree.rollUp(own);

        assertThat(nodes)
                .extracting(CostCenterTreeTest::line)
                .containsExactly(
                        "company< d0 known [EUR=3/4, USD=7/1.75]",
                        "research<company d1 known [EUR=3/4, USD=2/0.25]",
                        "research-ai<research d2 known [EUR=3/4, USD=2/0.25]",
                        "sales<company d1 known [USD=4/0.5]",
                        "partners< d0 known []",
                        "stranger< d0 strange [EUR=6/7]",
                        "unallocated< d0 strange [USD=5/9]");
    }

    @Test
    void keeps_a_node_s_own_costs_apart() {
        Node company = tree.rollUp(own).getFirst();

        assertThat(company.own()).containsExactly(Map.entry("USD", sums(1, "1")));
    }

    @Test
    void rolls_a_branch_up_alone() {
        assertThat(tree.rollUpFrom("research", own))
                .extracting(CostCenterTreeTest::line)
                .containsExactly(
                        "research<company d1 known [EUR=3/4, USD=2/0.25]",
                        "research-ai<research d2 known [EUR=3/4, USD=2/0.25]");
    }
}
