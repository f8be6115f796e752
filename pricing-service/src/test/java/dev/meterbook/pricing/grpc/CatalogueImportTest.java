package dev.meterbook.pricing.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.PriceRequests;
import dev.meterbook.pricing.RunningPricing;
import dev.meterbook.proto.metering.v1.CountingConvention;
import dev.meterbook.proto.metering.v1.TokenCounts;
import dev.meterbook.proto.metering.v1.Usage;
import dev.meterbook.proto.pricing.v1.CatalogueChange;
import dev.meterbook.proto.pricing.v1.CatalogueDifference;
import dev.meterbook.proto.pricing.v1.ExportCatalogueRequest;
import dev.meterbook.proto.pricing.v1.ImportCatalogueRequest;
import dev.meterbook.proto.pricing.v1.ImportCatalogueResponse;
import dev.meterbook.proto.pricing.v1.PricingServiceGrpc.PricingServiceBlockingStub;
import dev.meterbook.proto.pricing.v1.QuoteRequest;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogueImportTest {

    private RunningPricing pricing;
    private PricingServiceBlockingStub operator;

    @BeforeEach
    void start() throws SQLException {
        pricing = RunningPricing.fresh();
        operator = pricing.as(RunningPricing.OPERATOR);
    }

    @AfterEach
    void stop() {
        pricing.close();
    }

    private static String file(String... models) {
        return """
               [{"id": "stone", "name": "Stone", "api_pattern": "stone", "models": [%s]}]
               """
                .formatted(String.join(",", models));
    }

    private static String model(String id, String inputPrice) {
        return """
               {"id": "%s", "match": {"starts_with": "%s"}, "prices": {"input_mtok": %s}}"""
                .formatted(id, id, inputPrice);
    }

    private static ImportCatalogueRequest.Builder request(String version, String document) {
        return ImportCatalogueRequest.newBuilder()
                .setCatalogue("genai-prices")
                .setVersion(version)
                .setDocument(document)
                .setSource("https://example.org/prices")
                .setCheckDate("2026-08-21");
    }

    private String quote(String model, String time) {
        QuoteRequest request =
                QuoteRequest.newBuilder()
                        .setTenant("acme")
                        .setProvider("stone")
                        .setModel(model)
                        .setOccurTime(PriceRequests.time(time))
                        .setUsage(
                                Usage.newBuilder()
                                        .setTokens(
                                                TokenCounts.newBuilder()
                                                        .setInputTokens(1_000_000)
                                                        .setConvention(
                                                                CountingConvention
                                                                        .COUNTING_CONVENTION_INCLUSIVE)))
                        .build();
        return operator.quote(request).getPrice().getBilledCost().getAmount();
    }

    @Test
    void an_edition_prices_calls_from_its_beginning_and_leaves_those_before_alone() {
        ImportCatalogueResponse first =
                operator.importCatalogue(
                        request("1", file(model("flint", "2"), model("slate", "5"))).build());
        assertThat(first.getChangesList()).hasSize(2);
        assertThat(first.getCatalogue().getModelCount()).isEqualTo(2);
        assertThat(quote("flint-9", "2026-03-01T00:00:00Z")).isEqualTo("2");

        ImportCatalogueRequest next =
                request("2", file(model("flint", "3"), model("chert", "1")))
                        .setEffectiveStartTime(PriceRequests.time("2026-06-01T00:00:00Z"))
                        .build();
        assertThat(
                        operator.importCatalogue(next.toBuilder().setDryRun(true).build())
                                .getChangesList())
                .containsExactlyElementsOf(operator.importCatalogue(next).getChangesList())
                .hasSize(3)
                .contains(
                        CatalogueChange.newBuilder()
                                .setKind(CatalogueChange.Kind.KIND_CHANGED)
                                .setProvider("stone")
                                .setModel("flint")
                                .addDifferences(
                                        CatalogueDifference.newBuilder()
                                                .setSubject("input")
                                                .setBefore("2 USD per 1000000")
                                                .setAfter("3 USD per 1000000"))
                                .build());

        assertThat(quote("flint-9", "2026-05-31T23:59:59Z")).isEqualTo("2");
        assertThat(quote("slate", "2026-05-31T23:59:59Z")).isEqualTo("5");
        assertThat(quote("flint-9", "2026-06-01T00:00:00Z")).isEqualTo("3");
        assertThat(quote("slate", "2026-06-01T00:00:00Z")).isEmpty();
    }

    @Test
    void what_was_imported_is_given_back_as_it_came() {
        String document = file(model("flint", "0.09999999999999999"));
        var _ = operator.importCatalogue(request("1", document).build());

        var exported =
                operator.exportCatalogue(
                        ExportCatalogueRequest.newBuilder().setCatalogue("genai-prices").build());

        assertThat(exported.getDocument()).isEqualTo(document);
        assertThat(exported.getSource()).isEqualTo("https://example.org/prices");
        assertThat(exported.getCheckDate()).isEqualTo("2026-08-21");
        assertThat(quote("flint", "2026-03-01T00:00:00Z")).isEqualTo("0.09999999999999999");
    }

    @Test
    void repeating_an_import_changes_nothing_and_a_version_names_one_document() {
        ImportCatalogueRequest request = request("1", file(model("flint", "2"))).build();
        var _ = operator.importCatalogue(request);

        assertThat(operator.importCatalogue(request).getUnchanged()).isTrue();
        assertThat(
                        Refusals.of(
                                () ->
                                        operator.importCatalogue(
                                                request("1", file(model("flint", "4"))).build())))
                .isEqualTo("ALREADY_EXISTS CATALOGUE_VERSION_EXISTS");
        assertThat(quote("flint", "2026-03-01T00:00:00Z")).isEqualTo("2");
    }

    @Test
    void a_bad_entry_refuses_the_whole_document_with_its_line() {
        assertThat(
                        Refusals.text(
                                () ->
                                        operator.importCatalogue(
                                                request(
                                                                "1",
                                                                file(
                                                                        model("flint", "2"),
                                                                        "\n"
                                                                                + model(
                                                                                        "slate",
                                                                                        "-5")))
                                                        .build())))
                .contains("document line 2: [0].models[1].prices.input_mtok: -5");
        assertThat(quote("flint", "2026-03-01T00:00:00Z")).isEmpty();
        assertThat(
                        Refusals.of(
                                () ->
                                        operator.importCatalogue(
                                                request("1", file())
                                                        .setCurrencyCode("ABC")
                                                        .build())))
                .isEqualTo("INVALID_ARGUMENT INVALID_CURRENCY");
    }

    @Test
    void only_the_operator_takes_catalogues_over() {
        assertThat(
                        Refusals.of(
                                () ->
                                        pricing.as(RunningPricing.ACME)
                                                .importCatalogue(request("1", file()).build())))
                .startsWith("PERMISSION_DENIED");
    }
}
