package dev.meterbook.pricing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.pricing.domain.PriceSource;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.UnpricedReason;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.pricing.v1.RatedCall;
import dev.meterbook.proto.pricing.v1.RatingKind;
import dev.meterbook.proto.pricing.v1.UsageRated;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RatedBatchTest {

    private final UsageReader reader = new UsageReader();

    private MeteredUsage usage(MeteredCall.Builder call, long occurTimeMicros) {
        return reader.read(
                UsageReaderTest.event(
                        UsageReaderTest.tokens(UsageReaderTest.recorded(call))
                                .addLeavesValue(Leaf.OUTPUT_REASONING.code())
                                .addQuantities(40)
                                .setOccurTimeMicros(occurTimeMicros)
                                .build()
                                .toByteArray()));
    }

    private static Rating rated(BigDecimal listCost) {
        return new Rating.Rated(
                new PriceSource("the-contract", "the-version", CurrencyCode.USD),
                new BigDecimal("0.0022500"),
                listCost,
                "own-2",
                CurrencyCode.of("EUR"),
                new BigDecimal("-0.0027"));
    }

    private static UsageRated message(RatedBatch batch) throws InvalidProtocolBufferException {
        return UsageRated.parseFrom(batch.event().payload());
    }

    /** The fields that a message tells; of texts what they refer to. */
    private static Map<String, String> told(UsageRated batch, RatedCall call) {
        Map<String, String> told = new TreeMap<>();
        for (Map.Entry<FieldDescriptor, Object> each : call.getAllFields().entrySet()) {
            String name = each.getKey().getName();
            told.put(
                    name,
                    name.endsWith("_text")
                            ? batch.getTexts((Integer) each.getValue())
                            : each.getValue().toString());
        }
        return told;
    }

    @Test
    void every_field_of_a_rated_call_is_told() throws InvalidProtocolBufferException {
        RatedBatch batch =
                new RatedBatch(
                        RatingKind.RATING_KIND_INITIAL, usage(UsageReaderTest.call(), 1_000_005));
        batch.add(usage(UsageReaderTest.call(), 1_000_002), rated(new BigDecimal("3")));

        UsageRated message = message(batch);

        assertThat(message.getKind()).isEqualTo(RatingKind.RATING_KIND_INITIAL);
        assertThat(message.getBaseTimeMicros()).isEqualTo(1_000_005);
        assertThat(told(message, message.getCalls(0)))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                Map.entry("usage_position", "7"),
                                Map.entry("occur_time_offset_micros", "-3"),
                                Map.entry("tenant_text", "acme"),
                                Map.entry("customer_text", "the-customer"),
                                Map.entry("user_text", "the-user"),
                                Map.entry("cost_center_text", "the-center"),
                                Map.entry("application_text", "the-application"),
                                Map.entry("environment_text", "the-environment"),
                                Map.entry("use_case_text", "the-use-case"),
                                Map.entry("feature_text", "the-feature"),
                                Map.entry("business_process_text", "the-process"),
                                Map.entry("provider_text", "the-provider"),
                                Map.entry("model_text", "the-served"),
                                Map.entry("region_text", "the-region"),
                                Map.entry("workflow_text", "the-workflow"),
                                Map.entry("run_text", "the-run"),
                                Map.entry("agent_text", "the-agent"),
                                Map.entry("hold_text", "the-hold"),
                                Map.entry("input_tokens", "1000"),
                                Map.entry("output_tokens", "140"),
                                Map.entry("reasoning_tokens", "40"),
                                Map.entry("contract_text", "the-contract"),
                                Map.entry("price_version_text", "the-version"),
                                Map.entry("cost_currency_text", "USD"),
                                Map.entry("list_cost", "3"),
                                Map.entry("billed_cost", "0.00225"),
                                Map.entry("plan_text", "own-2"),
                                Map.entry("charge_currency_text", "EUR"),
                                Map.entry("charge", "-0.0027")));
    }

    @Test
    void the_bytes_are_those_that_the_generated_classes_write()
            throws InvalidProtocolBufferException {
        BigDecimal longest = new BigDecimal("9".repeat(40) + "." + "9".repeat(40));
        RatedBatch batch =
                new RatedBatch(RatingKind.RATING_KIND_LATE, usage(UsageReaderTest.call(), 5));
        for (int i = 0; i < RatedBatch.MAX_CALLS; i++) {
            batch.add(
                    usage(UsageReaderTest.call().setUser("user-" + i).setRun("run-" + i), 5 + i),
                    i % 10 == 0
                            ? new Rating.Unpriced(UnpricedReason.NO_PRICE_FOR_LEAF, Leaf.INPUT)
                            : rated(longest));
        }

        byte[] payload = batch.event().payload();

        assertThat(batch.isFull()).isTrue();
        assertThat(UsageRated.parseFrom(payload).toByteArray()).isEqualTo(payload);
        assertThat(payload.length).isGreaterThan(150_000);
        assertThat(UsageRated.parseFrom(payload).getTextsList())
                .hasSize(2_020)
                .doesNotHaveDuplicates()
                .startsWith("", "acme", "the-customer", "user-0");
    }

    @Test
    void a_call_without_price_tells_why_and_has_no_amounts() throws InvalidProtocolBufferException {
        MeteredUsage usage = usage(MeteredCall.newBuilder().setProvider("openai"), 5);
        RatedBatch batch = new RatedBatch(RatingKind.RATING_KIND_INITIAL, usage);
        batch.add(usage, new Rating.Unpriced(UnpricedReason.NO_PLAN, null));

        UsageRated message = message(batch);

        assertThat(told(message, message.getCalls(0)))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "usage_position", "7",
                                "tenant_text", "acme",
                                "provider_text", "openai",
                                "input_tokens", "1000",
                                "output_tokens", "140",
                                "reasoning_tokens", "40",
                                "unpriced_reason", "UNPRICED_REASON_NO_PLAN"));
    }
}
