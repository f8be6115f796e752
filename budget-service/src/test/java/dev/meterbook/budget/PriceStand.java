package dev.meterbook.budget;

import dev.meterbook.proto.pricing.v1.PriceBreakdown;
import dev.meterbook.proto.pricing.v1.PriceLine;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceImplBase;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import dev.meterbook.proto.pricing.v1.QuoteResponse;
import dev.meterbook.proto.pricing.v1.UnpricedReason;
import dev.meterbook.proto.type.v1.Leaf;
import dev.meterbook.proto.type.v1.LeafQuantity;
import dev.meterbook.proto.type.v1.Money;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers quotes over gRPC by a fixed list: dollars for a million tokens of input and output. */
public final class PriceStand implements AutoCloseable {

    private record Prices(String input, String output, String currency) {}

    private static final Map<String, Prices> PRICES =
            Map.of(
                    "large", new Prices("3", "15", "USD"),
                    "small", new Prices("0.3", "1.5", "USD"),
                    "free", new Prices("0", "0", "USD"),
                    "euro", new Prices("3", "15", "EUR"),
                    "banded", new Prices("1", "2", "USD"));

    private final Server server;
    private final AtomicInteger questions = new AtomicInteger();

    private PriceStand() {
        this.server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(new Answers())
                        .build();
    }

    /** Opens on a free port. */
    public static PriceStand open() {
        PriceStand stand = new PriceStand();
        try {
            var _ = stand.server.start();
            return stand;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** How many quotes were asked for so far. */
    public int questions() {
        return questions.get();
    }

    @Override
    public void close() {
        var _ = server.shutdownNow();
    }

    private final class Answers extends PricingServiceImplBase {

        @Override
        public void quote(QuoteRequest request, StreamObserver<QuoteResponse> observer) {
            questions.incrementAndGet();
            observer.onNext(QuoteResponse.newBuilder().setPrice(breakdown(request)).build());
            observer.onCompleted();
        }

        private static PriceBreakdown breakdown(QuoteRequest request) {
            Prices prices = PRICES.get(request.getModel());
            if (prices == null) {
                return PriceBreakdown.newBuilder()
                        .setUnpricedReason(UnpricedReason.UNPRICED_REASON_UNKNOWN_MODEL)
                        .build();
            }
            PriceBreakdown.Builder answer = PriceBreakdown.newBuilder();
            BigDecimal factor = bandFactor(request);
            BigDecimal sum = BigDecimal.ZERO;
            for (LeafQuantity each : request.getUsage().getQuantitiesList()) {
                String price = each.getLeaf() == Leaf.LEAF_INPUT ? prices.input : prices.output;
                BigDecimal charge =
                        new BigDecimal(price)
                                .multiply(factor)
                                .multiply(BigDecimal.valueOf(each.getQuantity()))
                                .movePointLeft(6);
                sum = sum.add(charge);
                answer.addLines(
                        PriceLine.newBuilder()
                                .setLeaf(each.getLeaf())
                                .setQuantity(each.getQuantity())
                                .setCharge(charge.toPlainString()));
            }
            return answer.setCharge(
                            Money.newBuilder()
                                    .setAmount(sum.toPlainString())
                                    .setCurrencyCode(prices.currency))
                    .build();
        }

        /** The model "banded" costs twice as much above 200,000 input tokens. */
        private static BigDecimal bandFactor(QuoteRequest request) {
            long input =
                    request.getUsage().getQuantitiesList().stream()
                            .filter(each -> each.getLeaf() == Leaf.LEAF_INPUT)
                            .mapToLong(LeafQuantity::getQuantity)
                            .sum();
            return request.getModel().equals("banded") && input > 200_000
                    ? BigDecimal.TWO
                    : BigDecimal.ONE;
        }
    }
}
