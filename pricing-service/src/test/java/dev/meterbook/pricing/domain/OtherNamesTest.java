package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.kernel.Quantities;
import dev.meterbook.kernel.usage.TextMatch;
import dev.meterbook.pricing.domain.Catalogue.ModelPrices;
import dev.meterbook.pricing.domain.Catalogue.ProviderPrices;
import dev.meterbook.pricing.domain.PricingEvent.CatalogueImported;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A million input tokens of model m cost 2 at aws, 3 at openai, 5 at bedrock-labs. */
class OtherNamesTest {

    private static final Instant MAY = Instant.parse("2026-05-05T12:00:00Z");

    private final PriceHistory history = new PriceHistory();
    private long position;

    private static ProviderPrices provider(
            String id, String input, @Nullable TextMatch otherNames) {
        return new ProviderPrices(
                id,
                "https://example.org",
                "2026-01-01",
                List.of(
                        new ModelPrices(
                                Validity.from(Samples.NEW_YEAR), Samples.table("m", input, "16"))),
                List.of(),
                otherNames);
    }

    private void list(ProviderPrices... providers) {
        history.apply(
                ++position,
                Samples.NEW_YEAR,
                new CatalogueImported(
                        new Catalogue("public", "2026-01", CurrencyCode.USD, List.of(providers))));
    }

    private void listThree() {
        list(
                provider("aws", "2", new TextMatch.Contains("bedrock")),
                provider("openai", "3", new TextMatch.Contains("openai")),
                provider("bedrock-labs", "5", null));
    }

    private void discountOnListPrices(String provider) {
        history.apply(
                ++position,
                Samples.NEW_YEAR,
                new ContractCreated(
                        "ours",
                        provider,
                        CurrencyCode.USD,
                        Validity.from(Samples.NEW_YEAR),
                        List.of(
                                new PriceVersion(
                                        "1",
                                        Validity.from(Samples.NEW_YEAR),
                                        List.of(),
                                        new ContractTerms(
                                                List.of(
                                                        new Discount(
                                                                Discount.Basis.LIST_PRICE,
                                                                ModelPattern.ANY,
                                                                new BigDecimal("25"))),
                                                List.of(),
                                                List.of())))));
    }

    private Rating rate(String provider) {
        return new Rater(history.current())
                .rate(
                        new CallFacts(
                                "acme",
                                provider,
                                "m",
                                Quantities.of(Map.of(Leaf.INPUT, 1_000_000L)),
                                ServiceTier.STANDARD,
                                Validity.micros(MAY)));
    }

    private String price(String provider) {
        Rating.Rated rated = (Rating.Rated) rate(provider);
        return rated.source().contract() + " " + Decimals.plain(rated.billedCost());
    }

    @ParameterizedTest
    @CsvSource({
        "aws, list:aws 2",
        "aws.bedrock, list:aws 2",
        "AWS-Bedrock, list:aws 2",
        "azure.ai.openai, list:openai 3",
        "bedrock-labs, list:bedrock-labs 5",
        "openai-on-bedrock, list:aws 2"
    })
    void a_providers_own_name_goes_first_then_the_first_condition_that_it_meets(
            String name, String priced) {
        listThree();

        assertThat(price(name)).isEqualTo(priced);
    }

    @Test
    void a_name_that_meets_no_condition_has_no_price() {
        listThree();

        assertThat(rate("nobody")).isEqualTo(Rating.Unpriced.UNKNOWN_MODEL);
    }

    @Test
    void a_contract_does_not_hold_for_a_name_that_merely_meets_the_condition() {
        listThree();
        discountOnListPrices("aws");

        assertThat(price("aws")).isEqualTo("ours 1.5");
        assertThat(price("my-bedrock")).isEqualTo("list:aws 2");
    }

    @Test
    void a_contract_holds_for_the_name_that_OpenTelemetry_has_for_its_provider() {
        listThree();
        discountOnListPrices("aws");

        assertThat(price("aws.bedrock")).isEqualTo("ours 1.5");
    }

    @Test
    void the_name_of_OpenTelemetry_goes_before_a_condition() {
        list(
                provider("openai", "3", new TextMatch.Contains("openai")),
                provider("azure", "4", null));

        assertThat(price("azure.ai.openai")).isEqualTo("list:azure 4");
        assertThat(price("my-azure-openai")).isEqualTo("list:openai 3");
    }

    @ParameterizedTest
    @CsvSource({
        "aws.bedrock, aws",
        "azure.ai.inference, azure",
        "azure.ai.openai, azure",
        "gcp.gemini, google",
        "gcp.gen_ai, google",
        "gcp.vertex_ai, google",
        "gcp.vertex_ai, google-vertex",
        "mistral_ai, mistral",
        "x_ai, x-ai",
        "x_ai, xai"
    })
    void names_of_OpenTelemetry_mean_the_providers_of_price_lists(String name, String id) {
        list(provider(id, "7", null), provider("other", "9", null));

        assertThat(price(name)).isEqualTo("list:" + id + " 7");
    }

    @Test
    void a_contract_with_another_name_takes_its_discount_off_the_list_price_of_that_provider() {
        discountOnListPrices("aws.bedrock");
        assertThat(rate("aws.bedrock")).isEqualTo(Rating.Unpriced.UNKNOWN_MODEL);

        listThree();

        assertThat(price("aws.bedrock")).isEqualTo("ours 1.5");
        assertThat(price("aws")).isEqualTo("list:aws 2");
    }

    @Test
    void many_names_of_callers_are_answered_alike() {
        listThree();

        for (int i = 0; i < 3_000; i++) {
            assertThat(price("bedrock-" + i)).isEqualTo("list:aws 2");
        }
    }
}
