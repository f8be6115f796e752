package dev.meterbook.allinone.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.proto.pricing.v1.ExplainCallResponse;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.PricePart;
import dev.meterbook.proto.pricing.v1.SpendLine;
import dev.meterbook.proto.pricing.v1.TermOwner;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.Money;
import org.junit.jupiter.api.Test;

class ExplanationOfTermsTest {

    private static Money dollars(String amount) {
        return Money.newBuilder().setAmount(amount).setCurrencyCode("USD").build();
    }

    private static PricePart part(String description, String quantity, String amount) {
        return PricePart.newBuilder()
                .setDescription(description)
                .setQuantity(quantity)
                .setAmount(amount)
                .build();
    }

    @Test
    void a_plans_rule_and_a_cap_are_shown_with_the_numbers_before_and_after() {
        PriceLine line =
                PriceLine.newBuilder()
                        .setLeaf(Leaf.LEAF_OUTPUT)
                        .setPricedLeaf(Leaf.LEAF_OUTPUT)
                        .setQuantity(80)
                        .setUnitAmount("1")
                        .setPer(1)
                        .setPlanRule("included")
                        .setPlanQuantityBefore(1_060)
                        .addPlanParts(part("free", "40", "0"))
                        .addPlanParts(part("plan", "40", "48"))
                        .build();
        SpendLine cap =
                SpendLine.newBuilder()
                        .setOwner(TermOwner.TERM_OWNER_CONTRACT)
                        .setTerm("most")
                        .setEffect("cap")
                        .setSpendBefore(dollars("90"))
                        .setSpendAfter(dollars("170"))
                        .setAmount(dollars("80"))
                        .setOwedAmount(dollars("10"))
                        .build();

        var lines =
                Explanation.lines(
                        ExplainCallResponse.newBuilder()
                                .setPrice(
                                        PriceBreakdown.newBuilder()
                                                .addLines(line)
                                                .addSpendLines(cap))
                                .build());

        assertThat(lines)
                .contains(
                        "counted   output by plan's rule included after 1,060:"
                                + " free 40 = 0; plan 40 = 48",
                        "cap       contract's most: spend 90 USD to 170 USD, of 80 USD 10 USD owed")
                .anySatisfy(each -> assertThat(each).contains("by rule included"));
    }
}
