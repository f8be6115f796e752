package dev.meterbook.pricing.application.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.application.conformance.Verdict.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceTest {

    private static final String CASE =
            """
            {"id":"a","dialect":"flexprice","model":"graduated","price":{"tiers":[\
            {"up_to":"10","unit_amount":"2"},{"up_to":null,"unit_amount":"1"}]},\
            "currency":"USD","quantity":"12","expected":"22",\
            "expected_lines":[{"ref":"tier 2","total":"2"},{"ref":"tier 1","total":"20.00"}]}""";

    private static void assertOutcome(String line, Outcome outcome, String message) {
        Verdict verdict = Conformance.check(line);
        assertThat(verdict.outcome()).as(verdict.json()).isEqualTo(outcome);
        assertThat(verdict.message()).contains(message);
    }

    @Test
    void compares_by_value_and_lines_in_any_order() {
        assertOutcome(CASE, Outcome.MATCHES, "");
        assertOutcome(
                CASE.replace("\"expected\":\"22\"", "\"expected\":\"22.000\""),
                Outcome.MATCHES,
                "");
        assertOutcome(CASE.replace("\"expected\":\"22\"", "\"expected\":22"), Outcome.MATCHES, "");
    }

    @Test
    void tells_a_line_that_is_missing_wrong_or_too_many() {
        assertOutcome(CASE.replace("20.00", "20.01"), Outcome.DIFFERS, "");
        assertOutcome(CASE.replace("\"tier 1\"", "\"tier 3\""), Outcome.DIFFERS, "");
        assertOutcome(
                CASE.replace("{\"ref\":\"tier 2\",\"total\":\"2\"},", ""), Outcome.DIFFERS, "");
        assertOutcome(
                CASE.replace("\"expected_lines\":[", "\"expected_lines\":[{\"ref\":\"x\"},"),
                Outcome.DIFFERS,
                "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"USD\"|\"USDX\"|UNKNOWN_CURRENCY: currency: USDX",
                "\"USD\"|\"T:99\"|UNKNOWN_CURRENCY: currency: T:99",
                "\"12\"|\"1e3\"|NOT_A_NUMBER: quantity: \"1e3\"",
                "\"12\"|[\"12\"]|NOT_A_NUMBER: quantity",
                "\"12\"|null|MISSING_FIELD: quantity",
                "\"12\"|\"-1\"|OUT_OF_RANGE: quantity: -1 (expected: from 0)",
                "\"10\"|\"0\"|OUT_OF_RANGE: tiers[0].up_to: 0 (expected: above 0)",
                "\"unit_amount\":\"2\"|\"unit_amount\":\"-2\"|tiers[0].unit_amount: -2",
                "\"price\":|\"cost\":null,\"prices\":|UNKNOWN_FIELD",
                "\"id\":\"a\"|\"id\":7|NOT_A_TEXT: id: 7",
                "\"id\":\"a\"|\"id\":\"a\",\"id\":\"b\"|MALFORMED_JSON: line: Duplicate",
                "\"22\",|\"22\",,|MALFORMED_JSON",
                "\"expected_lines\":[|\"expected_lines\":[7,|NOT_AN_OBJECT: expected_lines[0]",
            })
    void names_what_is_wrong_with_a_case(String right, String wrong, String message) {
        Verdict verdict = Conformance.check(CASE.replace(right, wrong));
        assertThat(verdict.outcome()).isIn(Outcome.INVALID, Outcome.UNSUPPORTED);
        assertThat(verdict.message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"graduated\"|\"auction\"|UNKNOWN_MODEL: model: auction",
                "\"flexprice\"|\"ours\"|UNKNOWN_CHOICE: dialect: ours",
                "\"up_to\":\"10\"|\"until\":\"10\"|UNKNOWN_FIELD: price.tiers[0].until",
                "\"quantity\"|\"surprise\":\"1\",\"quantity\"|UNKNOWN_FIELD: surprise",
            })
    void says_what_a_case_asks_for_that_the_engine_does_not_have(
            String known, String unknown, String message) {
        assertOutcome(CASE.replace(known, unknown), Outcome.UNSUPPORTED, message);
    }

    @Test
    void refuses_a_line_that_is_too_long_and_one_that_is_no_object() {
        assertOutcome(" ".repeat(1_000_001), Outcome.INVALID, "TOO_LONG");
        assertOutcome("[]", Outcome.INVALID, "NOT_AN_OBJECT");
        assertOutcome("", Outcome.INVALID, "NOT_AN_OBJECT");
    }
}
