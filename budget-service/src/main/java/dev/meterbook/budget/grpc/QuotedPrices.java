package dev.meterbook.budget.grpc;

import dev.meterbook.budget.application.admission.Prices;
import dev.meterbook.budget.domain.Price;
import dev.meterbook.budget.domain.UnitPrices;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.proto.metering.v1.CountSource;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the pricing service what a tenant is charged for tokens, with the credential of the call
 * that is served. Input is quoted as uncached input of no told modality.
 */
public final class QuotedPrices implements Prices {

    private static final long TIMEOUT_MILLIS = 1_000;

    /** Output is quoted for so many tokens. */
    private static final long OUTPUT_TOKENS = 1_000_000;

    /** Digits after the point of the charge for one token; what is finer is rounded up. */
    private static final int SCALE = 30;

    private static final Logger LOG = LoggerFactory.getLogger(QuotedPrices.class);

    private final PricingServiceBlockingStub pricing;

    /** Asks over a channel. */
    public QuotedPrices(PricingServiceBlockingStub pricing) {
        this.pricing = pricing;
    }

    @Override
    public Price priceOf(PriceQuestion question) {
        try {
            PriceBreakdown answer =
                    pricing.withDeadlineAfter(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                            .quote(request(question))
                            .getPrice();
            return answer.getUnpricedReason() == UnpricedReason.UNPRICED_REASON_UNSPECIFIED
                    ? new Price.Known(unitPrices(answer))
                    : new Price.Unknown();
        } catch (StatusRuntimeException refused) {
            LOG.debug("no quote for {}", question, refused);
            return new Price.Unavailable();
        }
    }

    private static QuoteRequest request(PriceQuestion question) {
        Usage.Builder usage =
                Usage.newBuilder()
                        .setSource(CountSource.COUNT_SOURCE_ESTIMATE)
                        .addQuantities(quantity(Leaf.LEAF_INPUT, question.inputTokens()));
        if (question.output() == Output.SOME) {
            usage.addQuantities(quantity(Leaf.LEAF_OUTPUT, OUTPUT_TOKENS));
        }
        return QuoteRequest.newBuilder()
                .setTenant(question.tenantId())
                .setProvider(question.provider())
                .setModel(question.model())
                .setServiceTierValue(question.serviceTier())
                .setUsage(usage)
                .build();
    }

    private static LeafQuantity quantity(Leaf leaf, long quantity) {
        return LeafQuantity.newBuilder().setLeaf(leaf).setQuantity(quantity).build();
    }

    private static UnitPrices unitPrices(PriceBreakdown answer) {
        return new UnitPrices(
                CurrencyCode.of(answer.getCharge().getCurrencyCode()),
                perToken(answer, Leaf.LEAF_INPUT),
                perToken(answer, Leaf.LEAF_OUTPUT));
    }

    private static BigDecimal perToken(PriceBreakdown answer, Leaf leaf) {
        return answer.getLinesList().stream()
                .filter(line -> line.getLeaf() == leaf)
                .map(QuotedPrices::perToken)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .stripTrailingZeros();
    }

    private static BigDecimal perToken(PriceLine line) {
        return new BigDecimal(line.getCharge())
                .divide(BigDecimal.valueOf(line.getQuantity()), SCALE, RoundingMode.CEILING);
    }
}
