package dev.meterbook.pricing.axon;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Decimals;
import dev.meterbook.platform.axon.EventCodec;
import dev.meterbook.platform.axon.EventCodecs;
import dev.meterbook.platform.eventlog.EventType;
import dev.meterbook.platform.eventlog.StoredEvent;
import dev.meterbook.pricing.application.CatalogueFile;
import dev.meterbook.pricing.domain.Catalogue;
import dev.meterbook.pricing.domain.ContractTerms;
import dev.meterbook.pricing.domain.ExchangeRate;
import dev.meterbook.pricing.domain.PlanVersion;
import dev.meterbook.pricing.domain.PriceVersion;
import dev.meterbook.pricing.domain.PricingEvent;
import dev.meterbook.pricing.domain.PricingEvent.CatalogueImported;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.ContractPricesAdded;
import dev.meterbook.pricing.domain.PricingEvent.ExchangeRateSet;
import dev.meterbook.pricing.domain.PricingEvent.TenantPlanSet;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.proto.pricing.v1.CatalogueModelFact;
import dev.meterbook.proto.pricing.v1.CatalogueProviderFact;
import dev.meterbook.proto.pricing.v1.ContractPricesFact;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** How the facts of the price book are stored. */
public final class PricingCodecs {

    private static final List<EventCodec<?>> ALL =
            List.of(
                    new EventCodec<>(
                            EventType.of("pricing.ContractCreated"),
                            ContractCreated.class,
                            any -> "",
                            PricingCodecs::encode,
                            PricingCodecs::contractCreated),
                    new EventCodec<>(
                            EventType.of("pricing.ContractPricesAdded"),
                            ContractPricesAdded.class,
                            any -> "",
                            PricingCodecs::encode,
                            PricingCodecs::contractPricesAdded),
                    new EventCodec<>(
                            EventType.of("pricing.TenantPlanSet"),
                            TenantPlanSet.class,
                            TenantPlanSet::tenant,
                            PricingCodecs::encode,
                            PricingCodecs::tenantPlanSet),
                    new EventCodec<>(
                            EventType.of("pricing.ExchangeRateSet"),
                            ExchangeRateSet.class,
                            any -> "",
                            PricingCodecs::encode,
                            PricingCodecs::exchangeRateSet),
                    new EventCodec<>(
                            EventType.of("pricing.CatalogueImported"),
                            CatalogueImported.class,
                            any -> "",
                            PricingCodecs::encode,
                            PricingCodecs::catalogueImported));

    private static final EventCodecs CODECS = new EventCodecs(ALL);

    private PricingCodecs() {}

    static List<EventCodec<?>> all() {
        return ALL;
    }

    /** Names of all facts. */
    public static Set<String> eventNames() {
        return CODECS.eventNames();
    }

    /** A fact that was stored. */
    public static PricingEvent decode(StoredEvent event) {
        return (PricingEvent) CODECS.decode(event);
    }

    /** A fact as it is to be stored. */
    public static EventCodecs.Encoded encode(PricingEvent event) {
        return CODECS.encode(event);
    }

    private static byte[] encode(ContractCreated event) {
        return dev.meterbook.proto.pricing.v1.ContractCreated.newBuilder()
                .setContract(event.contract())
                .setProvider(event.provider())
                .setCurrencyCode(event.currency().code())
                .setEffectiveStartTimeMicros(event.validity().fromMicros())
                .setEffectiveEndTimeMicros(end(event.validity()))
                .addAllPriceVersions(event.versions().stream().map(PricingCodecs::toProto).toList())
                .build()
                .toByteArray();
    }

    private static ContractCreated contractCreated(byte[] bytes) throws IOException {
        var message = dev.meterbook.proto.pricing.v1.ContractCreated.parseFrom(bytes);
        return new ContractCreated(
                message.getContract(),
                message.getProvider(),
                CurrencyCode.of(message.getCurrencyCode()),
                validity(
                        message.getEffectiveStartTimeMicros(), message.getEffectiveEndTimeMicros()),
                message.getPriceVersionsList().stream().map(PricingCodecs::fromProto).toList());
    }

    private static byte[] encode(ContractPricesAdded event) {
        return dev.meterbook.proto.pricing.v1.ContractPricesAdded.newBuilder()
                .setContract(event.contract())
                .setPriceVersion(toProto(event.version()))
                .build()
                .toByteArray();
    }

    private static ContractPricesAdded contractPricesAdded(byte[] bytes) throws IOException {
        var message = dev.meterbook.proto.pricing.v1.ContractPricesAdded.parseFrom(bytes);
        return new ContractPricesAdded(message.getContract(), fromProto(message.getPriceVersion()));
    }

    private static ContractPricesFact toProto(PriceVersion version) {
        ContractPricesFact.Builder message =
                ContractPricesFact.newBuilder()
                        .setVersion(version.id())
                        .setEffectiveStartTimeMicros(version.validity().fromMicros())
                        .setEffectiveEndTimeMicros(end(version.validity()))
                        .addAllModelPrices(
                                version.tables().stream().map(PriceMessages::toProto).toList());
        ContractTerms terms = version.terms();
        if (terms != null) {
            message.setTerms(TermMessages.toProto(terms));
        }
        return message.build();
    }

    private static PriceVersion fromProto(ContractPricesFact message) {
        return new PriceVersion(
                message.getVersion(),
                validity(
                        message.getEffectiveStartTimeMicros(), message.getEffectiveEndTimeMicros()),
                message.getModelPricesList().stream().map(PriceMessages::fromStored).toList(),
                message.hasTerms() ? TermMessages.fromStored(message.getTerms()) : null);
    }

    private static byte[] encode(TenantPlanSet event) {
        PlanVersion version = event.version();
        return dev.meterbook.proto.pricing.v1.TenantPlanSet.newBuilder()
                .setTenant(event.tenant())
                .setVersion(version.number())
                .setEffectiveStartTimeMicros(version.validity().fromMicros())
                .setEffectiveEndTimeMicros(end(version.validity()))
                .setMarkupPercent(Decimals.plain(version.markupPercent()))
                .setCurrencyCode(version.currency().code())
                .addAllFixedPrices(
                        version.fixedPrices().stream().map(PriceMessages::toProto).toList())
                .addAllVolumeRules(
                        version.volumeRules().stream().map(VolumeMessages::toProto).toList())
                .addAllSpendTerms(
                        version.spendTerms().stream().map(SpendMessages::toProto).toList())
                .build()
                .toByteArray();
    }

    private static TenantPlanSet tenantPlanSet(byte[] bytes) throws IOException {
        var message = dev.meterbook.proto.pricing.v1.TenantPlanSet.parseFrom(bytes);
        return new TenantPlanSet(
                message.getTenant(),
                new PlanVersion(
                        message.getVersion(),
                        validity(
                                message.getEffectiveStartTimeMicros(),
                                message.getEffectiveEndTimeMicros()),
                        new BigDecimal(message.getMarkupPercent()),
                        CurrencyCode.of(message.getCurrencyCode()),
                        message.getFixedPricesList().stream()
                                .map(PriceMessages::fromStored)
                                .toList(),
                        message.getVolumeRulesList().stream()
                                .map(VolumeMessages::fromStored)
                                .toList(),
                        message.getSpendTermsList().stream()
                                .map(SpendMessages::fromStored)
                                .toList()));
    }

    private static byte[] encode(ExchangeRateSet event) {
        ExchangeRate rate = event.rate();
        return dev.meterbook.proto.pricing.v1.ExchangeRateSet.newBuilder()
                .setExchangeRate(rate.id())
                .setFromCurrencyCode(rate.from().code())
                .setToCurrencyCode(rate.to().code())
                .setRate(Decimals.plain(rate.rate()))
                .setEffectiveStartTimeMicros(rate.fromMicros())
                .build()
                .toByteArray();
    }

    private static ExchangeRateSet exchangeRateSet(byte[] bytes) throws IOException {
        var message = dev.meterbook.proto.pricing.v1.ExchangeRateSet.parseFrom(bytes);
        return new ExchangeRateSet(
                new ExchangeRate(
                        message.getExchangeRate(),
                        CurrencyCode.of(message.getFromCurrencyCode()),
                        CurrencyCode.of(message.getToCurrencyCode()),
                        new BigDecimal(message.getRate()),
                        message.getEffectiveStartTimeMicros()));
    }

    private static byte[] encode(CatalogueImported event) {
        Catalogue catalogue = event.catalogue();
        Catalogue.Edition edition = catalogue.edition();
        var message =
                dev.meterbook.proto.pricing.v1.CatalogueImported.newBuilder()
                        .setCatalogue(catalogue.id())
                        .setVersion(catalogue.version())
                        .setCurrencyCode(catalogue.currency().code())
                        .setDocument(edition.document())
                        .setSource(edition.source())
                        .setCheckDate(edition.checkDate())
                        .setEffectiveStartTimeMicros(edition.fromMicros());
        if (edition.document().isEmpty()) {
            message.addAllProviders(
                    catalogue.providers().stream().map(PricingCodecs::toProto).toList());
        }
        return message.build().toByteArray();
    }

    private static CatalogueProviderFact toProto(Catalogue.ProviderPrices provider) {
        CatalogueProviderFact.Builder message =
                CatalogueProviderFact.newBuilder()
                        .setProvider(provider.provider())
                        .setSourceUri(provider.sourceUri())
                        .setCheckDate(provider.checkDate());
        for (Catalogue.ModelPrices model : provider.models()) {
            message.addModels(
                    CatalogueModelFact.newBuilder()
                            .setEffectiveStartTimeMicros(model.validity().fromMicros())
                            .setPrices(PriceMessages.toProto(model.table())));
        }
        return message.build();
    }

    private static CatalogueImported catalogueImported(byte[] bytes) throws IOException {
        var message = dev.meterbook.proto.pricing.v1.CatalogueImported.parseFrom(bytes);
        if (!message.getDocument().isEmpty()) {
            return new CatalogueImported(edition(message));
        }
        return new CatalogueImported(
                new Catalogue(
                        message.getCatalogue(),
                        message.getVersion(),
                        CurrencyCode.of(message.getCurrencyCode()),
                        message.getProvidersList().stream()
                                .map(PricingCodecs::fromProto)
                                .toList()));
    }

    /** A document was checked before it was stored. */
    private static Catalogue edition(dev.meterbook.proto.pricing.v1.CatalogueImported message) {
        CatalogueFile.Label label =
                new CatalogueFile.Label(
                        message.getCatalogue(),
                        message.getVersion(),
                        CurrencyCode.of(message.getCurrencyCode()),
                        message.getSource(),
                        message.getCheckDate(),
                        message.getEffectiveStartTimeMicros());
        return switch (CatalogueFile.readEdition(message.getDocument(), label)) {
            case CatalogueFile.Outcome.Read read -> read.catalogue();
            case CatalogueFile.Outcome.Refused refused ->
                    throw new IllegalStateException("stored catalogue: " + refused.message());
        };
    }

    private static Catalogue.ProviderPrices fromProto(CatalogueProviderFact message) {
        return new Catalogue.ProviderPrices(
                message.getProvider(),
                message.getSourceUri(),
                message.getCheckDate(),
                message.getModelsList().stream().map(PricingCodecs::fromProto).toList());
    }

    private static Catalogue.ModelPrices fromProto(CatalogueModelFact message) {
        return new Catalogue.ModelPrices(
                new Validity(message.getEffectiveStartTimeMicros(), Validity.OPEN),
                PriceMessages.fromStored(message.getPrices()));
    }

    private static long end(Validity validity) {
        return validity.untilMicros() == Validity.OPEN ? 0 : validity.untilMicros();
    }

    private static Validity validity(long startMicros, long endMicros) {
        return new Validity(startMicros, endMicros == 0 ? Validity.OPEN : endMicros);
    }
}
