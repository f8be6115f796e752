package dev.meterbook.pricing.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.pricing.domain.PricingCommand.AddContractPrices;
import dev.meterbook.pricing.domain.PricingCommand.CreateContract;
import dev.meterbook.pricing.domain.PricingEvent.ContractCreated;
import dev.meterbook.pricing.domain.PricingEvent.ContractPricesAdded;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractTest {

    private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");

    private static final CreateContract CREATE =
            Samples.contract(
                    "openai-2026",
                    "openai",
                    Samples.version("1", Samples.NEW_YEAR, Samples.table("gpt-5", "1.25", "10")));

    private static final PriceVersion SECOND =
            Samples.version("2", JULY, Samples.table("gpt-5", "1", "9"));

    private static Contract created() {
        return Contract.evolve(
                (ContractCreated) ((Decision.Accepted) Contract.decide(null, CREATE)).event());
    }

    private static Contract withSecond() {
        return created().evolve(new ContractPricesAdded("openai-2026", SECOND));
    }

    private static Decision.Refused refused(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return (Decision.Refused) decision;
    }

    @Test
    void creates_a_contract() {
        assertThat(created().versions()).hasSize(1);
        assertThat(created().provider()).isEqualTo("openai");
    }

    @Test
    void creating_the_same_contract_again_changes_nothing() {
        assertThat(Contract.decide(created(), CREATE)).isEqualTo(new Decision.Unchanged());
    }

    @Test
    void creating_it_again_changes_nothing_after_prices_were_added() {
        assertThat(Contract.decide(withSecond(), CREATE)).isEqualTo(new Decision.Unchanged());
    }

    @Test
    void equal_prices_are_the_same_content_however_they_are_written() {
        CreateContract written =
                Samples.contract(
                        "openai-2026",
                        "openai",
                        Samples.version(
                                "1", Samples.NEW_YEAR, Samples.table("gpt-5", "1.250", "10.00")));

        assertThat(Contract.decide(created(), written)).isEqualTo(new Decision.Unchanged());
    }

    @Test
    void another_contract_of_the_same_id_is_refused() {
        Decision.Refused refused =
                refused(Contract.decide(created(), Samples.contract("openai-2026", "anthropic")));

        assertThat(refused.kind()).isEqualTo(Decision.Kind.ALREADY_EXISTS);
        assertThat(refused.violation().reason()).isEqualTo("CONTRACT_EXISTS");
    }

    @Test
    void adds_prices() {
        assertThat(Contract.decide(created(), new AddContractPrices("openai-2026", SECOND)))
                .isEqualTo(new Decision.Accepted(new ContractPricesAdded("openai-2026", SECOND)));
        assertThat(withSecond().versions()).extracting(PriceVersion::id).containsExactly("1", "2");
    }

    @Test
    void adding_the_same_prices_again_changes_nothing() {
        assertThat(Contract.decide(withSecond(), new AddContractPrices("openai-2026", SECOND)))
                .isEqualTo(new Decision.Unchanged());
    }

    @Test
    void other_prices_under_the_same_version_are_refused() {
        PriceVersion other = Samples.version("2", JULY, Samples.table("gpt-5", "2", "9"));

        Decision.Refused refused =
                refused(Contract.decide(withSecond(), new AddContractPrices("openai-2026", other)));

        assertThat(refused.kind()).isEqualTo(Decision.Kind.ALREADY_EXISTS);
        assertThat(refused.violation().reason()).isEqualTo("PRICE_VERSION_EXISTS");
    }

    @Test
    void prices_without_a_beginning_begin_with_the_contract() {
        PriceVersion open =
                new PriceVersion(
                        "2",
                        new Validity(Validity.NOT_TOLD, Validity.OPEN),
                        List.of(Samples.table("gpt-6", "1", "9")));

        assertThat(Contract.decide(created(), new AddContractPrices("openai-2026", open)))
                .isEqualTo(
                        new Decision.Accepted(
                                new ContractPricesAdded(
                                        "openai-2026",
                                        Samples.version(
                                                "2",
                                                Samples.NEW_YEAR,
                                                Samples.table("gpt-6", "1", "9")))));
    }

    @Test
    void prices_for_a_contract_that_is_not_there_are_refused() {
        Decision.Refused refused =
                refused(Contract.decide(null, new AddContractPrices("nowhere", SECOND)));

        assertThat(refused.kind()).isEqualTo(Decision.Kind.NOT_FOUND);
        assertThat(refused.violation().reason()).isEqualTo("UNKNOWN_CONTRACT");
    }

    @Test
    void takes_a_thousand_versions_and_no_more() {
        Contract contract = created();
        for (int i = 2; i <= 1_000; i++) {
            contract = contract.evolve(new ContractPricesAdded("openai-2026", numbered(i)));
        }

        Decision.Refused refused =
                refused(
                        Contract.decide(
                                contract, new AddContractPrices("openai-2026", numbered(1_001))));

        assertThat(refused.violation().reason()).isEqualTo("TOO_MANY_VERSIONS");
    }

    private static PriceVersion numbered(int number) {
        return Samples.version("v" + number, JULY, Samples.table("gpt-5", "1", "9"));
    }
}
