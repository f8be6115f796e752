package dev.meterbook.pricing.intake;

import dev.meterbook.pricing.domain.Counted;
import dev.meterbook.pricing.domain.Rater;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.RunningQuantities;
import dev.meterbook.pricing.domain.SpendKey;
import dev.meterbook.pricing.domain.Spent;
import dev.meterbook.pricing.domain.VolumeKey;
import dev.meterbook.pricing.projection.spend.Spend;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The running quantities and the spend of one transaction: all that its calls ask for are read when
 * the first of them asks, advanced in memory, and stored at the end. Whoever advances them holds
 * the lock of the rating log. For one thread.
 */
public final class RunningTotals implements RunningQuantities {

    private final Connection connection;
    private final RunningProjections projections;
    private final Rater rater;
    private final List<MeteredUsage> calls;
    private boolean isRead;
    private final Map<VolumeKey, Long> quantities = new HashMap<>();
    private final Map<VolumeKey, Long> changed = new HashMap<>();
    private final Map<SpendKey, Spend> spends = new HashMap<>();
    private final Map<SpendKey, Spend> changedSpends = new HashMap<>();

    /**
     * The totals that a connection sees.
     *
     * @param rater rates the calls
     * @param calls the calls of the transaction: what they ask for depends on them and the rater
     *     alone, so it is known before anything is read
     */
    public RunningTotals(
            Connection connection,
            RunningProjections projections,
            Rater rater,
            List<MeteredUsage> calls) {
        this.connection = connection;
        this.projections = projections;
        this.rater = rater;
        this.calls = calls;
    }

    @Override
    public long before(VolumeKey key) {
        readAll();
        Long known = quantities.get(key);
        if (known == null) {
            read(Set.of(key), Set.of());
            known = quantities.get(key);
        }
        return Objects.requireNonNull(known);
    }

    @Override
    public BigDecimal spendBefore(SpendKey key) {
        return spend(key).gross();
    }

    private Spend spend(SpendKey key) {
        readAll();
        Spend known = spends.get(key);
        if (known == null) {
            read(Set.of(), Set.of(key));
            known = spends.get(key);
        }
        return Objects.requireNonNull(known);
    }

    private void readAll() {
        if (!isRead) {
            isRead = true;
            Asked asked = new Asked();
            calls.forEach(call -> call.rate(rater, asked));
            read(asked.quantities, asked.spends);
        }
    }

    private void read(Set<VolumeKey> wantedQuantities, Set<SpendKey> wantedSpends) {
        try {
            quantities.putAll(projections.volumes().quantities(connection, wantedQuantities));
            spends.putAll(projections.spends().spends(connection, wantedSpends));
        } catch (SQLException failed) {
            throw new IllegalStateException("running totals cannot be read", failed);
        }
    }

    /** Notes what is asked for. */
    private static final class Asked implements RunningQuantities {

        private final Set<VolumeKey> quantities = new HashSet<>();
        private final Set<SpendKey> spends = new HashSet<>();

        @Override
        public long before(VolumeKey key) {
            quantities.add(key);
            return 0;
        }

        @Override
        public BigDecimal spendBefore(SpendKey key) {
            spends.add(key);
            return BigDecimal.ZERO;
        }
    }

    /** Counts what a call added. */
    void advance(Rating rating) {
        if (rating instanceof Rating.Rated rated) {
            count(rated.counted());
            rated.spent().forEach(each -> spend(each.key(), each.gross(), each.owed()));
        }
    }

    /**
     * Counts what a call added that its rating so far has not counted. Of its spend the difference
     * is counted, also where it is no longer spent at all.
     */
    void advance(Rating.Rated anew, Rating.Rated standing) {
        count(anew.counted().stream().filter(each -> of(standing, each.key()).isEmpty()).toList());
        for (Spent each : standing.spent()) {
            spend(each.key(), each.gross().negate(), each.owed().negate());
        }
        anew.spent().forEach(each -> spend(each.key(), each.gross(), each.owed()));
    }

    /** What was counted before a call that has a rating: what it was rated with. */
    RunningQuantities beside(Rating.Rated standing) {
        return new RunningQuantities() {
            @Override
            public long before(VolumeKey key) {
                return of(standing, key)
                        .map(Counted::before)
                        .orElseGet(() -> RunningTotals.this.before(key));
            }

            @Override
            public BigDecimal spendBefore(SpendKey key) {
                return standing.spent().stream()
                        .filter(each -> each.key().equals(key))
                        .findFirst()
                        .map(Spent::before)
                        .orElseGet(() -> RunningTotals.this.spendBefore(key));
            }
        };
    }

    private static Optional<Counted> of(Rating.Rated standing, VolumeKey key) {
        return standing.counted().stream().filter(each -> each.key().equals(key)).findFirst();
    }

    private void count(List<Counted> counted) {
        for (Counted each : counted) {
            long after = before(each.key()) + each.quantity();
            quantities.put(each.key(), after);
            changed.put(each.key(), after);
        }
    }

    private void spend(SpendKey key, BigDecimal gross, BigDecimal owed) {
        Spend after = spend(key).plus(gross, owed);
        spends.put(key, after);
        changedSpends.put(key, after);
    }

    /** Stores what was counted. */
    void store() throws SQLException {
        projections.volumes().set(connection, changed);
        projections.spends().set(connection, changedSpends);
    }
}
