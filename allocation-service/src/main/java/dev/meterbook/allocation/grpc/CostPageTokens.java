package dev.meterbook.allocation.grpc;

import dev.meterbook.allocation.application.CostQuery.Order;
import dev.meterbook.allocation.application.CostQuery.OrderField;
import dev.meterbook.allocation.application.CostQuery.RowKey;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.platform.grpc.Refusal;
import dev.meterbook.proto.allocation.v1.QueryCostCentersRequest;
import dev.meterbook.proto.allocation.v1.QueryCostsRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tokens of pages of costs: the place of the last row, and a fingerprint of the request, so that a
 * token is not taken for another request's.
 */
final class CostPageTokens {

    private CostPageTokens() {}

    static String of(QueryCostsRequest request, RowKey last) {
        List<String> texts = new ArrayList<>();
        texts.add(fingerprint(request));
        texts.add(last.ordered());
        texts.add(last.time().toString());
        texts.add(last.currency());
        texts.addAll(last.values());
        return PageTokens.encode(texts);
    }

    static Optional<RowKey> read(QueryCostsRequest request, Order order, int dimensions) {
        String token = request.getPageToken();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        requireSame(fingerprint(request), PageTokens.decode(token));
        List<String> texts = PageTokens.decode(token, 4 + dimensions);
        try {
            return Optional.of(
                    new RowKey(
                            ordered(order, texts.get(1)),
                            Instant.parse(texts.get(2)),
                            List.copyOf(texts.subList(4, texts.size())),
                            texts.get(3)));
        } catch (DateTimeException | IllegalArgumentException malformed) {
            throw PageTokens.invalid(token);
        }
    }

    static String of(QueryCostCentersRequest request, String last) {
        return PageTokens.encode(List.of(fingerprint(request), last));
    }

    static Optional<String> read(QueryCostCentersRequest request) {
        String token = request.getPageToken();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        requireSame(fingerprint(request), PageTokens.decode(token));
        return Optional.of(PageTokens.decode(token, 2).get(1));
    }

    private static String ordered(Order order, String text) {
        return order.field() == OrderField.TIME
                ? Instant.parse(text).toString()
                : Decimals.parse(text).orElseThrow(IllegalArgumentException::new).toPlainString();
    }

    private static void requireSame(String fingerprint, List<String> texts) {
        if (texts.isEmpty() || !texts.getFirst().equals(fingerprint)) {
            throw Refusal.invalid(
                    "PAGE_TOKEN_MISMATCH",
                    "page_token",
                    "of another request",
                    "next_page_token of an answer to the same request");
        }
    }

    private static String fingerprint(QueryCostsRequest request) {
        return Fingerprint.of(
                request.toBuilder().clearPageToken().clearPageSize().build().toByteArray());
    }

    private static String fingerprint(QueryCostCentersRequest request) {
        return Fingerprint.of(
                request.toBuilder().clearPageToken().clearPageSize().build().toByteArray());
    }
}
