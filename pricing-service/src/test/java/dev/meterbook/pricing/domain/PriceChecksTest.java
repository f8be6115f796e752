package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Violation;
import dev.meterbook.pricing.domain.TableForm.PriceForm;
import dev.meterbook.pricing.domain.TableForm.TierForm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceChecksTest {

    private static String check(TableForm form) {
        Findings findings = new Findings();
        var _ = PriceChecks.table(form, "table", findings);
        return findings.first().map(each -> each.reason() + " " + each.field()).orElse("right");
    }

    private static String check(PriceForm... prices) {
        return check(new TableForm("gpt-5", List.of(), List.of(prices), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "input,          1.25,             1000000,    0,          right",
        "input,          0,                1,          0,          right",
        "input,          999999999999,     1,          0,          right",
        "input,          0.000000000001,   1000000000, 0,          right",
        "input,          1,                1000000000, 1000000000, right",
        "inptu,          1,                1000000,    0,          UNKNOWN_LEAF table.prices[0].leaf",
        "input,          one,              1000000,    0,          INVALID_DECIMAL table.prices[0].amount",
        "input,          1e-6,             1000000,    0,          INVALID_DECIMAL table.prices[0].amount",
        "input,          ' 1',             1000000,    0,          INVALID_DECIMAL table.prices[0].amount",
        "input,          -0.1,             1000000,    0,          NEGATIVE_PRICE table.prices[0].amount",
        "input,          1000000000000,    1,          0,          PRICE_OUT_OF_RANGE table.prices[0].amount",
        "input,          0.0000000000001,  1,          0,          PRICE_OUT_OF_RANGE table.prices[0].amount",
        "input,          0.000000000001,   536870912,  0,          PRICE_TOO_FINE table.prices[0].amount",
        "input,          1,                0,          0,          INVALID_PER table.prices[0].per",
        "input,          1,                1000000001, 0,          INVALID_PER table.prices[0].per",
        "input,          1,                -1,         0,          INVALID_PER table.prices[0].per",
        "input,          1,                1,          -1,         INVALID_BAND table.prices[0].above_input_tokens",
        "input,          1,                1,          1000000001, INVALID_BAND table.prices[0].above_input_tokens",
    })
    void says_what_is_wrong_with_a_price(
            String leaf, String amount, long per, long above, String expected) {
        assertThat(check(new PriceForm(leaf, amount, per, above))).isEqualTo(expected);
    }

    @Test
    void a_table_has_prices() {
        assertThat(check()).isEqualTo("NO_PRICES table.prices");
    }

    @Test
    void a_table_has_at_most_one_hundred_prices() {
        List<PriceForm> prices = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            prices.add(new PriceForm("input", "1", 1_000_000, i));
        }
        assertThat(check(prices.toArray(PriceForm[]::new))).isEqualTo("right");
        prices.add(new PriceForm("input", "1", 1_000_000, 100));
        assertThat(check(prices.toArray(PriceForm[]::new)))
                .isEqualTo("TOO_MANY_ENTRIES table.prices");
    }

    @Test
    void each_kind_and_band_has_one_price() {
        PriceForm price = new PriceForm("input", "1", 1_000_000, 0);

        assertThat(check(price, new PriceForm("input", "2", 1_000_000, 0)))
                .isEqualTo("DUPLICATE_PRICE table.prices[1]");
        assertThat(check(price, new PriceForm("input", "2", 1_000_000, 200_000)))
                .isEqualTo("right");
    }

    @ParameterizedTest
    @CsvSource({
        "BATCH,  0.5,     right",
        "BATCH,  1000,    right",
        "BATCH,  0.0001,  right",
        "BATCH,  0,       INVALID_MULTIPLIER table.tier_multipliers[0].multiplier",
        "BATCH,  -1,      INVALID_MULTIPLIER table.tier_multipliers[0].multiplier",
        "BATCH,  1000.1,  INVALID_MULTIPLIER table.tier_multipliers[0].multiplier",
        "BATCH,  0.00001, INVALID_MULTIPLIER table.tier_multipliers[0].multiplier",
        "BATCH,  half,    INVALID_DECIMAL table.tier_multipliers[0].multiplier",
        "NIGHTLY, 0.5,    UNKNOWN_SERVICE_TIER table.tier_multipliers[0].service_tier",
    })
    void says_what_is_wrong_with_a_multiplier(String tier, String multiplier, String expected) {
        assertThat(
                        check(
                                new TableForm(
                                        "gpt-5",
                                        List.of(),
                                        List.of(new PriceForm("input", "1", 1, 0)),
                                        List.of(new TierForm(tier, multiplier)))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5,       right",
        "gpt-5*,      right",
        "*,           right",
        "meta/llama-3.1:8b, right",
        "'',          INVALID_MODEL table.model",
        "'gpt 5',     INVALID_MODEL table.model",
        "gpt-*-mini,  INVALID_MODEL table.model",
        "**,          INVALID_MODEL table.model",
    })
    void says_what_is_wrong_with_a_model(String model, String expected) {
        assertThat(
                        check(
                                new TableForm(
                                        model,
                                        List.of(),
                                        List.of(new PriceForm("input", "1", 1, 0)),
                                        List.of())))
                .isEqualTo(expected);
    }

    @Test
    void aliases_are_models_and_not_too_many() {
        assertThat(check(aliases("gpt-5*"))).isEqualTo("INVALID_MODEL table.aliases[0]");
        assertThat(check(aliases(Collections.nCopies(32, "a").toArray(String[]::new))))
                .isEqualTo("right");
        assertThat(check(aliases(Collections.nCopies(33, "a").toArray(String[]::new))))
                .isEqualTo("TOO_MANY_ENTRIES table.aliases");
    }

    private static TableForm aliases(String... aliases) {
        return new TableForm(
                "gpt-5", List.of(aliases), List.of(new PriceForm("input", "1", 1, 0)), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "'',       right",
        "15,       right",
        "-100,     right",
        "10000,    right",
        "0.0001,   right",
        "-100.01,  INVALID_MARKUP",
        "10000.01, INVALID_MARKUP",
        "0.00001,  INVALID_MARKUP",
        "15%,      INVALID_DECIMAL",
    })
    void says_what_is_wrong_with_a_mark_up(String percent, String expected) {
        Findings findings = new Findings();
        var _ = PriceChecks.markup(percent, "version.markup_percent", findings);
        assertThat(findings.first().map(Violation::reason).orElse("right")).isEqualTo(expected);
    }

    @Test
    void each_model_stands_once_in_a_list_of_tables() {
        Findings findings = new Findings();
        PriceChecks.checkUniqueModels(
                List.of(
                        Samples.table("gpt-5", "1", "2"),
                        new PriceTable(
                                "gpt-5-2025",
                                List.of("gpt-5"),
                                List.of(Samples.price(Leaf.INPUT, "1")),
                                Map.of())),
                "tables",
                findings);
        assertThat(findings.first().orElseThrow().message())
                .isEqualTo("tables[1]: gpt-5 (expected: each model once)");
    }
}
