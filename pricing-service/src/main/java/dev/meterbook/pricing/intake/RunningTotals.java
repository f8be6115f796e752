package dev.meterbook.pricing.intake;

import dev.meterbook.pricing.domain.Counted;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The running quantities and the spend of one transaction: each is read when a call first asks for
 * it, advanced in memory, and stored at the end. Whoever advances them holds the lock of the rating
 * log. For one thread.
 */
public final class RunningTotals implements RunningQuantities {

    private final Connection connection;
    private final RunningProjections projections;
    private final Map<VolumeKey, Long> quantities = new HashMap<>();
    private final Map<VolumeKey, Long> changed = new HashMap<>();
    private final Map<SpendKey, Spend> spends = new HashMap<>();
    private final Map<SpendKey, Spend> changedSpends = new HashMap<>();

    /** The totals that a connection sees. */
    public RunningTotals(Connection connection, RunningProjections projections) {
        this.connection = connection;
        this.projections = projections;
    }

    @Override
    public long before(VolumeKey key) {
        return quantities.computeIfAbsent(key, this::stored);
    }

    @Override
    public BigDecimal spendBefore(SpendKey key) {
        return spend(key).gross();
    }

    private Spend spend(SpendKey key) {
        return spends.computeIfAbsent(key, this::stored);
    }

    private long stored(VolumeKey key) {
        try {
            return projections.volumes().quantity(connection, key);
        } catch (SQLException failed) {
            throw new IllegalStateException("running quantity of " + key, failed);
        }
    }

    private Spend stored(SpendKey key) {
        try {
            return projections.spends().spend(connection, key);
        } catch (SQLException failed) {
            throw new IllegalStateException("spend of " + key, failed);
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
