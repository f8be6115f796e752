package dev.meterbook.pricing.axon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Leaf;
import dev.meterbook.platform.axon.EventCodecs.Encoded;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.domain.Catalogue;
import dev.meterbook.pricing.domain.ContractTerms;
import dev.meterbook.pricing.domain.Discount;
import dev.meterbook.pricing.domain.ExchangeRate;
import dev.meterbook.pricing.domain.FixedPrices;
import dev.meterbook.pricing.domain.LeafPrice;
import dev.meterbook.pricing.domain.ModelPattern;
import dev.meterbook.pricing.domain.PlanVersion;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.PriceVersion;
import dev.meterbook.pricing.domain.PricingEvent;
import dev.meterbook.pricing.domain.PricingEvent.CatalogueImported;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.ContractPricesAdded;
import dev.meterbook.pricing.domain.PricingEvent.ExchangeRateSet;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import dev.meterbook.pricing.domain.RegionSurcharge;
import dev.meterbook.pricing.domain.Samples;
import dev.meterbook.pricing.domain.ServiceTier;
import dev.meterbook.pricing.domain.TimeBand;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.pricing.domain.VolumePeriod;
import dev.meterbook.pricing.domain.VolumeRule;
import dev.meterbook.pricing.domain.charge.PackageRounding;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PricingCodecsTest {

    private static final PriceTable TABLE =
            new PriceTable(
                    "gpt-5",
                    List.of("gpt-5-2025-08-07"),
                    List.of(
                            Samples.price(Leaf.INPUT, "1.25"),
                            new LeafPrice(Leaf.INPUT, new BigDecimal("2.5"), 1_000, 200_000)),
                    Map.of(
                            ServiceTier.BATCH,
                            new BigDecimal("0.5"),
                            ServiceTier.PRIORITY,
                            new BigDecimal("1.75"),
                            ServiceTier.FLEX,
                            new BigDecimal("0.6")));

    private static final PriceVersion VERSION =
            new PriceVersion(
                    "1",
                    new Validity(1_767_225_600_000_000L, 1_798_761_600_000_000L),
                    List.of(TABLE));

    private static final PriceVersion WITH_TERMS =
            new PriceVersion(
                    "2",
                    Validity.from(Samples.NEW_YEAR),
                    List.of(),
                    new ContractTerms(
                            List.of(
                                    new Discount(
                                            Discount.Basis.LIST_PRICE,
                                            new ModelPattern("gpt-*"),
                                            new BigDecimal("12.5"))),
                            List.of(
                                    new RegionSurcharge(
                                            new ModelPattern("eu-*"),
                                            ModelPattern.ANY,
                                            BigDecimal.TEN)),
                            List.of(
                                    new TimeBand(
                                            ModelPattern.ANY,
                                            ZoneId.of("Europe/Berlin"),
                                            79_215,
                                            86_400,
                                            new BigDecimal("0.5"))),
                            List.of(
                                    volume("free", new VolumeRule.OfTable()),
                                    volume(
                                            "tiers",
                                            new VolumeRule.Tiered(
                                                    VolumeRule.Mode.GRADUATED,
                                                    1_000,
                                                    List.of(
                                                            new VolumeRule.TierPrice(
                                                                    5_000L,
                                                                    new BigDecimal("1.5"),
                                                                    BigDecimal.ZERO),
                                                            new VolumeRule.TierPrice(
                                                                    null,
                                                                    BigDecimal.ONE,
                                                                    BigDecimal.TEN)))),
                                    volume(
                                            "packages",
                                            new VolumeRule.Packaged(
                                                    100,
                                                    new BigDecimal("7.25"),
                                                    PackageRounding.DOWN)))));

    private static VolumeRule volume(String id, VolumeRule.Price price) {
        return new VolumeRule(
                id,
                new ModelPattern("gpt-*"),
                Set.of(Leaf.OUTPUT, Leaf.INPUT_CACHE_READ, Leaf.WEB_SEARCH),
                VolumePeriod.YEAR,
                1_000,
                price);
    }

    static Stream<PricingEvent> events() {
        return Stream.of(
                new ContractCreated(
                        "openai-2026",
                        "openai",
                        CurrencyCode.USD,
                        Validity.from(Samples.NEW_YEAR),
                        List.of(VERSION)),
                new ContractPricesAdded("openai-2026", VERSION),
                new ContractPricesAdded("openai-2026", WITH_TERMS),
                new ExchangeRateSet(
                        new ExchangeRate(
                                "usd-eur",
                                CurrencyCode.USD,
                                CurrencyCode.of("EUR"),
                                new BigDecimal("0.8654"),
                                1_767_225_600_000_000L)),
                new TenantPlanSet(
                        "acme",
                        new PlanVersion(
                                3,
                                Validity.from(Samples.NEW_YEAR),
                                new BigDecimal("12.5"),
                                CurrencyCode.of("EUR"),
                                List.of(new FixedPrices("openai", TABLE)))),
                new TenantPlanSet("", Samples.plan(Samples.NEW_YEAR, "-2.5").numbered(1)),
                new CatalogueImported(
                        new Catalogue(
                                "starter",
                                "2026-08-21",
                                CurrencyCode.USD,
                                List.of(
                                        new Catalogue.ProviderPrices(
                                                "openai",
                                                "https://example.org",
                                                "2026-08-21",
                                                List.of(
                                                        new Catalogue.ModelPrices(
                                                                Validity.from(Samples.NEW_YEAR),
                                                                TABLE)))))));
    }

    @ParameterizedTest
    @MethodSource("events")
    void what_is_stored_is_read_again(PricingEvent event) {
        Encoded encoded = PricingCodecs.encode(event);

        assertThat(PricingCodecs.decode(stored(encoded))).isEqualTo(event);
        assertThat(PricingCodecs.encode(event).payload()).isEqualTo(encoded.payload());
    }

    private static StoredEvent stored(Encoded encoded) {
        return new StoredEvent(
                0,
                1,
                encoded.tenantId(),
                new UUID(0, 1),
                encoded.type(),
                null,
                -1,
                Samples.NEW_YEAR,
                encoded.payload(),
                null);
    }

    @Test
    void a_plan_belongs_to_its_tenant_and_the_rest_to_the_operator() {
        assertThat(events().map(event -> PricingCodecs.encode(event).tenantId()))
                .containsExactly("", "", "", "", "acme", "", "");
    }

    @Test
    void names_are_stable() {
        assertThat(PricingCodecs.eventNames())
                .containsExactlyInAnyOrder(
                        "pricing.ContractCreated",
                        "pricing.ContractPricesAdded",
                        "pricing.TenantPlanSet",
                        "pricing.ExchangeRateSet",
                        "pricing.CatalogueImported");
    }
}
