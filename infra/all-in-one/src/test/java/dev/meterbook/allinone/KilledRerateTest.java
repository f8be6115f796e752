package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.meterbook.allinone.system.Service;
import dev.meterbook.allinone.system.ServiceProcesses;
import dev.meterbook.allinone.system.SixProcesses;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.ModelPrices;
import dev.meterbook.proto.pricing.v1.ReRateCallsRequest;
import dev.meterbook.proto.pricing.v1.ReRateCallsResponse;
import dev.meterbook.proto.type.v1.Leaf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The pricing process ends by {@code kill -9} while it rates calls anew. Each call is charged 1.848
 * USD first and 1.386 after the correction.
 */
class KilledRerateTest extends JourneyWorld {

    private static final int BATCHES = 12;
    private static final int CALLS = BATCHES * 1_000;

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.SIX_PROCESSES;
    }

    @Test
    void a_run_that_was_killed_is_begun_again_and_corrects_each_call_once() {
        recordAll();
        eventually(() -> assertThat(balance("unbilled_receivable")).isEqualByComparingTo("22176"));
        correctThePrice();

        AtomicLong corrected = new AtomicLong();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> run =
                CompletableFuture.runAsync(
                        () ->
                                rateAnew(
                                        count -> {
                                            corrected.addAndGet(count);
                                            begun.complete(null);
                                        }));
        begun.orTimeout(30, TimeUnit.SECONDS).join();
        ServiceProcesses processes = ((SixProcesses) system.running()).processes();
        processes.of(Service.PRICING).kill();

        assertThatThrownBy(run::join).isInstanceOf(CompletionException.class);
        assertThat(corrected.get()).isBetween(1L, CALLS - 1L);

        processes.start(Service.PRICING);
        processes.await(Service.PRICING);
        AtomicLong rest = new AtomicLong();
        rateAnew(rest::addAndGet);

        // What was committed when the answer was lost is in neither sum.
        assertThat(corrected.get() + rest.get()).isBetween(CALLS - 1_000L, (long) CALLS);
        AtomicLong again = new AtomicLong();
        rateAnew(again::addAndGet);
        assertThat(again.get()).isZero();
        eventually(() -> assertThat(balance("unbilled_receivable")).isEqualByComparingTo("16632"));
        assertThatTheBooksHold();
    }

    private void recordAll() {
        for (int batch = 0; batch < BATCHES; batch++) {
            int from = batch * 1_000;
            MeteredCall[] calls =
                    IntStream.range(from, from + 1_000)
                            .mapToObj(i -> call("call-" + i).build())
                            .toArray(MeteredCall[]::new);
            assertThat(record(acme, calls))
                    .extracting(CallResult::getOutcome)
                    .containsOnly(Outcome.OUTCOME_RECORDED);
        }
    }

    private void correctThePrice() {
        system.operator()
                .pricing()
                .addContractPrices(
                        AddContractPricesRequest.newBuilder()
                                .setName("contracts/journey")
                                .setPriceVersion(
                                        ContractPriceVersion.newBuilder()
                                                .setId("corrected")
                                                .addModelPrices(
                                                        ModelPrices.newBuilder()
                                                                .setModel(MODEL)
                                                                .addPrices(
                                                                        price(
                                                                                Leaf.LEAF_INPUT,
                                                                                "1.5"))
                                                                .addPrices(
                                                                        price(
                                                                                Leaf
                                                                                        .LEAF_INPUT_CACHE_READ,
                                                                                "0.15"))
                                                                .addPrices(
                                                                        price(
                                                                                Leaf.LEAF_OUTPUT,
                                                                                "6"))))
                                .build());
    }

    /** A batch at a time, from the beginning; tells how many calls each corrected. */
    private void rateAnew(LongConsumer corrected) {
        ReRateCallsRequest.Builder request =
                ReRateCallsRequest.newBuilder()
                        .setContract("contracts/journey")
                        .setOccurStartTime(time(now.minusSeconds(1)))
                        .setOccurEndTime(
                                Timestamp.newBuilder().setSeconds(now.getEpochSecond() + 1))
                        .setPageSize(1);
        do {
            ReRateCallsResponse answer = system.operator().pricing().reRateCalls(request.build());
            corrected.accept(answer.getCorrectedCalls());
            request.setPageToken(answer.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
    }

    private void assertThatTheBooksHold() {
        Program verify = Program.run(system, "verify");
        assertThat(verify.status()).as(verify.toString()).isZero();
        assertThat(verify.lines())
                .anyMatch(
                        line ->
                                line.endsWith(
                                        "every metered call was rated once: 12,000 calls, 0 of them"
                                                + " without a price, 12,000 corrected"))
                .contains("all of it holds");
    }
}
