package dev.meterbook.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Timestamp;
import dev.meterbook.kernel.usage.UsageFlavors;
import dev.meterbook.proto.metering.v1.CallResult;
import dev.meterbook.proto.metering.v1.MeteredCall;
import dev.meterbook.proto.metering.v1.Outcome;
import dev.meterbook.proto.metering.v1.ProviderUsage;
import dev.meterbook.proto.metering.v1.RecordUsageRequest;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.pricing.v1.BatchGetRatingsRequest;
import dev.meterbook.proto.pricing.v1.ImportCatalogueRequest;
import dev.meterbook.proto.pricing.v1.Rating;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Real bodies of providers recorded in a running system, and the costs read back: what {@code
 * quote} is held to without one. They are kept outside of the repository; where they are missing,
 * {@link ProviderBodyJourneyTest} covers the same ground with bodies of our own.
 */
class ProviderUsageJourneyTest extends JourneyWorld {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path DATA = Path.of("../../../shared/data").toAbsolutePath().normalize();

    /** When the other project lets its calls happen. */
    private static final Instant PRICED_AT = Instant.parse("2025-11-06T12:00:00Z");

    private static final int BATCH = 500;

    /** Docs tell of them: Azure's readings leave out a count that stands in the body. */
    private static final List<String> KNOWN =
            List.of(
                    "2.426628 <> 2.526628 azure anthropic test_pause_turn_web_search_vcr.yaml",
                    "0.04444 <> 0.0499625 azure responses"
                            + " test_openai_responses_model_web_search_tool_without_external_access.yaml");

    private record Case(MeteredCall call, String file, String expected) {
        String body() {
            ProviderUsage usage = call.getUsage().getProviderUsage();
            return " %s %s %s".formatted(call.getProvider(), usage.getFlavor(), file);
        }
    }

    @Override
    TestSystem.Shape shape() {
        return TestSystem.Shape.ONE_PROCESS;
    }

    @Test
    void real_bodies_cost_exactly_what_is_expected() throws IOException {
        if (!Files.isDirectory(DATA)) {
            System.out.println("No shared data, so provider usage is not recorded: " + DATA);
            return;
        }
        system.operator()
                .pricing()
                .importCatalogue(
                        ImportCatalogueRequest.newBuilder()
                                .setCatalogue("genai-prices")
                                .setVersion("2026-08-21")
                                .setDocument(
                                        Files.readString(
                                                DATA.resolve("prices/genai-prices-v2.json")))
                                .build());
        List<Case> cases = cases();

        List<String> refused = new ArrayList<>();
        Map<Integer, Long> positions = recordAll(cases, refused);
        Map<Long, Rating> ratings = ratings(positions.values());

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            String got = cost(ratings.get(positions.getOrDefault(i, 0L)));
            if (!got.equals(cases.get(i).expected)) {
                differences.add(cases.get(i).expected + " <> " + got + cases.get(i).body());
            }
        }
        assertThat(refused).isEmpty();
        assertThat(differences).containsExactlyElementsOf(KNOWN);
        assertThat(cases.stream().filter(each -> !each.expected.isEmpty())).hasSize(1_355);
    }

    /** Readings by the flavours that the intake knows. */
    private List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (JsonNode entry : JSON.readTree(DATA.resolve("provider-usage/usages.json").toFile())) {
            for (JsonNode reading : entry.path("extracted")) {
                for (JsonNode by : reading.path("extractors")) {
                    String provider = by.path("provider_id").asText();
                    String flavor = by.path("api_flavor").asText();
                    String form = form(provider, flavor);
                    if (UsageFlavors.own().find(form, flavor).isPresent()) {
                        MeteredCall call =
                                call("usage-" + cases.size(), entry, form, flavor)
                                        .setProvider(provider)
                                        .build();
                        cases.add(new Case(call, file(entry), expected(by)));
                    }
                }
            }
        }
        return cases;
    }

    private static String file(JsonNode entry) {
        String path = entry.at("/body/file").asText();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Many providers answer in the forms of another one. */
    private static String form(String provider, String flavor) {
        boolean isBorrowed =
                UsageFlavors.own().find(provider, flavor).isEmpty()
                        && Set.of("chat", "responses").contains(flavor);
        return isBorrowed ? "openai" : provider;
    }

    private MeteredCall.Builder call(String id, JsonNode entry, String form, String flavor) {
        return call(id).setOccurTime(Timestamp.newBuilder().setSeconds(PRICED_AT.getEpochSecond()))
                .setRequestedModel("not-told")
                .setUsage(
                        Usage.newBuilder()
                                .setProviderUsage(
                                        ProviderUsage.newBuilder()
                                                .setProvider(form)
                                                .setFlavor(flavor)
                                                .setJson(entry.path("body").toString())));
    }

    /** Empty if the provider has no such model. */
    private static String expected(JsonNode by) {
        if (!by.has("input_price")) {
            return "";
        }
        BigDecimal sum =
                new BigDecimal(by.path("input_price").asText())
                        .add(new BigDecimal(by.path("output_price").asText()));
        return plain(by.has("total_price") ? new BigDecimal(by.path("total_price").asText()) : sum);
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static String cost(@Nullable Rating rating) {
        return rating != null && rating.hasBilledCost()
                ? plain(amount(rating.getBilledCost()))
                : "";
    }

    /** Positions in the usage log by place in the list. */
    private Map<Integer, Long> recordAll(List<Case> cases, List<String> refused) {
        Map<Integer, Long> positions = new HashMap<>();
        for (int from = 0; from < cases.size(); from += BATCH) {
            List<Case> some = cases.subList(from, Math.min(from + BATCH, cases.size()));
            List<CallResult> results =
                    acme.client(system)
                            .metering()
                            .recordUsage(
                                    RecordUsageRequest.newBuilder()
                                            .addAllCalls(some.stream().map(Case::call).toList())
                                            .build())
                            .getResultsList();
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).getOutcome() == Outcome.OUTCOME_RECORDED) {
                    positions.put(from + i, results.get(i).getReceipt().getPosition());
                } else {
                    refused.add(some.get(i).expected + " refused: " + results.get(i));
                }
            }
        }
        return positions;
    }

    private Map<Long, Rating> ratings(Iterable<Long> positions) {
        List<Long> all = new ArrayList<>();
        positions.forEach(all::add);
        Map<Long, Rating> ratings = new HashMap<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Long> some = all.subList(from, Math.min(from + BATCH, all.size()));
            BatchGetRatingsRequest request =
                    BatchGetRatingsRequest.newBuilder()
                            .setParent(acme.name())
                            .addAllPositions(some)
                            .setStanding(true)
                            .build();
            eventually(
                    () ->
                            acme.client(system)
                                    .pricing()
                                    .batchGetRatings(request)
                                    .getRatingsList()
                                    .forEach(each -> ratings.put(each.getUsagePosition(), each)),
                    ratings,
                    some);
        }
        return ratings;
    }

    private static void eventually(Runnable read, Map<Long, Rating> ratings, List<Long> wanted) {
        eventually(
                () -> {
                    read.run();
                    assertThat(ratings.keySet()).containsAll(wanted);
                });
    }
}
