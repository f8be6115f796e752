package dev.meterbook.pricing.grpc;

import com.google.protobuf.Timestamp;
import dev.meterbook.pricing.axon.PriceMessages;
import dev.meterbook.pricing.axon.TermMessages;
import dev.meterbook.pricing.domain.Contract;
import dev.meterbook.pricing.domain.ContractTerms;
import dev.meterbook.pricing.domain.Findings;
import dev.meterbook.pricing.domain.PriceChecks;
import dev.meterbook.pricing.domain.PriceHistory.Known;
import dev.meterbook.pricing.domain.PriceTable;
import dev.meterbook.pricing.domain.PriceVersion;
import dev.meterbook.pricing.domain.PricingCommand.AddContractPrices;
import dev.meterbook.pricing.domain.PricingCommand.CreateContract;
import dev.meterbook.pricing.domain.Validity;
import dev.meterbook.proto.pricing.v1.AddContractPricesRequest;
import dev.meterbook.proto.pricing.v1.ContractPriceVersion;
import dev.meterbook.proto.pricing.v1.CreateProviderContractRequest;
import dev.meterbook.proto.pricing.v1.ProviderContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Contracts on the wire. */
final class ContractProtos {

    private static final int MAX_CREATED_VERSIONS = 100;
    private static final int MAX_TABLES = 1_000;

    private ContractProtos() {}

    static CreateContract fromProto(CreateProviderContractRequest request, Findings findings) {
        ProviderContract contract = request.getContract();
        Validity validity =
                Times.validity(
                        Times.micros(
                                contract.getEffectiveStartTime(),
                                "contract.effective_start_time",
                                findings),
                        contract.getEffectiveEndTime(),
                        "contract",
                        findings);
        return new CreateContract(
                PriceChecks.name(
                        request.getContractId(), "INVALID_CONTRACT_ID", "contract_id", findings),
                PriceChecks.provider(contract.getProvider(), "contract.provider", findings),
                PriceChecks.currency(
                        contract.getCurrencyCode(), "contract.currency_code", findings),
                validity,
                versions(contract.getPriceVersionsList(), validity, findings));
    }

    private static List<PriceVersion> versions(
            List<ContractPriceVersion> messages, Validity contract, Findings findings) {
        String path = "contract.price_versions";
        if (messages.size() > MAX_CREATED_VERSIONS) {
            PriceChecks.tooMany(path, messages.size(), MAX_CREATED_VERSIONS, findings);
        }
        List<PriceVersion> versions = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (ContractPriceVersion message : messages) {
            String each = path + "[" + versions.size() + "]";
            String id =
                    message.getId().isEmpty()
                            ? Integer.toString(versions.size() + 1)
                            : message.getId();
            PriceVersion version = version(message, id, each, findings).within(contract);
            if (version.validity().isEmpty()) {
                findings.add("EMPTY_VALIDITY", each, id, "an end after the first moment");
            }
            if (!ids.add(id)) {
                findings.add("DUPLICATE_VERSION", each + ".id", id, "each id once");
            }
            versions.add(version);
        }
        return versions;
    }

    static AddContractPrices fromProto(AddContractPricesRequest request, Findings findings) {
        ContractPriceVersion version = request.getPriceVersion();
        return new AddContractPrices(
                ResourceNames.contract(request.getName()),
                version(version, version.getId(), "price_version", findings));
    }

    private static PriceVersion version(
            ContractPriceVersion message, String id, String path, Findings findings) {
        long from =
                message.hasEffectiveStartTime()
                        ? Times.micros(
                                message.getEffectiveStartTime(),
                                path + ".effective_start_time",
                                findings)
                        : Validity.NOT_TOLD;
        if (message.getModelPricesCount() == 0 && !message.hasTerms()) {
            findings.add(
                    "NO_PRICES", path + ".model_prices", "none", "1 to " + MAX_TABLES + " models");
        } else if (message.getModelPricesCount() > MAX_TABLES) {
            PriceChecks.tooMany(
                    path + ".model_prices", message.getModelPricesCount(), MAX_TABLES, findings);
        }
        List<PriceTable> tables =
                PriceForms.tables(message.getModelPricesList(), path + ".model_prices", findings);
        ContractTerms terms =
                message.hasTerms()
                        ? TermForms.terms(message.getTerms(), path + ".terms", findings)
                        : null;
        return new PriceVersion(
                PriceChecks.name(id, "INVALID_VERSION_ID", path + ".id", findings),
                Times.validity(from, message.getEffectiveEndTime(), path, findings),
                tables,
                terms);
    }

    static ProviderContract toProto(Known<Contract> known) {
        Contract contract = known.value();
        ProviderContract.Builder message =
                ProviderContract.newBuilder()
                        .setName("contracts/" + contract.id())
                        .setProvider(contract.provider())
                        .setCurrencyCode(contract.currency().code())
                        .setEffectiveStartTime(Times.toProto(contract.validity().fromMicros()))
                        .setCreateTime(Times.toProto(known.knownTime()));
        end(contract.validity(), message::setEffectiveEndTime);
        contract.versions().forEach(version -> message.addPriceVersions(toProto(version)));
        return message.build();
    }

    private static ContractPriceVersion toProto(PriceVersion version) {
        ContractPriceVersion.Builder message =
                ContractPriceVersion.newBuilder()
                        .setId(version.id())
                        .setEffectiveStartTime(Times.toProto(version.validity().fromMicros()));
        end(version.validity(), message::setEffectiveEndTime);
        ContractTerms terms = version.terms();
        if (terms != null) {
            message.setTerms(TermMessages.toProto(terms));
        }
        version.tables().forEach(table -> message.addModelPrices(PriceMessages.toProto(table)));
        return message.build();
    }

    static void end(Validity validity, Consumer<Timestamp> setter) {
        validity.end().map(Times::toProto).ifPresent(setter);
    }
}
