package dev.meterbook.allocation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meterbook.allocation.domain.Rating.Priced;
import dev.meterbook.allocation.domain.Rating.Unpriced;
import dev.meterbook.allocation.domain.RollUp.Cell;
import dev.meterbook.kernel.CurrencyCode;
import dev.meterbook.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However calls are cut into batches and whatever their order, the sums are the same. */
class RollUpPropertyTest {

    record Rated(RatingKind kind, RatedCall call) {}

    @Property(tries = 300)
    void sums_do_not_depend_on_batches_or_order(
            @ForAll("ratings") @Size(max = 60) List<Rated> ratings,
            @ForAll @IntRange(min = 1, max = 10) int batchSize,
            @ForAll Random random) {
        Map<Cell, CostSums> atOnce = rollUp(ratings);

        List<Rated> shuffled = new ArrayList<>(ratings);
        Collections.shuffle(shuffled, random);
        Map<Cell, CostSums> inBatches = new HashMap<>();
        for (int from = 0; from < shuffled.size(); from += batchSize) {
            int to = Math.min(from + batchSize, shuffled.size());
            rollUp(shuffled.subList(from, to))
                    .forEach((cell, sums) -> inBatches.merge(cell, sums, CostSums::plus));
        }

        assertThat(inBatches).isEqualTo(atOnce);
    }

    @Property(tries = 300)
    void counts_each_call_once_whatever_becomes_of_its_price(
            @ForAll("ratings") @Size(max = 60) List<Rated> ratings) {
        List<Rated> firstAndLater = new ArrayList<>();
        for (Rated rated : ratings) {
            if (rated.kind == RatingKind.LATE) {
                firstAndLater.add(new Rated(RatingKind.INITIAL, unpriced(rated.call)));
            }
            firstAndLater.add(rated);
        }

        long calls = rollUp(firstAndLater).values().stream().mapToLong(CostSums::calls).sum();

        assertThat(calls)
                .isEqualTo(
                        firstAndLater.stream()
                                .filter(rated -> rated.kind == RatingKind.INITIAL)
                                .count());
    }

    private static RatedCall unpriced(RatedCall call) {
        return new RatedCall(
                call.usagePosition(),
                call.occurTime(),
                call.dimensions(),
                call.tokens(),
                new Unpriced());
    }

    private static Map<Cell, CostSums> rollUp(List<Rated> ratings) {
        RollUp rollUp = new RollUp();
        ratings.forEach(rated -> rollUp.add(rated.kind, rated.call));
        return rollUp.cells();
    }

    @Provide
    Arbitrary<List<Rated>> ratings() {
        return Combinators.combine(Arbitraries.of(RatingKind.class), calls()).as(Rated::new).list();
    }

    private static Arbitrary<RatedCall> calls() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 10_000), dimensions(), tokens(), prices())
                .as(
                        (seconds, dimensions, tokens, rating) ->
                                new RatedCall(
                                        1,
                                        Instant.ofEpochSecond(seconds),
                                        dimensions,
                                        tokens,
                                        rating));
    }

    private static Arbitrary<CallDimensions> dimensions() {
        return Combinators.combine(Arbitraries.of("acme", "globex"), Arbitraries.of("", "m1", "m2"))
                .as(
                        (tenant, model) ->
                                new CallDimensions(tenant, "", "u", "cc", "a", "", "", "p", model));
    }

    private static Arbitrary<Tokens> tokens() {
        return Arbitraries.longs()
                .between(0, 1_000_000_000_000L)
                .map(count -> new Tokens(count, count / 2, count / 4, count / 3, count / 5));
    }

    private static Arbitrary<Rating> prices() {
        Arbitrary<Money> money =
                Combinators.combine(
                                Arbitraries.bigDecimals()
                                        .between(new BigDecimal(-9), new BigDecimal(9))
                                        .ofScale(12),
                                Arbitraries.of("USD", "EUR"))
                        .as((amount, code) -> new Money(amount, CurrencyCode.of(code)));
        return Combinators.combine(money, money, Arbitraries.of(true, true, false))
                .as((cost, charge, known) -> known ? new Priced(cost, charge) : new Unpriced());
    }
}
