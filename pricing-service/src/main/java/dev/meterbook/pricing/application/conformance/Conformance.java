package dev.meterbook.pricing.application.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Violation;
import dev.meterbook.pricing.application.conformance.Verdict.Outcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs rating cases through the charge models of {@link dev.meterbook.pricing.domain.charge} and
 * compares by value. A case is one JSON object on one line: {@code id}, {@code dialect}, {@code
 * model}, {@code price}, {@code currency}, what is used, and {@code expected}, with {@code
 * expected_runs} and {@code expected_lines} where there are any. Of a line only the fields that are
 * expected are compared; the order of lines does not count.
 */
public final class Conformance {

    /** Characters of one case at most. */
    public static final int MAX_LENGTH = 1_000_000;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private Conformance() {}

    /** Runs one case. Never throws because of what the line says. */
    public static Verdict check(String line) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        try {
            CaseNode node = new CaseNode(parsed(line), "");
            copy(node.json(), answer, "id", "model", "expected");
            return check(node, answer);
        } catch (CaseRefused refused) {
            return refused(refused, answer);
        } catch (IllegalArgumentException | ArithmeticException outOfRange) {
            return invalid(answer, "OUT_OF_RANGE", String.valueOf(outOfRange.getMessage()));
        }
    }

    private static JsonNode parsed(String line) {
        if (line.length() > MAX_LENGTH) {
            throw CaseRefused.invalid(
                    "TOO_LONG", "line", line.length() + " characters", "at most " + MAX_LENGTH);
        }
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException malformed) {
            throw CaseRefused.invalid(
                    "MALFORMED_JSON", "line", malformed.getOriginalMessage(), "a JSON object");
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String... fields) {
        for (String field : fields) {
            if (from.has(field)) {
                to.set(field, from.get(field));
            }
        }
    }

    private static Verdict check(CaseNode node, ObjectNode answer) {
        node.text("id");
        BigDecimal expected = node.decimal("expected");
        Got got = rate(new RatingCase(node));
        answer.put("got", Decimals.plain(got.amount()));
        boolean same = got.amount().compareTo(expected) == 0;
        if (node.has("expected_runs")) {
            copy(node.json(), answer, "expected_runs");
            ArrayNode runs = answer.putArray("got_runs");
            got.runs().forEach(run -> runs.add(Decimals.plain(run)));
            same &= sameRuns(node.decimals("expected_runs"), got.runs());
        }
        if (node.has("expected_lines")) {
            copy(node.json(), answer, "expected_lines");
            ArrayNode lines = answer.putArray("got_lines");
            got.lines().forEach(line -> lines.add(line.json()));
            same &= sameLines(node.children("expected_lines"), got.lines());
        }
        return new Verdict(same ? Outcome.MATCHES : Outcome.DIFFERS, answer.toString(), "");
    }

    private static boolean sameRuns(List<BigDecimal> expected, List<BigDecimal> got) {
        boolean same = expected.size() == got.size();
        for (int i = 0; same && i < expected.size(); i++) {
            same = expected.get(i).compareTo(got.get(i)) == 0;
        }
        return same;
    }

    private static boolean sameLines(List<CaseNode> expected, List<GotLine> got) {
        List<GotLine> left = new ArrayList<>(got);
        for (CaseNode line : expected) {
            int index = 0;
            while (index < left.size() && !left.get(index).isLike(line)) {
                index++;
            }
            if (index == left.size()) {
                return false;
            }
            left.remove(index);
        }
        return left.isEmpty();
    }

    private static Got rate(RatingCase rated) {
        return switch (rated.model()) {
            case "unit",
                    "flat",
                    "dynamic",
                    "graduated",
                    "graduated_percentage",
                    "volume",
                    "package" ->
                    new PeriodCases(rated).period();
            case "delta" -> new PeriodCases(rated).delta();
            case "delta_by_period" -> new PeriodCases(rated).deltaByPeriod();
            case "percentage" -> new PeriodCases(rated).percentage();
            case "daily_allowance" -> new PeriodCases(rated).dailyAllowance();
            case "commitment" -> new CommitmentCases(rated).commitment();
            case "true_up" -> new CommitmentCases(rated).trueUp();
            case "minimum_commitment" -> new CommitmentCases(rated).minimumCommitment();
            case "block" -> new BlockCases(rated).block();
            case "versions" -> new BlockCases(rated).versions();
            case "capacity" -> new BlockCases(rated).capacity();
            default -> ofInvoice(rated);
        };
    }

    private static Got ofInvoice(RatingCase rated) {
        InvoiceCases cases = new InvoiceCases(rated);
        return switch (rated.model()) {
            case "rounding" -> cases.rounding();
            case "invoice" -> cases.invoice();
            case "discount" -> cases.discount();
            case "tax" -> cases.tax();
            case "credit_note" -> cases.creditNote();
            case "allocation" -> cases.allocation();
            default ->
                    throw CaseRefused.unsupported(
                            "UNKNOWN_MODEL", "model", rated.model(), "a model of the README");
        };
    }

    private static Verdict refused(CaseRefused refused, ObjectNode answer) {
        Violation violation = refused.violation();
        String message = violation.reason() + ": " + violation.message();
        return switch (refused.kind()) {
            case UNSUPPORTED ->
                    new Verdict(
                            Outcome.UNSUPPORTED,
                            answer.put("unsupported", message).toString(),
                            message);
            case INVALID -> invalid(answer, violation.reason(), violation.message());
        };
    }

    private static Verdict invalid(ObjectNode answer, String reason, String message) {
        String whole = reason + ": " + message;
        return new Verdict(Outcome.INVALID, answer.put("error", whole).toString(), whole);
    }
}
