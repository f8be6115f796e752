package dev.meterbook.pricing.domain;

import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Violation;
import dev.meterbook.pricing.domain.PricingCommand.AddContractPrices;
import dev.meterbook.pricing.domain.PricingCommand.CreateContract;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.ContractPricesAdded;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed with a provider. Prices are only ever added.
 *
 * @param id the contract's id
 * @param provider the provider, as calls name it
 * @param currency the currency that the provider bills in
 * @param validity when the contract holds
 * @param createdVersions how many of the versions were agreed at the beginning
 * @param versions the prices, in the order added
 */
public record Contract(
        String id,
        String provider,
        CurrencyCode currency,
        Validity validity,
        int createdVersions,
        List<PriceVersion> versions) {

    /** Price versions of one contract at most. */
    public static final int MAX_VERSIONS = 1_000;

    /** Copies. */
    public Contract {
        versions = List.copyOf(versions);
    }

    /** Decides about a new contract; {@code state} is null if there is none of that id. */
    public static Decision decide(@Nullable Contract state, CreateContract command) {
        if (state == null) {
            Optional<Violation> misfit = misfit(command);
            return misfit.isPresent()
                    ? new Decision.Refused(Decision.Kind.INVALID, misfit.get())
                    : new Decision.Accepted(
                            new ContractCreated(
                                    command.contract(),
                                    command.provider(),
                                    command.currency(),
                                    command.validity(),
                                    command.versions()));
        }
        return state.wasCreatedBy(command)
                ? new Decision.Unchanged()
                : refused(
                        Decision.Kind.ALREADY_EXISTS,
                        "CONTRACT_EXISTS",
                        "contract_id",
                        command.contract(),
                        "an id that is free, or the same contract again");
    }

    private static Optional<Violation> misfit(CreateContract command) {
        for (int i = 0; i < command.versions().size(); i++) {
            Optional<Violation> found =
                    SpendChecks.misfit(
                            command.versions().get(i).spendTerms(),
                            spendTerms(command.versions().subList(0, i)),
                            command.currency(),
                            "contract.price_versions[" + i + "].terms.spend_terms");
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<SpendTerm> spendTerms(List<PriceVersion> versions) {
        return versions.stream().flatMap(each -> each.spendTerms().stream()).toList();
    }

    /** Decides about more prices; {@code state} is null if there is no such contract. */
    public static Decision decide(@Nullable Contract state, AddContractPrices command) {
        if (state == null) {
            return refused(
                    Decision.Kind.NOT_FOUND,
                    "UNKNOWN_CONTRACT",
                    "name",
                    "contracts/" + command.contract(),
                    "a contract that exists");
        }
        PriceVersion wanted = command.version().within(state.validity);
        return state.versions.stream()
                .filter(version -> version.id().equals(wanted.id()))
                .findFirst()
                .map(version -> again(version, wanted))
                .orElseGet(() -> state.added(wanted));
    }

    private Decision added(PriceVersion wanted) {
        if (versions.size() >= MAX_VERSIONS) {
            return refused(
                    Decision.Kind.INVALID,
                    "TOO_MANY_VERSIONS",
                    "price_version",
                    "one more than " + versions.size(),
                    "at most " + MAX_VERSIONS + " versions");
        }
        if (wanted.validity().isEmpty()) {
            return refused(
                    Decision.Kind.INVALID,
                    "EMPTY_VALIDITY",
                    "price_version.effective_end_time",
                    Validity.instant(wanted.validity().untilMicros()).toString(),
                    "after the first moment, " + wanted.validity().start());
        }
        return SpendChecks.misfit(
                        wanted.spendTerms(),
                        spendTerms(versions),
                        currency,
                        "price_version.terms.spend_terms")
                .<Decision>map(found -> new Decision.Refused(Decision.Kind.INVALID, found))
                .orElseGet(() -> new Decision.Accepted(new ContractPricesAdded(id, wanted)));
    }

    private static Decision again(PriceVersion stored, PriceVersion sent) {
        return stored.equals(sent)
                ? new Decision.Unchanged()
                : refused(
                        Decision.Kind.ALREADY_EXISTS,
                        "PRICE_VERSION_EXISTS",
                        "price_version.id",
                        sent.id(),
                        "an id that is free, or the same prices again");
    }

    private static Decision refused(
            Decision.Kind kind, String reason, String field, String value, String expected) {
        return new Decision.Refused(kind, new Violation(reason, field, value, expected));
    }

    private boolean wasCreatedBy(CreateContract command) {
        return provider.equals(command.provider())
                && currency.equals(command.currency())
                && validity.equals(command.validity())
                && versions.subList(0, createdVersions).equals(command.versions());
    }

    /** The contract that an event makes. */
    public static Contract evolve(ContractCreated event) {
        return new Contract(
                event.contract(),
                event.provider(),
                event.currency(),
                event.validity(),
                event.versions().size(),
                event.versions());
    }

    /** The contract with more prices. */
    public Contract evolve(ContractPricesAdded event) {
        List<PriceVersion> more =
                Stream.concat(versions.stream(), Stream.of(event.version())).toList();
        return new Contract(id, provider, currency, validity, createdVersions, more);
    }
}
