package dev.meterbook.pricing.intake;

import dev.meterbook.pricing.domain.Counted;
import dev.meterbook.pricing.domain.Rating;
import dev.meterbook.pricing.domain.RunningQuantities;
import dev.meterbook.pricing.domain.VolumeKey;
import dev.meterbook.pricing.projection.volume.VolumeProjection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The running quantities of one transaction: each is read when a call first asks for it, advanced
 * in memory, and stored at the end. Whoever advances them holds the lock of the rating log. For one
 * thread.
 */
public final class RunningTotals implements RunningQuantities {

    private final Connection connection;
    private final VolumeProjection volumes;
    private final Map<VolumeKey, Long> quantities = new HashMap<>();
    private final Map<VolumeKey, Long> changed = new HashMap<>();

    /** The totals that a connection sees. */
    public RunningTotals(Connection connection, VolumeProjection volumes) {
        this.connection = connection;
        this.volumes = volumes;
    }

    @Override
    public long before(VolumeKey key) {
        return quantities.computeIfAbsent(key, this::stored);
    }

    private long stored(VolumeKey key) {
        try {
            return volumes.quantity(connection, key);
        } catch (SQLException failed) {
            throw new IllegalStateException("running quantity of " + key, failed);
        }
    }

    /** Counts what a call added. */
    void advance(Rating rating) {
        if (rating instanceof Rating.Rated rated) {
            count(rated.counted());
        }
    }

    /** Counts what a call added that its rating so far has not counted. */
    void advance(Rating.Rated anew, Rating.Rated standing) {
        count(anew.counted().stream().filter(each -> of(standing, each.key()).isEmpty()).toList());
    }

    /** The running quantities for a call that has a rating: those that it was rated with. */
    RunningQuantities beside(Rating.Rated standing) {
        return key -> of(standing, key).map(Counted::before).orElseGet(() -> before(key));
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

    /** Stores what was counted. */
    void store() throws SQLException {
        volumes.set(connection, changed);
    }
}
